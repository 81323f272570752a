package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.runtime.SpikeResidual;
import java.util.Arrays;
import java.util.Objects;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InvalidInputTypeException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Joins the spikes x of a shortcut, the first input, with the spikes f of a branch, the second.
 *
 * <pre>
 *   ADD    y = x + f            dx = g              df = g          float residual: counts, not spikes
 *   OR     y = x + f - x f      dx = g (1 - f)      df = g (1 - x)  spike-only: x or f
 *   IAND   y = x (1 - f)        dx = g (1 - f)      df = -g x       spike-only: x and not f
 * </pre>
 *
 * <p>With OR and IAND the output of two spikes is a spike, so everything between the layers of a
 * network stays 0 and 1; with ADD the next layer multiplies numbers up to 1 + the number of blocks
 * before it.
 *
 * <p><b>Shapes.</b> Two inputs of one shape, sequences in either format or rows; the same out.
 * <b>Parameters.</b> None. <b>Masks.</b> Where the masks of both inputs differ, an entry counts
 * that one of them has. It runs on plain array operations of ND4J, and so on any of its backends.
 *
 * <p><b>Errors.</b> Inputs of different types or shapes: an exception that says which.
 *
 * <p><b>Source.</b> ADD and IAND: W. Fang, Z. Yu, Y. Chen, T. Huang, T. Masquelier, Y. Tian, "Deep
 * Residual Learning in Spiking Neural Networks", NeurIPS 2021, Table 1.
 */
public final class SpikeResidualVertex extends AbstractPairVertex {
  private static final long serialVersionUID = 1L;

  /** How the two are joined. */
  public enum Op {
    /** Their sum: no spikes any more. */
    ADD,
    /** A spike where either spikes. */
    OR,
    /** A spike of the shortcut, unless the branch spikes. */
    IAND
  }

  @JsonProperty private final Op op;

  /**
   * Joins two inputs.
   *
   * @param op how
   */
  @JsonCreator
  public SpikeResidualVertex(@JsonProperty("op") Op op) {
    this.op = Objects.requireNonNull(op, "op");
  }

  /**
   * How the two are joined.
   *
   * @return the operation
   */
  public Op getOp() {
    return op;
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType... inputs)
      throws InvalidInputTypeException {
    boolean fits = inputs.length == 2 && inputs[0].getType() == inputs[1].getType();
    if (!fits || !sameSize(inputs[0], inputs[1])) {
      throw new InvalidInputTypeException(
          "SpikeResidualVertex: expected two inputs of one type and size, got "
              + Arrays.toString(inputs));
    }
    return inputs[0];
  }

  /** Sequences of unknown length have no shape to compare. */
  private static boolean sameSize(InputType a, InputType b) {
    if (a instanceof InputType.InputTypeRecurrent) {
      InputType.InputTypeRecurrent x = (InputType.InputTypeRecurrent) a;
      InputType.InputTypeRecurrent f = (InputType.InputTypeRecurrent) b;
      return x.getSize() == f.getSize() && x.getFormat() == f.getFormat();
    }
    return Arrays.equals(a.getShape(), b.getShape());
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray paramsView,
      boolean initializeParams,
      DataType type) {
    return new SpikeResidual(graph, name, index, this, type);
  }

  @Override
  public SpikeResidualVertex clone() {
    return new SpikeResidualVertex(op);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof SpikeResidualVertex && ((SpikeResidualVertex) o).op == op;
  }

  @Override
  public int hashCode() {
    return op.hashCode();
  }

  @Override
  public String toString() {
    return "SpikeResidualVertex(" + op + ")";
  }
}
