package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.op.IndexedOp;
import io.github.dl4jsnn.internal.runtime.DefinedIndexedVertex;
import io.github.dl4jsnn.internal.runtime.FusedIndexedVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InvalidInputTypeException;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What vertices share that read rows of the first input by numbers in the second: to which graph a
 * node belongs ({@link GraphReadoutVertex}), or pairs of nodes ({@link DotProductDecoderVertex}).
 */
public abstract class AbstractIndexedVertex extends AbstractNodeVertex {
  private static final long serialVersionUID = 1L;

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

  /** Columns of the second input. */
  abstract long indexColumns();

  @Override
  final void checkIndexColumns(long columns, InputType index) {
    if (columns != indexColumns()) {
      throw new InvalidInputTypeException(
          label()
              + ": the last input is "
              + indexName()
              + ", InputType.feedForward("
              + indexColumns()
              + "); got "
              + index);
    }
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
}
