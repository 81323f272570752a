package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.vision.ImageSet;
import java.util.SplittableRandom;

/**
 * Digits of 28 by 28 pixels drawn with a round pen: for examples that shall run without data. Each
 * is moved, scaled and slanted by its own random numbers.
 */
final class DrawnDigits {

  /** Number of classes. */
  static final int CLASSES = 10;

  private static final int SIDE = 28;

  /** Width of the pen in pixels, and of its soft edge. */
  private static final double PEN = 1.1;

  /** Corners of the lines of each digit, on a grid of 4 by 6; a blank lifts the pen. */
  private static final String[] LINES = {
    "10 30 41 45 36 16 05 01 10",
    "12 30 36",
    "01 10 30 41 42 06 46",
    "00 40 22 32 43 45 36 16 05",
    "30 04 44|33 36",
    "40 00 02 32 43 45 36 06",
    "30 10 01 05 16 36 45 44 33 03",
    "00 40 16",
    "10 30 41 42 33 13 02 01 10|13 04 05 16 36 45 44 33",
    "43 13 02 01 10 30 41 45 36 16"
  };

  private DrawnDigits() {}

  /** Draws digits; number i is an i % 10. */
  static ImageSet draw(int count, long seed) {
    byte[] pixels = new byte[count * SIDE * SIDE];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % CLASSES);
      draw(
          labels[i], new SplittableRandom(seed * 0x9E3779B97F4A7C15L + i), pixels, i * SIDE * SIDE);
    }
    return new ImageSet(pixels, labels, 1, SIDE, SIDE);
  }

  private static void draw(int digit, SplittableRandom random, byte[] pixels, int to) {
    double size = 2.5 + 0.6 * random.nextDouble();
    double slant = 0.5 * (random.nextDouble() - 0.5);
    double x0 = 14 + 3 * (random.nextDouble() - 0.5);
    double y0 = 14 + 3 * (random.nextDouble() - 0.5);
    for (String line : LINES[digit].split("\\|")) {
      String[] corners = line.split(" ");
      double[] x = new double[corners.length];
      double[] y = new double[corners.length];
      for (int k = 0; k < corners.length; k++) {
        double row = corners[k].charAt(1) - '3';
        x[k] = x0 + size * (corners[k].charAt(0) - '2' - slant * row);
        y[k] = y0 + size * row;
      }
      for (int k = 1; k < x.length; k++) {
        stroke(x[k - 1], y[k - 1], x[k], y[k], pixels, to);
      }
    }
  }

  /** Inks each pixel by its distance from a straight line. */
  private static void stroke(double ax, double ay, double bx, double by, byte[] pixels, int to) {
    double dx = bx - ax;
    double dy = by - ay;
    for (int i = 0; i < SIDE * SIDE; i++) {
      double px = i % SIDE - ax;
      double py = i / SIDE - ay;
      double part = Math.max(0, Math.min(1, (px * dx + py * dy) / (dx * dx + dy * dy)));
      double distance = Math.hypot(px - part * dx, py - part * dy);
      int ink = (int) (255 * Math.max(0, Math.min(1, 1 + (PEN - distance) / PEN)));
      pixels[to + i] = (byte) Math.max(pixels[to + i] & 255, ink);
    }
  }
}
