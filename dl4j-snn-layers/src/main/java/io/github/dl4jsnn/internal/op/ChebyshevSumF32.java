package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.graph.Propagation;
import io.github.dl4jsnn.internal.kernel.AdjacencyF32;
import io.github.dl4jsnn.internal.kernel.RowMathF32;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Chebyshev propagation, {@code y = sum over k < K of T_k(L) z_k}; see {@link Propagation}.
 *
 * <p>Forward by Clenshaw's recurrence, which takes one product with L for each of the orders above
 * 0, of the width of one map. Backward by that of the polynomials themselves.
 *
 * <pre>
 *   b_k = z_k + 2 L b_(k+1) - b_(k+2),  b_K = b_(K+1) = 0;     y = z_0 + L b_1 - b_2
 *   dz_0 = dy,  dz_1 = L^T dy,  dz_k = 2 L^T dz_(k-1) - dz_(k-2)
 * </pre>
 */
final class ChebyshevSumF32 implements PropagationF32 {
  private final String vertex;
  private final int K;
  private AdjacencyF32 laplacian;
  private float[][][] z = new float[0][][];
  private boolean[][] zeros = new boolean[0][];
  private int N;
  private int row;

  ChebyshevSumF32(String vertex, int K) {
    this.vertex = vertex;
    this.K = K;
  }

  @Override
  public void open(
      INDArray edges, Map<String, INDArray> params, GraphConvOp.Dropout dropout, int N, int steps) {
    this.N = N;
    this.row = steps * (int) params.get(GraphConvOp.WEIGHT + 0).size(1);
    laplacian = EdgesF32.adjacency(vertex, edges, N, Propagation.Kind.CHEBYSHEV);
  }

  @Override
  public void terms(float[][][] z) {
    this.z = z;
  }

  /** Puts b_k in place of z_k. */
  @Override
  public void forward(float[][] z0) {
    for (int order = K - 2; order > 0; order--) {
      int k = order;
      forNodes(
          (sum, n) -> {
            laplacian.gather(sum, z[k + 1], n, row);
            RowMathF32.addScaled(z[k][n], sum, 2f, row);
            if (k + 2 < K) {
              RowMathF32.addScaled(z[k][n], z[k + 2][n], -1f, row);
            }
          });
    }
  }

  @Override
  public void gather(float[] y, float[][] z0, int n) {
    if (K == 1) {
      System.arraycopy(z0[n], 0, y, 0, row);
      return;
    }
    laplacian.gather(y, z[1], n, row);
    RowMathF32.add(y, z0[n], row);
    if (K > 2) {
      RowMathF32.addScaled(y, z[2][n], -1f, row);
    }
  }

  /** Puts dz_k in place of b_k. */
  @Override
  public void backward(
      float[][] z0,
      boolean[] zeroZ,
      float[][] dy,
      boolean[] zero,
      Map<String, INDArray> gradients) {
    if (zeros.length < K || zeros[0].length < N) {
      zeros = new boolean[K][N];
    }
    forNodes(
        (sum, n) -> {
          System.arraycopy(dy[n], 0, z0[n], 0, row);
          zeros[0][n] = zero[n];
        });
    for (int order = 1; order < K; order++) {
      int k = order;
      forNodes(
          (sum, n) -> {
            float[] d = z[k][n];
            zeros[k][n] = !laplacian.gatherTransposed(d, z[k - 1], zeros[k - 1], n, row);
            if (k > 1) {
              RowMathF32.scale(d, 2f, row);
              RowMathF32.addScaled(d, z[k - 2][n], -1f, row);
              zeros[k][n] &= zeros[k - 2][n];
            }
          });
    }
    Arrays.fill(zeroZ, 0, N, true);
    for (int k = 0; k < K; k++) {
      for (int n = 0; n < N; n++) {
        zeroZ[n] &= zeros[k][n];
      }
    }
  }

  /** Work on one node, with a row to spare. */
  private interface NodeTask {
    void run(float[] spare, int n);
  }

  private void forNodes(NodeTask task) {
    NodeChunks.run(
        N,
        (long) N * row,
        (from, to, chunk, worker) -> {
          float[] spare = new float[row];
          for (int n = from; n < to; n++) {
            task.run(spare, n);
          }
        });
  }
}
