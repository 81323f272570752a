package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.vision.Cifar10;
import io.github.dl4jsnn.vision.ImageData;
import io.github.dl4jsnn.vision.Mnist;
import java.io.IOException;
import java.util.Locale;

/** The images that the examples know: generated ones, and those of the data folder. */
enum PictureSet {
  /** {@link GeneratedSquares}. */
  SQUARES,
  /** Handwritten digits. */
  MNIST,
  /** Photographs in ten classes. */
  CIFAR10;

  private static final int GENERATED = 800;

  ImageData load() throws IOException {
    switch (this) {
      case MNIST:
        return Mnist.load();
      case CIFAR10:
        return Cifar10.load();
      default:
        return GeneratedSquares.generate(GENERATED, 1);
    }
  }

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
