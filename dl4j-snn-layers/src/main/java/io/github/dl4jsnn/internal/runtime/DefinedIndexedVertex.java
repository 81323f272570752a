package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.AbstractIndexedVertex;
import io.github.dl4jsnn.internal.op.IndexedOp;
import java.util.Arrays;
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
 * A vertex whose second input is data about the rows of the first, computed by its SameDiff
 * definition through DL4J's own runtime, with its faults corrected as in {@link DefinedLayer}. The
 * definition takes the second input as a matrix of zeros and ones, so it is for small batches.
 */
// DL4J: setInputs is variadic in the interface, not in its classes; workspaces are only open
@SuppressWarnings({"overrides", "try"})
public final class DefinedIndexedVertex extends SameDiffGraphVertex {
  private final AbstractIndexedVertex conf;
  private final IndexedOp op;
  private final VertexParams facade;
  private INDArray gradientsView;
  private long[] builtFor;

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
    this.conf = conf;
    this.op = conf.createOp(type);
    this.facade = VertexParams.of(conf, paramsView, paramTable, type);
  }

  /** As in {@link FusedIndexedVertex#hasLayer()}. */
  @Override
  public boolean hasLayer() {
    return facade != null && inputVertices == null;
  }

  @Override
  public Layer getLayer() {
    return facade;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr mgr) {
    conf.validateInput(inputs);
    // what backward reads again must outlive the workspace that this forward pass works in
    try (MemoryWorkspace ignored = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
      INDArray in = inputs[0];
      boolean ncw = in.rank() == 3 && conf.getDataFormat() == RNNFormat.NCW;
      INDArray nwc = ncw ? in.permute(0, 2, 1) : in;
      inputs[1] = op.incidence(nwc, op.read(nwc, inputs[1])).castTo(dataType);
    }
    long[] inner = new long[inputs[0].rank()];
    System.arraycopy(inputs[0].shape(), 1, inner, 0, inner.length - 1);
    inner[inner.length - 1] = inputs[1].size(1);
    if (!Arrays.equals(inner, builtFor)) {
      sameDiff = null;
      builtFor = inner;
    }
    return super.doForward(training, mgr);
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr mgr) {
    createGradientFunction();
    setEpsilon(getEpsilon().mul(DefinedLayer.GRADIENT_CORRECTION));
    Pair<Gradient, INDArray[]> p = super.doBackward(tbptt, mgr);
    // ND4J 1.0.0-M2.1 drops an axis from the gradient of a single node with a single feature
    INDArray dIn = p.getSecond()[0].reshape(inputs[0].shape());
    return new Pair<>(p.getFirst(), new INDArray[] {dIn, null});
  }

  /** As in {@link DefinedGraphConv}: not inside a workspace. */
  private void createGradientFunction() {
    try (MemoryWorkspace ignored = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
      if (!sameDiff.hasGradientFunction()) {
        sameDiff.createGradFunction(conf.getVertexParams().getInputs().toArray(new String[0]));
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
