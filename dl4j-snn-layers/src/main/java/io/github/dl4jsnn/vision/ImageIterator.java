package io.github.dl4jsnn.vision;

import io.github.dl4jsnn.internal.BuilderChecks;
import io.github.dl4jsnn.internal.data.AbstractBatchIterator;
import java.util.Objects;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Batches of images for {@code fit} and {@code evaluate}.
 *
 * <p><b>Shapes.</b> Features {@code [N, C, H, W]}, values of 0..1 or, with {@link
 * Builder#normalize}, of mean 0 and deviation 1 in each channel; labels {@code [N, classes]},
 * one-hot.
 *
 * <p>With {@link Builder#shuffle} each epoch has another order, given by the seed and the number of
 * the epoch alone; so it is with {@link Builder#augment}. {@link #reset} begins the next epoch.
 * DL4J prefetches it in its own thread, as {@code fit} does by itself; not for use by several
 * threads at once.
 */
public final class ImageIterator extends AbstractBatchIterator {
  private static final long serialVersionUID = 1L;

  private static final float WHITE = 255;

  private final ImageSet images;
  private final int numClasses;
  private final float[] scale;
  private final float[] offset;
  private final int border;
  private final boolean flip;
  private final long augmentationSeed;
  private final DataType type;

  private ImageIterator(Builder b) {
    super(Math.min(b.limit, b.images.size()), b.batchSize, b.seed);
    images = b.images;
    numClasses = b.numClasses;
    border = b.border;
    flip = b.flip;
    augmentationSeed = b.augmentationSeed;
    type = b.type;
    scale = new float[images.channels()];
    offset = new float[scale.length];
    for (int c = 0; c < scale.length; c++) {
      double deviation = b.statistics == null ? 1 : b.statistics.deviation(c);
      scale[c] = (float) (1 / (WHITE * deviation));
      offset[c] = b.statistics == null ? 0 : (float) (-b.statistics.mean(c) / deviation);
    }
  }

  @Override
  protected DataSet batch(int[] order, int from, int to) {
    int n = to - from;
    int length = images.channels() * images.height() * images.width();
    float[] features = new float[n * length];
    float[] oneHot = new float[n * numClasses];
    for (int i = 0; i < n; i++) {
      int image = order[from + i];
      copy(image, features, i * length);
      oneHot[i * numClasses + images.label(image)] = 1;
    }
    INDArray x =
        Nd4j.createFromArray(features)
            .reshape('c', n, images.channels(), images.height(), images.width());
    INDArray y = Nd4j.createFromArray(oneHot).reshape('c', n, numClasses);
    return new DataSet(x.castTo(type), y.castTo(type));
  }

  /** Writes one image, moved and mirrored by its draws; what lies outside is black. */
  private void copy(int image, float[] out, int to) {
    int dy = 0;
    int dx = 0;
    boolean mirrored = false;
    if (border > 0 || flip) {
      SplittableRandom random = draws(augmentationSeed, image);
      dy = random.nextInt(2 * border + 1) - border;
      dx = random.nextInt(2 * border + 1) - border;
      mirrored = flip && random.nextBoolean();
    }
    int height = images.height();
    int width = images.width();
    byte[] pixels = images.pixels();
    int o = to;
    for (int c = 0; c < images.channels(); c++) {
      int plane = (image * images.channels() + c) * height;
      for (int y = 0; y < height; y++) {
        int sy = y + dy;
        for (int x = 0; x < width; x++) {
          int sx = (mirrored ? width - 1 - x : x) + dx;
          boolean inside = sy >= 0 && sy < height && sx >= 0 && sx < width;
          int value = inside ? pixels[(plane + sy) * width + sx] & 255 : 0;
          out[o++] = value * scale[c] + offset[c];
        }
      }
    }
  }

  /** Number of values of an image. */
  @Override
  public int inputColumns() {
    return images.channels() * images.height() * images.width();
  }

  /** Number of classes. */
  @Override
  public int totalOutcomes() {
    return numClasses;
  }

  /** Collects the options of an {@link ImageIterator}. */
  public static final class Builder {
    private final ImageSet images;
    private final int numClasses;
    private int batchSize = 32;
    private int limit = Integer.MAX_VALUE;
    private Long seed;
    private ChannelStatistics statistics;
    private int border;
    private boolean flip;
    private long augmentationSeed;
    private DataType type = DataType.FLOAT;

    /**
     * Batches of 32 images in the given order, as float in 0..1.
     *
     * @param images with labels
     * @param numClasses number of classes
     * @throws IllegalArgumentException if a label is not below the number of classes
     */
    public Builder(ImageSet images, int numClasses) {
      this.images = images;
      this.numClasses = numClasses;
      for (int i = 0; i < images.size(); i++) {
        if (images.label(i) >= numClasses) {
          throw new IllegalArgumentException(
              String.format(
                  "expected labels below %d, got %d at image %d", numClasses, images.label(i), i));
        }
      }
    }

    /**
     * Sets the number of images in a batch.
     *
     * @param images at least 1; default 32
     * @return this builder
     */
    public Builder batchSize(int images) {
      this.batchSize = BuilderChecks.size("ImageIterator", "batchSize", images);
      return this;
    }

    /**
     * Takes the first images only.
     *
     * @param images at least 1; default all
     * @return this builder
     */
    public Builder limit(int images) {
      this.limit = BuilderChecks.size("ImageIterator", "limit", images);
      return this;
    }

    /**
     * Gives each epoch another order.
     *
     * @param seed equal seeds, equal orders; default: the order of the set, in every epoch
     * @return this builder
     */
    public Builder shuffle(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * Subtracts mean and divides by standard deviation, channel by channel.
     *
     * @param statistics of the training part
     * @return this builder
     */
    public Builder normalize(ChannelStatistics statistics) {
      if (statistics.channels() != images.channels()) {
        throw new IllegalArgumentException(
            String.format(
                "expected statistics of %d channels, got %d",
                images.channels(), statistics.channels()));
      }
      this.statistics = statistics;
      return this;
    }

    /**
     * Moves images at random and mirrors every other one, others in each epoch: for training only.
     * What moves in is black.
     *
     * @param border most pixels to move by, in each direction; 4 is usual for CIFAR-10
     * @param flip whether to mirror left and right
     * @param seed equal seeds, equal draws
     * @return this builder
     */
    public Builder augment(int border, boolean flip, long seed) {
      if (border < 0) {
        throw new IllegalArgumentException("border must be at least 0, was " + border);
      }
      this.border = border;
      this.flip = flip;
      this.augmentationSeed = seed;
      return this;
    }

    /**
     * Sets the type of the arrays, which should be that of the network.
     *
     * @param type FLOAT or DOUBLE; default FLOAT
     * @return this builder
     */
    public Builder dataType(DataType type) {
      this.type = Objects.requireNonNull(type, "type");
      return this;
    }

    /**
     * Returns the iterator, at the beginning of its first epoch.
     *
     * @return a new iterator
     */
    public ImageIterator build() {
      return new ImageIterator(this);
    }
  }
}
