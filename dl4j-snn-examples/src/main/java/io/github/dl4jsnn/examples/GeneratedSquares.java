package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.vision.ImageData;
import io.github.dl4jsnn.vision.ImageSet;
import java.util.Random;

/**
 * Generated images, dark noise with one bright square: in which quarter does it lie? The square
 * fills one patch, so that the patches alone do not tell; their places do.
 */
final class GeneratedSquares {

  /** The quarters. */
  static final int CLASSES = 4;

  /** Height and width of an image, of a quarter and of a patch. */
  private static final int SIZE = 16;

  private static final int QUARTER = SIZE / 2;
  private static final int PATCH = 4;

  private static final int NOISE = 64;
  private static final int BRIGHT = 150;

  private GeneratedSquares() {}

  /**
   * Returns images.
   *
   * @param count number of images to train on, and of others to test on
   * @param seed equal seeds, equal images
   */
  static ImageData generate(int count, long seed) {
    Random random = new Random(seed);
    ImageSet training = images(count, random);
    return new ImageData("squares", CLASSES, training, count / 4, images(count, random));
  }

  private static ImageSet images(int count, Random random) {
    byte[] pixels = new byte[count * SIZE * SIZE];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) random.nextInt(CLASSES);
      int top = labels[i] / 2 * QUARTER + PATCH * random.nextInt(QUARTER / PATCH);
      int left = labels[i] % 2 * QUARTER + PATCH * random.nextInt(QUARTER / PATCH);
      for (int y = 0; y < SIZE; y++) {
        for (int x = 0; x < SIZE; x++) {
          boolean inside = y >= top && y < top + PATCH && x >= left && x < left + PATCH;
          int value = random.nextInt(NOISE) + (inside ? BRIGHT : 0);
          pixels[(i * SIZE + y) * SIZE + x] = (byte) value;
        }
      }
    }
    return new ImageSet(pixels, labels, 1, SIZE, SIZE);
  }
}
