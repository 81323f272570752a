package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.AbstractGraphAttentionVertex;
import io.github.dl4jsnn.conf.AbstractGraphConvVertex;
import io.github.dl4jsnn.internal.op.DropoutOp;
import io.github.dl4jsnn.internal.op.EdgeChecks;
import io.github.dl4jsnn.internal.op.GraphConvOp;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.samediff.SameDiffGraphVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A graph convolution, or graph attention, computed by its SameDiff definition, through DL4J's own
 * runtime with its faults corrected as in {@link DefinedLayer}. For small graphs: the definition
 * multiplies with the whole adjacency matrix.
 */
// DL4J: setInputs is variadic in the interface, not in its classes; workspaces are only open
@SuppressWarnings({"overrides", "try"})
public final class DefinedGraphConv extends SameDiffGraphVertex {
  private final AbstractGraphConvVertex conf;
  private final VertexParams facade;
  private INDArray gradientsView;
  private long[] builtFor;
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
    this.conf = conf;
    this.facade = new VertexParams(conf, paramsView, paramTable, type);
  }

  /** As in {@link FusedGraphConv#hasLayer()}. */
  @Override
  public boolean hasLayer() {
    return inputVertices == null;
  }

  @Override
  public Layer getLayer() {
    return facade;
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
    long[] inner = Arrays.copyOfRange(inputs[0].shape(), 1, inputs[0].rank() + 1);
    inner[inner.length - 1] = inputs[1].size(1);
    if (!Arrays.equals(inner, builtFor)) {
      sameDiff = null;
      builtFor = inner;
    }
    return super.doForward(training, mgr);
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
      boolean ncw = inputs[0].rank() == 3 && conf.getDataFormat() == RNNFormat.NCW;
      int steps = inputs[0].rank() == 3 ? (int) inputs[0].size(ncw ? 2 : 1) : 1;
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
    boolean ncw = inputs[0].rank() == 3 && conf.getDataFormat() == RNNFormat.NCW;
    INDArray like = ncw ? inputs[0].permute(0, 2, 1) : inputs[0];
    INDArray mask = DropoutOp.mask(Dropouts.of(conf, graph, vertexIndex), like);
    return ncw ? mask.permute(0, 2, 1) : mask;
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr mgr) {
    createGradientFunction();
    setEpsilon(getEpsilon().mul(DefinedLayer.GRADIENT_CORRECTION));
    Pair<Gradient, INDArray[]> p = super.doBackward(tbptt, mgr);
    INDArray dIn = p.getSecond()[0];
    if (dropoutMask != null) {
      dIn.muli(dropoutMask);
    }
    return new Pair<>(p.getFirst(), new INDArray[] {dIn, null});
  }

  /**
   * DL4J's vertex, unlike its layer, makes the gradient graph inside a workspace, where its
   * constants are overwritten by the next pass.
   */
  private void createGradientFunction() {
    try (MemoryWorkspace ignored = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
      if (!sameDiff.hasGradientFunction()) {
        List<String> names = conf.getVertexParams().getInputs();
        sameDiff.createGradFunction(names.toArray(new String[0]));
      }
    }
  }

  @Override
  public void setBackpropGradientsViewArray(INDArray view) {
    super.setBackpropGradientsViewArray(view);
    gradientsView = view;
  }

  @Override
  public INDArray getGradientsViewArray() {
    return gradientsView;
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int minibatchSize) {
    return conf.feedForwardMaskArrays(masks, state, minibatchSize);
  }

  @Override
  public boolean equals(Object o) {
    return this == o;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return conf.label();
  }
}
