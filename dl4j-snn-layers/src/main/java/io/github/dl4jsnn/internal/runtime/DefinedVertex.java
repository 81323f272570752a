package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.AbstractSnnVertex;
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
 * What vertices share that are computed by their SameDiff definition, through DL4J's own runtime
 * with its faults corrected as in {@link DefinedLayer}.
 *
 * @param <C> configuration
 */
// DL4J: setInputs is variadic in the interface, not in its classes; workspaces are only open
@SuppressWarnings({"overrides", "try"})
abstract class DefinedVertex<C extends AbstractSnnVertex> extends SameDiffGraphVertex {
  final C conf;
  private final VertexParams facade;
  private INDArray gradientsView;
  private long[] builtFor;

  DefinedVertex(
      C conf,
      ComputationGraph graph,
      String name,
      int index,
      INDArray paramsView,
      boolean initializeParams,
      DataType type) {
    super(conf, graph, name, index, paramsView, initializeParams, type);
    this.conf = conf;
    this.facade = VertexParams.of(conf, paramsView, paramTable, type);
  }

  /** As in {@link FusedVertex#hasLayer()}. */
  @Override
  public final boolean hasLayer() {
    return facade != null && inputVertices == null;
  }

  @Override
  public final Layer getLayer() {
    return facade;
  }

  /** From the configured format to NWC, or back: the same exchange of axes. */
  final INDArray toNwc(INDArray a) {
    return a.rank() == 3 && conf.getDataFormat() == RNNFormat.NCW ? a.permute(0, 2, 1) : a;
  }

  /** Runs the definition, built anew if sizes other than the number of rows have changed. */
  final INDArray define(boolean training, LayerWorkspaceMgr mgr) {
    long[] inner = Arrays.copyOfRange(inputs[0].shape(), 1, inputs[0].rank() + 1);
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
    return super.doBackward(tbptt, mgr);
  }

  /**
   * DL4J's vertex, unlike its layer, makes the gradient graph inside a workspace, where its
   * constants are overwritten by the next pass.
   */
  private void createGradientFunction() {
    try (MemoryWorkspace ignored = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
      if (!sameDiff.hasGradientFunction()) {
        sameDiff.createGradFunction(conf.getVertexParams().getInputs().toArray(new String[0]));
      }
    }
  }

  @Override
  public final void setBackpropGradientsViewArray(INDArray view) {
    super.setBackpropGradientsViewArray(view);
    gradientsView = view;
  }

  @Override
  public final INDArray getGradientsViewArray() {
    return gradientsView;
  }

  @Override
  public final Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int minibatchSize) {
    return conf.feedForwardMaskArrays(masks, state, minibatchSize);
  }

  @Override
  public final boolean equals(Object o) {
    return this == o;
  }

  @Override
  public final int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public final String toString() {
    return conf.label();
  }
}
