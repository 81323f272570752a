package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.AbstractIndexedVertex;
import io.github.dl4jsnn.internal.op.IndexedOp;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runtime of the vertices that read rows of their first input by numbers in the second. */
public final class FusedIndexedVertex extends FusedVertex<AbstractIndexedVertex> {
  private final IndexedOp op;

  /**
   * A vertex without input yet.
   *
   * @param config configuration
   * @param graph network
   * @param name of the vertex
   * @param index of the vertex
   * @param paramsView its part of the network's parameters; null if it has none
   * @param initializeParams whether to initialise them
   * @param type data type of the network
   */
  public FusedIndexedVertex(
      AbstractIndexedVertex config,
      ComputationGraph graph,
      String name,
      int index,
      INDArray paramsView,
      boolean initializeParams,
      DataType type) {
    super(config, graph, name, index, paramsView, initializeParams, type);
    this.op = config.createOp(type);
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr mgr) {
    checkForward();
    config.validateInput(inputs);
    INDArray in = toNwc(typed(inputs[0]));
    int[] index = op.read(in, inputs[1]);
    INDArray out =
        mgr.createUninitialized(ArrayType.ACTIVATIONS, dataType, op.outputShape(in, index), 'c');
    op.forward(in, index, paramTable, out);
    return toNwc(out);
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr mgr) {
    checkBackward();
    INDArray in = toNwc(typed(inputs[0]));
    INDArray dIn = mgr.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, in.shape(), 'c');
    op.backward(in, op.read(in, inputs[1]), paramTable, toNwc(epsilon), gradients(), dIn);
    return withGradients(toNwc(dIn), null);
  }
}
