package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.graph.Propagation;
import io.github.dl4jsnn.internal.kernel.AdjacencyF32;
import io.github.dl4jsnn.internal.kernel.RowMathF32;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Propagation of GIN, {@code y = A z + (1 + eps) z}; see {@link Propagation}. */
final class GinSumF32 implements PropagationF32 {
  private final String vertex;
  private final double eps;
  private AdjacencyF32 adjacency;
  private float self;
  private int N;
  private int row;

  /**
   * Propagation of one vertex.
   *
   * @param eps where it is no parameter
   */
  GinSumF32(String vertex, double eps) {
    this.vertex = vertex;
    this.eps = eps;
  }

  @Override
  public void open(
      INDArray edges, Map<String, INDArray> params, GraphConvOp.Dropout dropout, int N, int steps) {
    this.N = N;
    this.row = steps * (int) params.get(GraphConvOp.WEIGHT).size(1);
    adjacency = EdgesF32.adjacency(vertex, edges, N, Propagation.Kind.GIN);
    INDArray trained = params.get(GraphConvOp.EPS);
    self = 1 + (float) (trained == null ? eps : trained.getDouble(0));
  }

  @Override
  public void forward(float[][] z) {
    // neither the adjacency nor eps depends on z
  }

  @Override
  public void gather(float[] y, float[][] z, int n) {
    adjacency.gather(y, z, n, row);
    RowMathF32.addScaled(y, z[n], self, row);
  }

  @Override
  public void backward(
      float[][] z, boolean[] zeroZ, float[][] dy, boolean[] zero, Map<String, INDArray> gradients) {
    float[][] dSelf = new float[NodeChunks.count(N)][1];
    NodeChunks.run(
        N,
        (long) N * row,
        (from, to, chunk, worker) -> {
          for (int n = from; n < to; n++) {
            if (!zero[n]) {
              dSelf[chunk][0] += RowMathF32.dot(dy[n], z[n], row);
            }
            zeroZ[n] = !adjacency.gatherTransposed(z[n], dy, zero, n, row) && zero[n];
            if (!zero[n]) {
              RowMathF32.addScaled(z[n], dy[n], self, row);
            }
          }
        });
    NdRowsF32.putVector(gradients.get(GraphConvOp.EPS), RowMathF32.total(dSelf));
  }
}
