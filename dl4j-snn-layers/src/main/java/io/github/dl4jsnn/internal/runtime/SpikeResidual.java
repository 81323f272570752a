package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.SpikeResidualVertex;
import java.util.Arrays;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Runtime of {@link SpikeResidualVertex}, which holds the equations. */
public final class SpikeResidual extends PairVertex {
  private final SpikeResidualVertex.Op op;

  /**
   * A vertex without input yet.
   *
   * @param graph network
   * @param name of the vertex
   * @param index of the vertex
   * @param configuration of the vertex
   * @param type data type of the network
   */
  public SpikeResidual(
      ComputationGraph graph,
      String name,
      int index,
      SpikeResidualVertex configuration,
      DataType type) {
    super(graph, name, index, configuration, type);
    this.op = configuration.getOp();
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr mgr) {
    INDArray x = inputs[0];
    INDArray f = inputs[1];
    if (!x.equalShapes(f)) {
      throw new IllegalArgumentException(
          "SpikeResidualVertex \""
              + getVertexName()
              + "\": expected two inputs of one shape, got "
              + Arrays.toString(x.shape())
              + " and "
              + Arrays.toString(f.shape()));
    }
    INDArray y = mgr.dup(ArrayType.ACTIVATIONS, x);
    if (op == SpikeResidualVertex.Op.ADD) {
      return y.addi(f);
    }
    // x - x f, in the place of x f
    INDArray kept = y.muli(f).rsubi(x);
    return op == SpikeResidualVertex.Op.OR ? kept.addi(f) : kept;
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr mgr) {
    INDArray x = inputs[0];
    INDArray f = inputs[1];
    INDArray dx = mgr.dup(ArrayType.ACTIVATION_GRAD, getEpsilon());
    INDArray df = mgr.dup(ArrayType.ACTIVATION_GRAD, getEpsilon());
    if (op != SpikeResidualVertex.Op.ADD) {
      // g - g f, in the place of g f
      dx.muli(f).rsubi(getEpsilon());
      df.muli(x);
      if (op == SpikeResidualVertex.Op.OR) {
        df.rsubi(getEpsilon());
      } else {
        df.negi();
      }
    }
    return new Pair<>(null, new INDArray[] {dx, df});
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int minibatchSize) {
    if (masks == null || masks[0] == null || masks[1] == null) {
      return new Pair<>(null, state);
    }
    boolean same = masks[0] == masks[1] || masks[0].equals(masks[1]);
    return new Pair<>(same ? masks[0] : Transforms.max(masks[0], masks[1], true), state);
  }
}
