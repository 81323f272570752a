package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.vision.ImageData;
import io.github.dl4jsnn.vision.Mnist;
import java.io.IOException;
import java.util.Locale;

/** Digits to recognise. */
enum DigitSet {
  /** {@link DrawnDigits}. */
  DRAWN,
  /** Handwritten ones of the data folder. */
  MNIST;

  private static final int TRAINING = 1500;
  private static final int SCORED = 300;

  ImageData load() throws IOException {
    return this == MNIST
        ? Mnist.load()
        : new ImageData(
            toString(),
            DrawnDigits.CLASSES,
            DrawnDigits.draw(TRAINING + SCORED, 1),
            SCORED,
            DrawnDigits.draw(SCORED, 2));
  }

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
