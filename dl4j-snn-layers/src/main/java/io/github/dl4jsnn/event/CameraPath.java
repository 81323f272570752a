package io.github.dl4jsnn.event;

import java.util.Arrays;

/**
 * How a camera moves before a picture: straight lines between way-points, each at its time.
 * Immutable.
 *
 * <p>At displacement (dx, dy) the sensor's pixel (x, y) sees what it sees at (x + dx, y + dy)
 * without displacement, so the picture moves the other way. Displacements are in pixels, dx to the
 * right and dy downwards, and need not be whole.
 */
public final class CameraPath {
  private final long[] time;
  private final double[] x;
  private final double[] y;

  /**
   * A path.
   *
   * @param time microseconds of each way-point, ascending from 0; at most 2^32 - 1
   * @param x displacement to the right in pixels
   * @param y displacement downwards in pixels
   * @throws IllegalArgumentException if there are less than two way-points, the numbers of them
   *     differ, times do not ascend from 0, or a displacement is not finite or beyond 10,000 pixels
   */
  public CameraPath(long[] time, double[] x, double[] y) {
    this.time = time.clone();
    this.x = x.clone();
    this.y = y.clone();
    if (time.length < 2 || x.length != time.length || y.length != time.length || time[0] != 0) {
      throw new IllegalArgumentException(
          String.format(
              "expected at least 2 way-points from time 0, got %d times %s and %d and %d places",
              time.length, Arrays.toString(time), x.length, y.length));
    }
    for (int i = 0; i < time.length; i++) {
      boolean place = Math.abs(x[i]) <= 1e4 && Math.abs(y[i]) <= 1e4;
      if (!place || i > 0 && time[i] <= time[i - 1] || time[i] > EventQueue.MAX_TIME) {
        throw new IllegalArgumentException(
            String.format(
                "expected ascending times and places within 10000 pixels, got (%s, %s) at %d",
                x[i], y[i], time[i]));
      }
    }
  }

  /**
   * Three saccades along the sides of an isosceles triangle, as the camera of N-MNIST makes them:
   * down to the right, up to the right, and back to the left.
   *
   * @param side width and height of the triangle in pixels, above 0
   * @param saccadeMicros duration of one saccade; that of N-MNIST is 100,000
   * @return the path, from the upper left corner of a triangle around (0, 0) and back to it
   */
  public static CameraPath triangle(double side, long saccadeMicros) {
    double half = side / 2;
    return new CameraPath(
        new long[] {0, saccadeMicros, 2 * saccadeMicros, 3 * saccadeMicros},
        new double[] {-half, 0, half, -half},
        new double[] {-half, half, -half, -half});
  }

  /**
   * Returns when the path ends.
   *
   * @return microseconds
   */
  public long duration() {
    return time[time.length - 1];
  }

  /**
   * Returns where the camera is.
   *
   * @param micros 0 to {@link #duration()}
   * @return displacement to the right in pixels
   */
  public double x(long micros) {
    return at(x, micros);
  }

  /**
   * Returns where the camera is.
   *
   * @param micros 0 to {@link #duration()}
   * @return displacement downwards in pixels
   */
  public double y(long micros) {
    return at(y, micros);
  }

  private double at(double[] place, long micros) {
    int i = 1;
    while (i < time.length - 1 && time[i] < micros) {
      i++;
    }
    double f = (double) (micros - time[i - 1]) / (time[i] - time[i - 1]);
    return place[i - 1] + Math.max(0, Math.min(1, f)) * (place[i] - place[i - 1]);
  }

  @Override
  public String toString() {
    return String.format(
        "CameraPath(time=%s, x=%s, y=%s)",
        Arrays.toString(time), Arrays.toString(x), Arrays.toString(y));
  }
}
