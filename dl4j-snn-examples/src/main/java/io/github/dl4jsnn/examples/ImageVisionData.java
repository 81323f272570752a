package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.vision.ImageData;
import io.github.dl4jsnn.vision.ImageIterator;
import io.github.dl4jsnn.vision.ImageSet;
import io.github.dl4jsnn.zoo.BpsaNetwork;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Images as constant currents, values 0 to 1. */
final class ImageVisionData implements VisionData {
  private final ImageData data;
  private final VisionOptions options;
  private final boolean flip;

  /**
   * All of it, or as much as the options say.
   *
   * @param flip whether to mirror training images at random
   */
  ImageVisionData(ImageData data, VisionOptions options, boolean flip) {
    this.data = data;
    this.options = options;
    this.flip = flip;
  }

  @Override
  public String name() {
    return data.name();
  }

  @Override
  public int trainingExamples() {
    return Math.min(options.trainImages, data.part(Split.TRAIN).size());
  }

  @Override
  public BpsaNetwork.Builder inputOf(BpsaNetwork.Builder network) {
    ImageSet images = data.part(Split.TRAIN);
    return network
        .inputShape(images.channels(), images.height(), images.width())
        .classes(data.numClasses());
  }

  @Override
  public DataSetIterator training(int timeSteps, int batchSize, long seed) {
    return images(Split.TRAIN, batchSize)
        .limit(options.trainImages)
        .shuffle(seed)
        .augment(options.shift, flip, seed)
        .build();
  }

  @Override
  public DataSetIterator scoring(Split split, int timeSteps, int batchSize) {
    return images(split, batchSize).limit(options.testImages).build();
  }

  private ImageIterator.Builder images(Split split, int batchSize) {
    return new ImageIterator.Builder(data.part(split), data.numClasses()).batchSize(batchSize);
  }

  @Override
  public String settings() {
    return String.format(
        ROOT,
        "%d training images%s; %d of test",
        trainingExamples(),
        flip ? " mirrored" : "",
        Math.min(options.testImages, data.part(Split.TEST).size()));
  }

  @Override
  public String toString() {
    return data.toString();
  }
}
