package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.runtime.SeriesLevel;
import java.util.Arrays;
import java.util.Objects;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InvalidInputTypeException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Takes the level of series apart, or gives it back. The second input, m, is one row of C levels an
 * example; the first, x, has C channels at each of some steps.
 *
 * <pre>
 *   SPLIT    y[l] = (x[l] - m, m)     dx[l] = g'[l]     dm = sum over l of g''[l] - g'[l],  g = (g', g'')
 *   ADD      y[s] = x[s] + m          dx = g            dm = sum over s of g[s]
 * </pre>
 *
 * <p>With SPLIT behind the input of a network and ADD behind its last affine map, it learns how
 * series go on from where they are:
 *
 * <pre>{@code
 * graph.addLayer("level", new SpikeReadoutLayer.Builder().build(), "input") // mean of the window
 *     .addVertex("split", new SeriesLevelVertex(SeriesLevelVertex.Op.SPLIT), "input", "level")
 *     ...
 *     .addVertex("forecast", new SeriesLevelVertex(SeriesLevelVertex.Op.ADD), "change", "level")
 * }</pre>
 *
 * <p><b>Shapes.</b> m is {@code [N, C]}. SPLIT: x is a sequence {@code [N, L, C]} (NWC) or {@code
 * [N, C, L]} (NCW), y has 2C channels. ADD: x and y are rows {@code [N, S*C]} with column {@code s
 * C + c}, as forecasts of S steps are. <b>Parameters.</b> None. <b>Masks.</b> That of x goes on. It
 * runs on plain array operations of ND4J, and so on any of its backends.
 *
 * <p><b>Errors.</b> Types or shapes that do not fit: an exception that says which.
 *
 * <p><b>Source.</b> T. Kim, J. Kim, Y. Tae, C. Park, J. Choi, J. Choo, "Reversible Instance
 * Normalization for Accurate Time-Series Forecasting against Distribution Shift", ICLR 2022, Eq.
 * 1-3 without deviations and trained constants; that the network sees the level as well is ours.
 */
public final class SeriesLevelVertex extends AbstractPairVertex {
  private static final long serialVersionUID = 1L;

  /** What is done with the level. */
  public enum Op {
    /** Differences from it, and itself, at each position of a sequence. */
    SPLIT,
    /** Adds it to rows. */
    ADD
  }

  @JsonProperty private final Op op;

  /** Of the sequence; null for rows, and while the input type is not known: NWC. */
  @JsonProperty private RNNFormat format;

  /**
   * Splits or adds.
   *
   * @param op which
   */
  public SeriesLevelVertex(Op op) {
    this(op, null);
  }

  @JsonCreator
  private SeriesLevelVertex(@JsonProperty("op") Op op, @JsonProperty("format") RNNFormat format) {
    this.op = Objects.requireNonNull(op, "op");
    this.format = format;
  }

  /**
   * What is done with the level.
   *
   * @return the operation
   */
  public Op getOp() {
    return op;
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType... inputs)
      throws InvalidInputTypeException {
    if (inputs.length == 2 && inputs[1] instanceof InputType.InputTypeFeedForward) {
      long channels = ((InputType.InputTypeFeedForward) inputs[1]).getSize();
      if (op == Op.SPLIT && inputs[0] instanceof InputType.InputTypeRecurrent) {
        InputType.InputTypeRecurrent x = (InputType.InputTypeRecurrent) inputs[0];
        if (x.getSize() == channels) {
          format = x.getFormat();
          return InputType.recurrent(2 * channels, x.getTimeSeriesLength(), format);
        }
      }
      if (op == Op.ADD
          && inputs[0] instanceof InputType.InputTypeFeedForward
          && inputs[0].arrayElementsPerExample() % channels == 0) {
        return inputs[0];
      }
    }
    throw new InvalidInputTypeException(
        this
            + ": expected "
            + (op == Op.SPLIT ? "a sequence of C channels" : "rows of S*C numbers")
            + " and rows of C levels, got "
            + Arrays.toString(inputs));
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray paramsView,
      boolean initializeParams,
      DataType type) {
    return new SeriesLevel(graph, name, index, this, format == RNNFormat.NCW, type);
  }

  @Override
  public SeriesLevelVertex clone() {
    return new SeriesLevelVertex(op, format);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof SeriesLevelVertex
        && ((SeriesLevelVertex) o).op == op
        && ((SeriesLevelVertex) o).format == format;
  }

  @Override
  public int hashCode() {
    return op.hashCode();
  }

  @Override
  public String toString() {
    return "SeriesLevelVertex(" + op + ")";
  }
}
