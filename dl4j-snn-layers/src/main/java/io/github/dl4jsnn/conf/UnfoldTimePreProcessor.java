package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.runtime.FoldedTime;
import java.util.Arrays;
import java.util.Objects;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Gives a spiking layer its time axis back where DL4J's dense, convolution and pooling layers have
 * it folded into the batch. Networks with {@code setInputType(s)} insert it by themselves before
 * every layer of this library whose input is feed-forward or convolutional.
 *
 * <p><b>Order.</b> Row {@code t*N + n} is step t of example n, as in DL4J's own {@code
 * RnnToFeedForwardPreProcessor}, {@code RnnToCnnPreProcessor}, {@code CnnToRnnPreProcessor} and
 * {@code FeedForwardToRnnPreProcessor}, with which this one may be mixed.
 *
 * <p><b>Number of steps.</b> That of the layer's {@code foldedTimeSteps(T)}; else {@code T = rows /
 * N}, for DL4J tells its preprocessors the number N of examples in the network's input, and T may
 * differ from batch to batch. Rows that do not divide evenly are refused.
 *
 * <p><b>In a ComputationGraph</b> of DL4J 1.0.0-M2.1, N is wrong while the graph still holds the
 * labels of an earlier {@code fit} or {@code score}: it then reports their number. A batch of
 * another size directly after {@code fit} is refused where that shows in T; so set {@code
 * foldedTimeSteps(T)} on the layers, or call {@code net.clear()} before. A MultiLayerNetwork knows
 * N at all times.
 *
 * <p><b>Shapes.</b> {@code [T*N, F]}, {@code [T*N, C, H, W]} or {@code [T*N, H, W, C]} in; {@code
 * [N, T, F]} (NWC) or {@code [N, F, T]} (NCW) out, F being C*H*W in the order of memory; static
 * rows become {@code [N, F]}. Views where memory allows it.
 *
 * <p><b>Masks.</b> Those of folded rows, {@code [T*N, 1]} or {@code [T*N, 1, 1, 1]}, become {@code
 * [N, T]}.
 *
 * <p><b>Limits.</b> As for DL4J's own preprocessors, N is that of the network's input: a {@code
 * StackVertex} before the layer, which changes the number of examples, is not seen. Set {@code
 * foldedTimeSteps(T)} there.
 */
public final class UnfoldTimePreProcessor implements InputPreProcessor {
  private static final long serialVersionUID = 1L;

  /** What the rows are. */
  public enum Rows {
    /** Examples, without a time axis. */
    STATIC,
    /** Steps of sequences of any length. */
    SEQUENCE,
    /** Steps of sequences, of more than one step: as many rows as examples are a mistake. */
    LONGER_SEQUENCE
  }

  private final String layer;
  private final RNNFormat format;
  private final long[] rowShape;
  private final int timeSteps;
  private final Rows rows;

  /**
   * A preprocessor for one layer.
   *
   * @param layer what messages call the layer
   * @param format axis order of the sequences that the layer takes
   * @param rowShape shape of one row: {@code [F]}, {@code [C, H, W]} or {@code [H, W, C]}
   * @param timeSteps T if the layer knows it, else 0
   * @param rows what the rows are
   */
  @JsonCreator
  public UnfoldTimePreProcessor(
      @JsonProperty("layer") String layer,
      @JsonProperty("format") RNNFormat format,
      @JsonProperty("rowShape") long[] rowShape,
      @JsonProperty("timeSteps") int timeSteps,
      @JsonProperty("rows") Rows rows) {
    this.layer = layer;
    this.format = format;
    this.rowShape = rowShape.clone();
    this.timeSteps = timeSteps;
    this.rows = rows;
  }

  /**
   * The preprocessor of a layer for an input type, or null if there is nothing to do.
   *
   * @param rows what the rows are, unless input type or layer say that they are sequences
   */
  static UnfoldTimePreProcessor of(AbstractSnnLayer layer, InputType type, Rows rows) {
    int steps = layer.getFoldedTimeSteps();
    boolean sequence = steps > 0 || TimeFolding.sequenceFormat(type) != null;
    Rows known = sequence ? Rows.SEQUENCE : rows;
    long[] row = TimeFolding.rowShape(type);
    boolean asItIs = known == Rows.STATIC && type instanceof InputType.InputTypeFeedForward;
    return row == null || asItIs
        ? null
        : new UnfoldTimePreProcessor(layer.label(), layer.formatFor(type), row, steps, known);
  }

  /**
   * What messages call the layer.
   *
   * @return class and name
   */
  public String getLayer() {
    return layer;
  }

  /**
   * Axis order of the sequences it makes.
   *
   * @return the format
   */
  public RNNFormat getFormat() {
    return format;
  }

  /**
   * Shape of one row.
   *
   * @return a copy
   */
  public long[] getRowShape() {
    return rowShape.clone();
  }

