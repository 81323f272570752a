package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.AbstractIndexedVertex;
import io.github.dl4jsnn.internal.op.IndexedOp;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A vertex whose second input is data about the rows of the first, computed by its SameDiff
 * definition. It takes the second input as a matrix of zeros and ones, so it is for small batches.
 */
@SuppressWarnings("try") // workspaces are only open
public final class DefinedIndexedVertex extends DefinedVertex<AbstractIndexedVertex> {
  private final IndexedOp op;

  /**
   * A vertex without input yet.
   *
   * @param conf configuration
   * @param graph network
   * @param name of the vertex
   * @param index of the vertex
   * @param paramsView its part of the network's parameters; null if it has none
   * @param initializeParams whether to initialise them
   * @param type data type of the network
   */
  public DefinedIndexedVertex(
      AbstractIndexedVertex conf,
      ComputationGraph graph,
      String name,
      int index,
      INDArray paramsView,
      boolean initializeParams,
      DataType type) {
    super(conf, graph, name, index, paramsView, initializeParams, type);
    this.op = conf.createOp(type);
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr mgr) {
    conf.validateInput(inputs);
    // what backward reads again must outlive the workspace that this forward pass works in
    try (MemoryWorkspace ignored = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
      INDArray nwc = toNwc(inputs[0]);
      inputs[1] = op.incidence(nwc, op.read(nwc, inputs[1])).castTo(dataType);
    }
    return define(training, mgr);
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr mgr) {
    Pair<Gradient, INDArray[]> p = super.doBackward(tbptt, mgr);
    // ND4J 1.0.0-M2.1 drops an axis from the gradient of a single node with a single feature
    INDArray dIn = p.getSecond()[0].reshape(inputs[0].shape());
    return new Pair<>(p.getFirst(), new INDArray[] {dIn, null});
  }
}
