package io.github.dl4jsnn.vision;

import io.github.dl4jsnn.graph.Split;
import java.util.Objects;

/** Labelled images in parts for training, validation and test. Immutable. */
public final class ImageData {
  private final String name;
  private final int numClasses;
  private final ImageSet train;
  private final ImageSet validation;
  private final ImageSet test;

  /**
   * Images in three parts.
   *
   * @param name of the data set
   * @param numClasses number of classes
   * @param training images to train on and, at their end, to validate on
   * @param numValidation number of these that are for validation
   * @param test images to test on
   * @throws IllegalArgumentException if nothing is left to train on, or sizes differ
   */
  public ImageData(
      String name, int numClasses, ImageSet training, int numValidation, ImageSet test) {
    this.name = Objects.requireNonNull(name, "name");
    this.numClasses = numClasses;
    this.test = test;
    int numTrain = training.size() - numValidation;
    if (numValidation < 1 || numTrain < 1) {
      throw new IllegalArgumentException(
          String.format(
              "%s: expected images for training besides %d (at least 1) for validation, got %d",
              name, numValidation, training.size()));
    }
    train = training.range(0, numTrain);
    validation = training.range(numTrain, training.size());
    boolean alike =
        training.channels() == test.channels()
            && training.height() == test.height()
            && training.width() == test.width();
    if (!alike) {
      throw new IllegalArgumentException(
          name + ": expected images of one size, got " + training + " and " + test);
    }
  }

  /**
   * Name of the data set.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * Number of classes.
   *
   * @return the number
   */
  public int numClasses() {
    return numClasses;
  }

  /**
   * The images of a part.
   *
   * @param split TRAIN, VALIDATION or TEST
   * @return the images
   * @throws IllegalArgumentException for NONE
   */
  public ImageSet part(Split split) {
    switch (split) {
      case TRAIN:
        return train;
      case VALIDATION:
        return validation;
      case TEST:
        return test;
      default:
        throw new IllegalArgumentException("expected TRAIN, VALIDATION or TEST, got " + split);
    }
  }

  @Override
  public String toString() {
    return String.format(
        "%s: %d classes, %d/%d/%d images of %d x %d x %d to train/validate/test",
        name,
        numClasses,
        train.size(),
        validation.size(),
        test.size(),
        train.channels(),
        train.height(),
        train.width());
  }
}
