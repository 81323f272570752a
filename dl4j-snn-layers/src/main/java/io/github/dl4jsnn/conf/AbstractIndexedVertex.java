package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.op.IndexedOp;
import io.github.dl4jsnn.internal.runtime.DefinedIndexedVertex;
import io.github.dl4jsnn.internal.runtime.FusedIndexedVertex;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InvalidInputTypeException;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.common.primitives.Pair;
import org.nd4j.common.util.ArrayUtil;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonIgnore;

/**
 * What vertices share whose second input is data about the rows of the first: to which graph a node
 * belongs ({@link GraphReadoutVertex}), or pairs of nodes ({@link DotProductDecoderVertex}).
 *
 * <p>The second input holds whole numbers as floats, since all inputs of a network have its type;
 * they are exact below 2^24. It has no gradient and must be the last input of the vertex (DL4J
 * loses track of gradients behind an input that has none). Feature masks are refused.
 */
public abstract class AbstractIndexedVertex extends AbstractSnnVertex {
  private static final long serialVersionUID = 1L;

  /** Name of the first input in the SameDiff definition. */
  public static final String FEATURES = "features";

  /** For JSON. */
  protected AbstractIndexedVertex() {}

  /**
   * Takes over what the builder holds.
   *
   * @param builder the builder
   */
  protected AbstractIndexedVertex(AbstractSnnVertex.Builder<?> builder) {
    super(builder);
  }

  /**
   * The fused operation.
   *
   * @param type data type of the network
   * @return a new one
   */
  public abstract IndexedOp createOp(DataType type);

  /**
   * Axis order of sequences.
   *
   * @return the format; {@link RNNFormat#NWC} unless the vertex takes sequences in another
   */
  @JsonIgnore
  public RNNFormat getDataFormat() {
    return RNNFormat.NWC;
  }

  /**
   * Name of the second input in the SameDiff definition.
   *
   * @return the name
   */
  @JsonIgnore
  protected abstract String indexName();

  /** Columns of the second input. */
  abstract long indexColumns();

  /** Output for the first input; takes over its size. */
  abstract InputType inferFrom(InputType features);

  @Override
  public int minVertexInputs() {
    return 2;
  }

  @Override
  public int maxVertexInputs() {
    return 2;
  }

  /** While DL4J builds a configuration, the vertex does not know its name yet. */
  @Override
  public String label() {
    return getName() == null ? getClass().getSimpleName() : super.label();
  }

  @Override
  protected org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      boolean fused,
      ComputationGraph graph,
      String name,
      int index,
      INDArray paramsView,
      boolean initializeParams,
      DataType type) {
    return fused
        ? new FusedIndexedVertex(this, graph, name, index, paramsView, initializeParams, type)
        : new DefinedIndexedVertex(this, graph, name, index, paramsView, initializeParams, type);
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType... inputs)
      throws InvalidInputTypeException {
    if (inputs.length != 2) {
      throw new InvalidInputTypeException(
          label()
              + ": expected two inputs, "
              + FEATURES
              + " and "
              + indexName()
              + ", got "
              + inputs.length);
    }
    if (!(inputs[1] instanceof InputType.InputTypeFeedForward)
        || inputs[1].arrayElementsPerExample() != indexColumns()) {
      throw new InvalidInputTypeException(
          label()
              + ": the last input is "
              + indexName()
              + ", InputType.feedForward("
              + indexColumns()
              + "); got "
              + inputs[1]);
    }
    return inferFrom(inputs[0]);
  }

  /** Ignoring a mask would be a silent error. */
  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int minibatchSize) {
    for (int i = 0; masks != null && i < masks.length; i++) {
      if (masks[i] != null) {
        throw new IllegalArgumentException(
            label()
                + ": feature masks are not supported (input "
                + i
                + " has one of shape "
                + shapeOf(masks[i])
                + "); to choose rows for the loss use a labels mask");
      }
    }
    return new Pair<>(null, state);
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputs) {
    InputType output = getOutputType(-1, inputs);
    long params = 0;
    for (long[] shape : getVertexParams().getParamShapes().values()) {
      params += ArrayUtil.prodLong(shape);
    }
    long updaterState = updater == null ? 0 : updater.stateSize(params);
    return new LayerMemoryReport.Builder(getName(), getClass(), inputs[0], output)
        .standardMemory(params, updaterState)
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(0, 0)
        .build();
  }
}
