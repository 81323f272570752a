package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.AbstractGraphAttentionVertex;
import io.github.dl4jsnn.conf.AbstractGraphConvVertex;
import io.github.dl4jsnn.internal.op.DropoutOp;
import io.github.dl4jsnn.internal.op.EdgeChecks;
import io.github.dl4jsnn.internal.op.GraphConvOp;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A graph convolution, or graph attention, computed by its SameDiff definition. For small graphs:
 * the definition multiplies with the whole adjacency matrix.
 */
@SuppressWarnings("try") // workspaces are only open
public final class DefinedGraphConv extends DefinedVertex<AbstractGraphConvVertex> {
  private INDArray dropoutMask;

  /**
   * A vertex without input yet.
   *
   * @param conf configuration
   * @param graph network
   * @param name of the vertex
   * @param index of the vertex
   * @param paramsView its part of the network's parameters
   * @param initializeParams whether to initialise them
   * @param type data type of the network
   */
  public DefinedGraphConv(
      AbstractGraphConvVertex conf,
      ComputationGraph graph,
      String name,
      int index,
      INDArray paramsView,
      boolean initializeParams,
      DataType type) {
    super(conf, graph, name, index, paramsView, initializeParams, type);
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr mgr) {
    Passes.checkChunks(conf);
    conf.validateInput(inputs);
    boolean attention = conf instanceof AbstractGraphAttentionVertex;
    EdgeChecks.check(
        conf.label(), inputs[1], (int) inputs[0].size(0), attention ? null : conf.getPropagation());
    dropOut(training);
    if (training && attention) {
      dropAttention();
    }
    return define(training, mgr);
  }

  /** What backward reads again must outlive the workspace that this forward pass works in. */
  private void dropOut(boolean training) {
    try (MemoryWorkspace ignored = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
      dropoutMask = training ? dropoutMask() : null;
      if (dropoutMask != null) {
        inputs[0] = inputs[0].mul(dropoutMask);
      }
    }
  }

  /** Factors of the coefficients travel with the edges, as columns behind their weights. */
  private void dropAttention() {
    GraphConvOp.Attention settings = AttentionSettings.of(conf);
    if (AttentionSettings.retain(conf) == 1) {
      return;
    }
    try (MemoryWorkspace ignored = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
      int steps = inputs[0].rank() == 3 ? (int) toNwc(inputs[0]).size(1) : 1;
      inputs[1] =
          DropoutOp.attention(
              Dropouts.of(conf, graph, vertexIndex),
              settings,
              inputs[1],
              (int) inputs[0].size(0),
              steps);
    }
  }

  private INDArray dropoutMask() {
    if (conf.getRetain() == 1) {
      return null;
    }
    INDArray like = toNwc(inputs[0]);
    return toNwc(DropoutOp.mask(Dropouts.of(conf, graph, vertexIndex), like));
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr mgr) {
    Pair<Gradient, INDArray[]> p = super.doBackward(tbptt, mgr);
    INDArray dIn = p.getSecond()[0];
    if (dropoutMask != null) {
      dIn.muli(dropoutMask);
    }
    return new Pair<>(p.getFirst(), new INDArray[] {dIn, null});
  }
}
