package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.vision.ImageData;
import io.github.dl4jsnn.vision.ImageSet;
import java.util.SplittableRandom;

/**
 * {@link DrawnDigits} in a bright colour of their own on a dark ground of another, 32 by 32 pixels:
 * stands in for photographs in examples that shall run without data.
 */
final class PaintedDigits {
  private static final int SIDE = 32;
  private static final int CHANNELS = 3;
  private static final int WHITE = 255;

  private PaintedDigits() {}

  /**
   * Returns images.
   *
   * @param count number of images to train on
   * @param scored number of images to validate on, and of others to test on
   */
  static ImageData generate(int count, int scored) {
    return new ImageData(
        "painted", DrawnDigits.CLASSES, paint(count + scored, 1), scored, paint(scored, 2));
  }

  private static ImageSet paint(int count, long seed) {
    ImageSet digits = DrawnDigits.draw(count, seed);
    int border = (SIDE - digits.width()) / 2;
    SplittableRandom random = new SplittableRandom(seed);
    byte[] pixels = new byte[count * CHANNELS * SIDE * SIDE];
    byte[] labels = new byte[count];
    int o = 0;
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) digits.label(i);
      for (int c = 0; c < CHANNELS; c++) {
        // bright on dark, in each channel by another contrast
        int ground = random.nextInt(WHITE / 3);
        int ink = WHITE / 2 + random.nextInt(WHITE / 2);
        for (int y = 0; y < SIDE; y++) {
          for (int x = 0; x < SIDE; x++) {
            int share = ink(digits, i, y - border, x - border);
            pixels[o++] = (byte) (ground + (ink - ground) * share / WHITE);
          }
        }
      }
    }
    return new ImageSet(pixels, labels, CHANNELS, SIDE, SIDE);
  }

  private static int ink(ImageSet digits, int i, int y, int x) {
    boolean inside = y >= 0 && y < digits.height() && x >= 0 && x < digits.width();
    return inside ? digits.pixel(i, 0, y, x) : 0;
  }
}
