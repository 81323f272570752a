package io.github.dl4jsnn.event;

/**
 * How a 16-bit address of the DVS128 camera is turned into a pixel and a polarity. The programs
 * that wrote and read such files disagree, so a choice is needed; a network that is trained and
 * used with the same one does not care.
 *
 * <p>In an address, bit 0 is p, bits 1 to 7 are X, bits 8 to 14 are Y.
 */
public enum Dvs128Orientation {
  /** x = X, y = Y, polarity = p. */
  AS_STORED,
  /**
   * x = X, y = 127 - Y, polarity = p: the published description of the format, whose origin is the
   * lower left corner and in which p = 1 means ON.
   */
  LOWER_LEFT,
  /**
   * x = 127 - X, y = 127 - Y, polarity = 1 - p: what jAER shows, which mirrors x, has the origin in
   * the lower left corner and takes p = 0 for ON.
   */
  JAER,
  /**
   * x = 127 - Y, y = 127 - X, polarity = 1 - p: upright pictures from the files of CIFAR10-DVS, as
   * SpikingJelly and Tonic have it.
   */
  CIFAR10_DVS;

  private static final int LAST = 127;

  int x(int storedX, int storedY) {
    return this == JAER ? LAST - storedX : this == CIFAR10_DVS ? LAST - storedY : storedX;
  }

  int y(int storedX, int storedY) {
    return this == AS_STORED ? storedY : LAST - (this == CIFAR10_DVS ? storedX : storedY);
  }

  int polarity(int stored) {
    return this == JAER || this == CIFAR10_DVS ? 1 - stored : stored;
  }
}
