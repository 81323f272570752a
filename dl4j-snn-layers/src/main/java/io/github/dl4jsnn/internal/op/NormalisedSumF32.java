package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.graph.Propagation;
import io.github.dl4jsnn.internal.kernel.AdjacencyF32;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Propagation by one matrix, {@code y = M z}: normalised sum, mean and sum; see {@link
 * AdjacencyF32}.
 */
final class NormalisedSumF32 implements PropagationF32 {
  private final String vertex;
  private final Propagation.Kind kind;
  private AdjacencyF32 adjacency;
  private int N;
  private int row;

  NormalisedSumF32(String vertex, Propagation.Kind kind) {
    this.vertex = vertex;
    this.kind = kind;
  }

  @Override
  public void open(
      INDArray edges, Map<String, INDArray> params, GraphConvOp.Dropout dropout, int N, int steps) {
    this.N = N;
    this.row = steps * (int) params.get(GraphConvOp.WEIGHT).size(1);
    adjacency = EdgesF32.adjacency(vertex, edges, N, kind);
  }

  @Override
  public void forward(float[][] z) {
    // the adjacency does not depend on z
  }

  @Override
  public void gather(float[] y, float[][] z, int n) {
    adjacency.gather(y, z, n, row);
  }

  @Override
  public void backward(
      float[][] z, boolean[] zeroZ, float[][] dy, boolean[] zero, Map<String, INDArray> gradients) {
    NodeChunks.run(
        N,
        (long) N * row,
        (from, to, chunk, worker) -> {
          for (int n = from; n < to; n++) {
            zeroZ[n] = !adjacency.gatherTransposed(z[n], dy, zero, n, row);
          }
        });
  }
}