  /**
   * Number of steps.
   *
   * @return T, or 0 if it is read off the number of rows
   */
  public int getTimeSteps() {
    return timeSteps;
  }

  /**
   * What the rows are.
   *
   * @return examples or steps
   */
  public Rows getRows() {
    return rows;
  }

  @Override
  public INDArray preProcess(INDArray input, int miniBatchSize, LayerWorkspaceMgr mgr) {
    long[] shape = input.shape();
    if (shape.length != rowShape.length + 1
        || !Arrays.equals(Arrays.copyOfRange(shape, 1, shape.length), rowShape)) {
      throw new IllegalArgumentException(
          layer
              + ": expected rows of shape "
              + Arrays.toString(rowShape)
              + ", got an input of shape "
              + Arrays.toString(shape));
    }
    if (rows == Rows.STATIC) {
      long[] flat = {input.length() / shape[0]};
      return FoldedTime.fold(input, flat, ArrayType.ACTIVATIONS, mgr);
    }
    long n = examples(shape[0], miniBatchSize);
    if (n == shape[0] && rows == Rows.LONGER_SEQUENCE) {
      throw new IllegalStateException(
          layer
              + ": expected a sequence, got a static input of shape "
              + Arrays.toString(shape)
              + "; it is a constant current and needs timeSteps(T) in the configuration"
              + " (if it is a sequence of one step, foldedTimeSteps(1))");
    }
    INDArray nwc = FoldedTime.unfold(input, n, ArrayType.ACTIVATIONS, mgr);
    return format == RNNFormat.NCW ? nwc.permute(0, 2, 1) : nwc;
  }

  @Override
  public INDArray backprop(INDArray epsilon, int miniBatchSize, LayerWorkspaceMgr mgr) {
    if (epsilon == null || epsilon.rank() == 2 && rowShape.length == 1) {
      return epsilon; // null behind a frozen layer
    }
    boolean ncw = epsilon.rank() == 3 && format == RNNFormat.NCW;
    return FoldedTime.fold(
        ncw ? epsilon.permute(0, 2, 1) : epsilon, rowShape, ArrayType.ACTIVATION_GRAD, mgr);
  }

  /** Number of examples; checks that all have the same number of steps. */
  private long examples(long count, int miniBatchSize) {
    long divisor = timeSteps > 0 ? timeSteps : miniBatchSize;
    if (divisor < 1 || count % divisor != 0) {
      throw new IllegalArgumentException(
          layer
              + ": expected T*N rows with "
              + (timeSteps > 0
                  ? "foldedTimeSteps T = " + timeSteps
                  : "the N = " + miniBatchSize + " examples that the network reports")
              + ", got "
              + count
              + " rows"
              + (timeSteps > 0 ? "" : FoldedTime.STALE_LABELS));
    }
    return timeSteps > 0 ? count / timeSteps : miniBatchSize;
  }

  /** The type stays: what the layer makes of folded images are folded images again. */
  @Override
  public InputType getOutputType(InputType type) {
    if (TimeFolding.rowShape(type) == null) {
      throw new IllegalStateException(
          layer + ": expected a feed-forward or convolutional input, got " + type);
    }
    return type instanceof InputType.InputTypeConvolutionalFlat
        ? InputType.feedForward(rowShape[0])
        : type;
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray mask, MaskState state, int miniBatchSize) {
    if (mask == null) {
      return new Pair<>(null, state);
    }
    if (mask.length() != mask.size(0)) {
      throw new IllegalArgumentException(
          layer
              + ": expected a mask of one value a row, [T*N, 1] or [T*N, 1, 1, 1], got shape "
              + Arrays.toString(mask.shape()));
    }
    long n = rows == Rows.STATIC ? mask.size(0) : examples(mask.size(0), miniBatchSize);
    INDArray nt = mask.dup('c').reshape('c', mask.size(0) / n, n).transpose();
    return new Pair<>(nt, state);
  }

  @Override
  public UnfoldTimePreProcessor clone() {
    return this; // immutable
  }

  @Override
  public boolean equals(Object o) {
    if (!(o instanceof UnfoldTimePreProcessor)) {
      return false;
    }
    UnfoldTimePreProcessor p = (UnfoldTimePreProcessor) o;
    return Objects.equals(layer, p.layer)
        && format == p.format
        && Arrays.equals(rowShape, p.rowShape)
        && timeSteps == p.timeSteps
        && rows == p.rows;
  }

  @Override
  public int hashCode() {
    return Objects.hash(layer, format, Arrays.hashCode(rowShape), timeSteps, rows);
  }

  @Override
  public String toString() {
    return "UnfoldTimePreProcessor(layer="
        + layer
        + ", format="
        + format
        + ", rowShape="
        + Arrays.toString(rowShape)
        + ", timeSteps="
        + timeSteps
        + ", rows="
        + rows
        + ")";
  }
}
