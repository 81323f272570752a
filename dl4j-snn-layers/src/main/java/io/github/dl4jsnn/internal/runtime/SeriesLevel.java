package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.SeriesLevelVertex;
import java.util.Arrays;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Runtime of {@link SeriesLevelVertex}, which holds the equations. */
public final class SeriesLevel extends PairVertex {
  private final SeriesLevelVertex.Op op;
  private final boolean ncw;

  /**
   * A vertex without input yet.
   *
   * @param graph network
   * @param name of the vertex
   * @param index of the vertex
   * @param configuration of the vertex
   * @param ncw whether sequences are {@code [N, C, L]}
   * @param type data type of the network
   */
  public SeriesLevel(
      ComputationGraph graph,
      String name,
      int index,
      SeriesLevelVertex configuration,
      boolean ncw,
      DataType type) {
    super(graph, name, index, configuration, type);
    this.op = configuration.getOp();
    this.ncw = ncw;
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr mgr) {
    INDArray x = inputs[0];
    INDArray m = inputs[1];
    check(x, m);
    long n = m.size(0);
    long c = m.size(1);
    if (op == SeriesLevelVertex.Op.ADD) {
      INDArray y = mgr.dup(ArrayType.ACTIVATIONS, x, 'c');
      y.reshape('c', n, x.size(1) / c, c).addi(m.reshape(n, 1, c));
      return y;
    }
    long l = x.size(steps());
    INDArray y =
        mgr.createUninitialized(
            ArrayType.ACTIVATIONS,
            x.dataType(),
            ncw ? shape(n, 2 * c, l) : shape(n, l, 2 * c),
            'c');
    INDArray row = ncw ? m.reshape(n, c, 1) : m.reshape(n, 1, c);
    channels(y, 0, c).assign(x).subi(row);
    channels(y, c, 2 * c).assign(0).addi(row);
    return y;
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr mgr) {
    INDArray g = getEpsilon();
    INDArray m = inputs[1];
    long c = m.size(1);
    INDArray dm = mgr.createUninitialized(ArrayType.ACTIVATION_GRAD, m.dataType(), m.shape(), 'c');
    if (op == SeriesLevelVertex.Op.ADD) {
      INDArray dx = mgr.dup(ArrayType.ACTIVATION_GRAD, g, 'c');
      dm.assign(dx.reshape('c', m.size(0), g.size(1) / c, c).sum(1));
      return new Pair<>(null, new INDArray[] {dx, dm});
    }
    INDArray dx = mgr.dup(ArrayType.ACTIVATION_GRAD, channels(g, 0, c), 'c');
    dm.assign(channels(g, c, 2 * c).sum(steps())).subi(dx.sum(steps()));
    return new Pair<>(null, new INDArray[] {dx, dm});
  }

  /** Axis of the positions of a sequence. */
  private int steps() {
    return ncw ? 2 : 1;
  }

  private INDArray channels(INDArray sequence, long from, long to) {
    INDArrayIndex some = NDArrayIndex.interval(from, to);
    return ncw
        ? sequence.get(NDArrayIndex.all(), some, NDArrayIndex.all())
        : sequence.get(NDArrayIndex.all(), NDArrayIndex.all(), some);
  }

  private static long[] shape(long... sizes) {
    return sizes;
  }

  private void check(INDArray x, INDArray m) {
    boolean add = op == SeriesLevelVertex.Op.ADD;
    boolean fits = m.rank() == 2 && x.rank() == (add ? 2 : 3) && x.size(0) == m.size(0);
    if (fits) {
      fits = add ? x.size(1) % m.size(1) == 0 : x.size(ncw ? 1 : 2) == m.size(1);
    }
    if (!fits) {
      throw new IllegalArgumentException(
          String.format(
              "%s: expected %s and levels [N, C], got %s and %s",
              this,
              add ? "rows [N, S*C]" : ncw ? "a sequence [N, C, L]" : "a sequence [N, L, C]",
              Arrays.toString(x.shape()),
              Arrays.toString(m.shape())));
    }
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int minibatchSize) {
    return new Pair<>(masks == null ? null : masks[0], state);
  }
}
