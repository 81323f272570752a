package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.event.CameraSet;
import io.github.dl4jsnn.event.EventCamera;
import io.github.dl4jsnn.event.EventFrameIterator;
import io.github.dl4jsnn.event.EventFrames;
import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.vision.ImageData;
import io.github.dl4jsnn.vision.ImageSet;
import io.github.dl4jsnn.zoo.BpsaNetwork;
import java.nio.file.Path;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import picocli.CommandLine.Option;

/**
 * Images as an event camera sees them that moves before each: frames of counted events, on and off
 * in channels of their own.
 *
 * <p>Each image is recorded once, in fine bins that are kept on disk. The T frames of a network are
 * means of neighbouring bins, so all T see the same recordings, and a frame is of the same size
 * whatever T is.
 */
final class EventVisionData implements VisionData {
  private static final int CHANNELS = 2;

  /** How images are recorded. */
  static final class Options {
    @Option(
        names = "--bins",
        defaultValue = "16",
        converter = GcSnnOptions.Count.class,
        description = "bins of a recording; a multiple of each T")
    private int bins;

    @Option(
        names = "--down-sample",
        defaultValue = "2",
        converter = GcSnnOptions.Count.class,
        description = "height and width in pixels of a cell of a frame")
    private int downSample;

    @Option(
        names = "--threshold",
        defaultValue = "0.3",
        converter = GcSnnOptions.Rate.class,
        description = "change of the log brightness that makes an event")
    private double threshold;

    @Option(
        names = "--cache",
        defaultValue = "target/events",
        paramLabel = "DIR",
        description = "folder to keep frames in")
    private Path cache;
  }

  private final ImageData images;
  private final VisionOptions options;
  private final Options recording;
  private final EventCamera camera;
  private final EventFrames frames;

  /** All images, or as many as the options say. */
  EventVisionData(ImageData images, VisionOptions options, Options recording) {
    this.images = images;
    this.options = options;
    this.recording = recording;
    camera = EventCamera.builder().threshold(recording.threshold).build();
    frames =
        new EventFrames.Builder(recording.bins)
            .window(0, camera.duration())
            .downSample(recording.downSample)
            .build();
    for (int t : options.timeSteps) {
      mergedBins(t);
    }
  }

  /** Bins of one of T frames. */
  private int mergedBins(int timeSteps) {
    if (recording.bins % timeSteps != 0) {
      throw new IllegalArgumentException(
          "expected --bins to be a multiple of T = " + timeSteps + ", got " + recording.bins);
    }
    return recording.bins / timeSteps;
  }

  @Override
  public String name() {
    return "dvs-" + images.name();
  }

  @Override
  public int trainingExamples() {
    return Math.min(options.trainImages, images.part(Split.TRAIN).size());
  }

  @Override
  public BpsaNetwork.Builder inputOf(BpsaNetwork.Builder network) {
    ImageSet set = images.part(Split.TRAIN);
    return network
        .inputShape(
            CHANNELS, frames.side(camera.side(set.height())), frames.side(camera.side(set.width())))
        .classes(images.numClasses())
        .frames(true);
  }

  @Override
  public DataSetIterator training(int timeSteps, int batchSize, long seed) {
    return build(
        recordings(Split.TRAIN, options.trainImages)
            .batchSize(batchSize)
            .shuffle(seed)
            .augment(options.shift, false, seed),
        timeSteps);
  }

  @Override
  public DataSetIterator scoring(Split split, int timeSteps, int batchSize) {
    return build(recordings(split, options.testImages).batchSize(batchSize), timeSteps);
  }

  private EventFrameIterator.Builder recordings(Split split, int limit) {
    ImageSet part = images.part(split);
    int count = Math.min(limit, part.size());
    String name = images.name() + "-" + split.name().toLowerCase(ROOT);
    CameraSet set = new CameraSet(name, part.range(0, count), images.numClasses(), camera);
    // Frames of other settings would replace each other in one folder.
    int others = (set.key() + frames).hashCode();
    return new EventFrameIterator.Builder(set, frames)
        .cache(recording.cache.resolve(String.format("%s-%d-%08x", name, count, others)));
  }

  private DataSetIterator build(EventFrameIterator.Builder builder, int timeSteps) {
    EventFrameIterator batches = builder.build();
    int merged = mergedBins(timeSteps);
    if (merged > 1) {
      batches.setPreProcessor(batch -> merge(batch, timeSteps, merged));
    }
    return batches;
  }

  /** From {@code [N, bins, F]} to the means {@code [N, T, F]}. */
  private static void merge(DataSet batch, int timeSteps, int merged) {
    INDArray bins = batch.getFeatures();
    long n = bins.size(0);
    long f = bins.size(2);
    batch.setFeatures(bins.reshape('c', n, timeSteps, merged, f).mean(2));
  }

  @Override
  public String settings() {
    return String.format(
        ROOT,
        "%d training recordings; %d of test; threshold %s; %d bins; cells of %d",
        trainingExamples(),
        Math.min(options.testImages, images.part(Split.TEST).size()),
        recording.threshold,
        recording.bins,
        recording.downSample);
  }

  @Override
  public String toString() {
    return images + "; seen by " + camera;
  }
}
