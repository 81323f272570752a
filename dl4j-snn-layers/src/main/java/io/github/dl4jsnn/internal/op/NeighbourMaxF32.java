package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.graph.Propagation;
import io.github.dl4jsnn.internal.kernel.MaximumF32;
import io.github.dl4jsnn.internal.kernel.Neighbours;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Maximum over neighbours, {@code m[i] = largest w s[j]}, component by component; see {@link
 * Propagation}. It is taken of inputs, before the map, so that what is propagated is ready.
 */
final class NeighbourMaxF32 implements PropagationF32 {
  private final String vertex;
  private Neighbours graph;
  private float[] weights;
  private float[][] s;
  private float[][] m;
  private float[][] dm;
  private float[][] ds;
  private INDArray maximum;
  private INDArray dMaximum;
  private InputRowsF32 rows;
  private int N;
  private int row;

  NeighbourMaxF32(String vertex) {
    this.vertex = vertex;
  }

  @Override
  public void open(
      INDArray edges, Map<String, INDArray> params, GraphConvOp.Dropout dropout, int N, int steps) {
    this.N = N;
    this.row = steps * (int) params.get(GraphConvOp.WEIGHT).size(1);
    EdgesF32 read = EdgesF32.read(vertex, edges, N);
    graph = read.neighbours(N, false);
    weights = new float[graph.entries()];
    for (int e = 0; e < weights.length; e++) {
      weights[e] = read.weights[graph.edge(e)];
    }
  }

  /**
   * The maxima.
   *
   * @param in (in) input of the vertex
   * @param input reads it
   * @return {@code m}, of the shape of the input; valid until the next call
   */
  INDArray maxima(INDArray in, InputRowsF32 input) {
    rows = input;
    int width = input.width();
    s = ScratchF32.rows(s, N, width);
    m = ScratchF32.rows(m, N, width);
    input.read(in, s);
    NodeChunks.run(
        N,
        (long) graph.entries() * width,
        (from, to, chunk, worker) -> {
          for (int n = from; n < to; n++) {
            maximum(n, width);
          }
        });
    maximum = like(in, maximum);
    input.write(maximum, m);
    return maximum;
  }

  private void maximum(int n, int width) {
    Arrays.fill(m[n], 0, width, 0f);
    for (int e = graph.first(n); e < graph.first(n + 1); e++) {
      if (e == graph.first(n)) {
        Arrays.fill(m[n], 0, width, Float.NEGATIVE_INFINITY);
      }
      MaximumF32.take(m[n], s[graph.source(e)], weights[e], width);
    }
  }

  /** Where the gradient of {@link #maxima} is to be written. */
  INDArray gradient() {
    dMaximum = like(maximum, dMaximum);
    return dMaximum;
  }

  private static INDArray like(INDArray a, INDArray old) {
    return old != null && Arrays.equals(old.shape(), a.shape())
        ? old
        : Nd4j.createUninitializedDetached(DataType.FLOAT, a.shape());
  }

  /** Adds the gradient that passes through the maxima to that of the input. */
  void addInputGradient(INDArray dIn) {
    int width = rows.width();
    ds = ScratchF32.rows(ds, N, width);
    dm = ScratchF32.rows(dm, N, width);
    new InputRowsF32(dMaximum, null).read(dMaximum, dm);
    NodeChunks.run(
        N,
        (long) graph.entries() * width,
        (from, to, chunk, worker) -> {
          float[] ties = new float[width];
          for (int n = from; n < to; n++) {
            share(n, ties, width);
          }
        });
    NodeChunks.run(
        N,
        (long) graph.entries() * width,
        (from, to, chunk, worker) -> {
          for (int n = from; n < to; n++) {
            backwardOfSource(n, width);
          }
        });
    rows.addGradient(dIn, ds);
  }

  /** Divides the gradient of a maximum among the edges that carry it. */
  private void share(int n, float[] ties, int width) {
    Arrays.fill(ties, 0f);
    for (int e = graph.first(n); e < graph.first(n + 1); e++) {
      MaximumF32.count(ties, m[n], s[graph.source(e)], weights[e], width);
    }
    MaximumF32.divide(dm[n], ties, width);
  }

  private void backwardOfSource(int n, int width) {
    Arrays.fill(ds[n], 0, width, 0f);
    for (int i = graph.firstSent(n); i < graph.firstSent(n + 1); i++) {
      int e = graph.sent(i);
      int target = graph.target(e);
      MaximumF32.addGradient(ds[n], dm[target], m[target], s[n], weights[e], width);
    }
  }

  @Override
  public void forward(float[][] z) {
    // z is the map of the maxima already
  }

  @Override
  public void gather(float[] y, float[][] z, int n) {
    System.arraycopy(z[n], 0, y, 0, row);
  }

  @Override
  public void backward(
      float[][] z, boolean[] zeroZ, float[][] dy, boolean[] zero, Map<String, INDArray> gradients) {
    for (int n = 0; n < N; n++) {
      System.arraycopy(dy[n], 0, z[n], 0, row);
      zeroZ[n] = zero[n];
    }
  }
}
