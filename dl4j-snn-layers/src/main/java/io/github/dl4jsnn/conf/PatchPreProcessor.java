package io.github.dl4jsnn.conf;

import java.util.Arrays;
import java.util.Objects;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Cuts images into square patches, which become the positions of a sequence: what a transformer
 * takes instead of an image. An affine layer behind it is the patch embedding.
 *
 * <pre>
 *   out[n, l, (c*p + dy)*p + dx] = image[n, c, y*p + dy, x*p + dx],     l = y*(W/p) + x
 * </pre>
 *
 * <p><b>Shapes.</b> {@code [N, C, H, W]}, {@code [N, H, W, C]} or rows {@code [N, C*H*W]} in;
 * {@code [N, L, C*p*p]} (NWC) out, with L = (H/p)*(W/p) patches, row by row from the upper left. p
 * divides H and W. The order of the features is that of the weights {@code [D, C, p, p]} of a
 * convolution with kernel and stride p, which is the same map.
 *
 * <p><b>Gradient.</b> No pixel is in two patches, so it goes back to its pixel unchanged.
 *
 * <p><b>Masks.</b> A mask with one value for each image is repeated for its patches, {@code [N,
 * L]}.
 *
 * <p><b>Use</b>
 *
 * <pre>{@code
 * InputType images = InputType.convolutional(28, 28, 1);
 * builder.addLayer("embedding", layer, PatchPreProcessor.of(images, 4), "images").setInputTypes(images)
 * }</pre>
 *
 * <p><b>Source.</b> A. Dosovitskiy et al., "An Image is Worth 16x16 Words: Transformers for Image
 * Recognition at Scale", 2021, section 3.1. Immutable, and so safe for use by several threads.
 */
public final class PatchPreProcessor implements InputPreProcessor {
  private static final long serialVersionUID = 1L;

  /** Axis order of the images. */
  public enum Layout {
    /** {@code [N, C, H, W]}. */
    NCHW,
    /** {@code [N, H, W, C]}. */
    NHWC,
    /** {@code [N, C*H*W]}, each row in the order channel, height, width. */
    FLAT
  }

  private final long height;
  private final long width;
  private final long channels;
  private final int patchSize;
  private final Layout layout;

  /**
   * Patches of images of one size.
   *
   * @param height of the images, H
   * @param width of the images, W
   * @param channels of the images, C
   * @param patchSize height and width p of a patch, a divisor of H and W
   * @param layout axis order of the images
   * @throws IllegalArgumentException if a size is below 1, or p does not divide H and W
   */
  @JsonCreator
  public PatchPreProcessor(
      @JsonProperty("height") long height,
      @JsonProperty("width") long width,
      @JsonProperty("channels") long channels,
      @JsonProperty("patchSize") int patchSize,
      @JsonProperty("layout") Layout layout) {
    this.height = height;
    this.width = width;
    this.channels = channels;
    this.patchSize = patchSize;
    this.layout = Objects.requireNonNull(layout, "layout");
    if (Math.min(Math.min(height, width), Math.min(channels, patchSize)) < 1) {
      throw new IllegalArgumentException(
          "PatchPreProcessor: expected sizes of at least 1, got " + this);
    }
    if (height % patchSize != 0 || width % patchSize != 0) {
      throw new IllegalArgumentException(
          "PatchPreProcessor: expected a patchSize that divides height and width, got " + this);
    }
  }

  /**
   * The preprocessor for an input type.
   *
   * @param images convolutional, in either format, or flat convolutional
   * @param patchSize height and width p of a patch
   * @return the preprocessor
   * @throws IllegalArgumentException if the type is not of images, or p does not divide their sizes
   */
  public static PatchPreProcessor of(InputType images, int patchSize) {
    if (images instanceof InputType.InputTypeConvolutional) {
      InputType.InputTypeConvolutional t = (InputType.InputTypeConvolutional) images;
      Layout layout = t.getFormat() == CNN2DFormat.NHWC ? Layout.NHWC : Layout.NCHW;
      return new PatchPreProcessor(t.getHeight(), t.getWidth(), t.getChannels(), patchSize, layout);
    }
    if (images instanceof InputType.InputTypeConvolutionalFlat) {
      InputType.InputTypeConvolutionalFlat t = (InputType.InputTypeConvolutionalFlat) images;
      return new PatchPreProcessor(
          t.getHeight(), t.getWidth(), t.getDepth(), patchSize, Layout.FLAT);
    }
    throw new IllegalArgumentException(
        "PatchPreProcessor: expected a convolutional input type, got " + images);
  }

  /**
   * Height of the images.
   *
   * @return H
   */
  public long getHeight() {
    return height;
  }

  /**
   * Width of the images.
   *
   * @return W
   */
  public long getWidth() {
    return width;
  }

  /**
   * Channels of the images.
   *
   * @return C
   */
  public long getChannels() {
    return channels;
  }

  /**
   * Height and width of a patch.
   *
   * @return p
   */
  public int getPatchSize() {
    return patchSize;
  }

  /**
   * Axis order of the images.
   *
   * @return the layout
   */
  public Layout getLayout() {
    return layout;
  }

  /**
   * Number of patches of an image.
   *
   * @return L = (H/p)*(W/p)
   */
  public long numPatches() {
    return rows() * columns();
  }

  /**
   * Length of a patch.
   *
   * @return C*p*p
   */
  public long patchLength() {
    return channels * patchSize * patchSize;
  }

  private long rows() {
    return height / patchSize;
  }

  private long columns() {
    return width / patchSize;
  }

  @Override
  public INDArray preProcess(INDArray input, int miniBatchSize, LayerWorkspaceMgr mgr) {
    checkShape("images", input, imageShape(input.size(0)));
    long n = input.size(0);
    INDArray c = contiguous(input, ArrayType.ACTIVATIONS, mgr);
    INDArray patches =
        layout == Layout.NHWC
            ? c.reshape('c', n, rows(), patchSize, columns(), patchSize, channels)
                .permute(0, 1, 3, 5, 2, 4)
            : c.reshape('c', n, channels, rows(), patchSize, columns(), patchSize)
                .permute(0, 2, 4, 1, 3, 5);
    INDArray out = mgr.dup(ArrayType.ACTIVATIONS, patches, 'c');
    return mgr.leverageTo(ArrayType.ACTIVATIONS, out.reshape('c', n, numPatches(), patchLength()));
  }

  @Override
  public INDArray backprop(INDArray epsilon, int miniBatchSize, LayerWorkspaceMgr mgr) {
    if (epsilon == null) {
      return null; // behind a frozen layer
    }
    long n = epsilon.size(0);
    checkShape("gradients", epsilon, new long[] {n, numPatches(), patchLength()});
    INDArray patches =
        contiguous(epsilon, ArrayType.ACTIVATION_GRAD, mgr)
            .reshape('c', n, rows(), columns(), channels, patchSize, patchSize);
    INDArray images =
        layout == Layout.NHWC
            ? patches.permute(0, 1, 4, 2, 5, 3)
            : patches.permute(0, 3, 1, 4, 2, 5);
    INDArray out = mgr.dup(ArrayType.ACTIVATION_GRAD, images, 'c');
    return mgr.leverageTo(ArrayType.ACTIVATION_GRAD, out.reshape('c', imageShape(n)));
  }

  private static INDArray contiguous(INDArray a, ArrayType type, LayerWorkspaceMgr mgr) {
    return a.ordering() == 'c' && Shape.hasDefaultStridesForShape(a) ? a : mgr.dup(type, a, 'c');
  }

  private long[] imageShape(long n) {
    switch (layout) {
      case NCHW:
        return new long[] {n, channels, height, width};
      case NHWC:
        return new long[] {n, height, width, channels};
      default:
        return new long[] {n, channels * height * width};
    }
  }

  private void checkShape(String what, INDArray a, long[] expected) {
    if (!Arrays.equals(a.shape(), expected)) {
      throw new IllegalArgumentException(
          String.format(
              "%s: expected %s of shape %s, got %s",
              this, what, Arrays.toString(expected), Arrays.toString(a.shape())));
    }
  }

  /**
   * The type of the sequence of patches.
   *
   * @param type that of the images; feed-forward of the right size will do for flat ones
   * @return recurrent, {@code C*p*p} features at L positions, NWC
   * @throws IllegalStateException if the type is another
   */
  @Override
  public InputType getOutputType(InputType type) {
    boolean flat =
        layout == Layout.FLAT
            && type instanceof InputType.InputTypeFeedForward
            && type.arrayElementsPerExample() == channels * height * width;
    if (!flat && !isOurs(type)) {
      throw new IllegalStateException(this + ": expected such images, got " + type);
    }
    return InputType.recurrent(patchLength(), numPatches(), RNNFormat.NWC);
  }

  private boolean isOurs(InputType type) {
    boolean images =
        type instanceof InputType.InputTypeConvolutional
            || type instanceof InputType.InputTypeConvolutionalFlat;
    if (!images) {
      return false;
    }
    PatchPreProcessor whole = of(type, 1);
    return new PatchPreProcessor(height, width, channels, 1, layout).equals(whole);
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray mask, MaskState state, int miniBatchSize) {
    if (mask == null) {
      return new Pair<>(null, state);
    }
    if (mask.length() != mask.size(0)) {
      throw new IllegalArgumentException(
          this
              + ": expected a mask of one value an image, got shape "
              + Arrays.toString(mask.shape()));
    }
    INDArray column = mask.dup('c').reshape('c', mask.size(0), 1);
    return new Pair<>(column.repeat(1, numPatches()), state);
  }

  @Override
  public PatchPreProcessor clone() {
    return this; // immutable
  }

  @Override
  public boolean equals(Object o) {
    if (!(o instanceof PatchPreProcessor)) {
      return false;
    }
    PatchPreProcessor p = (PatchPreProcessor) o;
    return height == p.height
        && width == p.width
        && channels == p.channels
        && patchSize == p.patchSize
        && layout == p.layout;
  }

  @Override
  public int hashCode() {
    return Objects.hash(height, width, channels, patchSize, layout);
  }

  @Override
  public String toString() {
    return String.format(
        "PatchPreProcessor(height=%d, width=%d, channels=%d, patchSize=%d, layout=%s)",
        height, width, channels, patchSize, layout);
  }
}
