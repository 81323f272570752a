package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link DotProductOp} in this file's precision. */
final class DotProductOpF32 extends DotProductOp {
  /** Pairs, or nodes, of one task. */
  private static final int CHUNK = 256;

  private final double scale;
  private final double bias;

  DotProductOpF32(String vertex, double scale, double bias) {
    super(vertex);
    this.scale = scale;
    this.bias = bias;
  }

  @Override
  public void forward(INDArray in, int[] index, Map<String, INDArray> params, INDArray out) {
    float s = constant(params, SCALE, scale);
    float b = constant(params, BIAS, bias);
    float[] logits = products(in, index);
    for (int p = 0; p < logits.length; p++) {
      logits[p] = s * logits[p] + b;
      if (!Float.isFinite(logits[p])) {
        throw new IllegalArgumentException(
            vertex
                + ": pair "
                + p
                + ", nodes "
                + index[2 * p]
                + " and "
                + index[2 * p + 1]
                + ": the embeddings, scale or bias hold NaN or infinite values, or the product"
                + " overflows");
      }
    }
    NdRowsF32.of(out.reshape(logits.length)).put(logits, 0, 0, 0, logits.length);
  }

  private static float constant(Map<String, INDArray> params, String name, double fixed) {
    return (float) (params.containsKey(name) ? params.get(name).getDouble(0) : fixed);
  }

  /** {@code z[u] . z[v]} of each pair. */
  private static float[] products(INDArray in, int[] index) {
    int F = (int) in.size(1);
    float[] products = new float[index.length / 2];
    RowsF32 z = NdRowsF32.of(in);
    forChunks(
        products.length,
        (long) index.length * F,
        (from, to) -> {
          RowsF32 rows = z.duplicate();
          float[] u = new float[F];
          float[] v = new float[F];
          for (int p = from; p < to; p++) {
            rows.get(u, index[2 * p], 0, 0, F);
            rows.get(v, index[2 * p + 1], 0, 0, F);
            products[p] = RowMathF32.dot(u, v, F);
          }
        });
    return products;
  }

  /**
   * {@code dz[n] = s * sum of g[p] z[other]} over the pairs p that n is in; a pair of a node with
   * itself counts twice. {@code ds = sum of g[p] z[u] . z[v]}, {@code db = sum of g[p]}.
   */
  @Override
  public void backward(
      INDArray in,
      int[] index,
      Map<String, INDArray> params,
      INDArray g,
      Map<String, INDArray> gradients,
      INDArray dIn) {
    float[] above = NdRowsF32.vector(g.reshape(g.length()), (int) g.length(), 0);
    if (gradients.containsKey(SCALE)) {
      float[] products = products(in, index);
      gradients.get(SCALE).assign(RowMathF32.dot(above, products, above.length));
    }
    if (gradients.containsKey(BIAS)) {
      NdRowsF32.putVector(gradients.get(BIAS), above);
    }
    nodeGradients(in, index, above, constant(params, SCALE, scale), dIn);
  }

  private static void nodeGradients(
      INDArray in, int[] index, float[] above, float s, INDArray dIn) {
    int N = (int) in.size(0);
    int F = (int) in.size(1);
    int[] starts = starts(index, N);
    int[] places = places(index, starts);
    RowsF32 z = NdRowsF32.of(in);
    RowsF32 dz = NdRowsF32.of(dIn);
    forChunks(
        N,
        (long) index.length * F + in.length(),
        (from, to) -> {
          RowsF32 rows = z.duplicate();
          RowsF32 dest = dz.duplicate();
          float[] other = new float[F];
          float[] sum = new float[F];
          for (int n = from; n < to; n++) {
            Arrays.fill(sum, 0f);
            for (int e = starts[n]; e < starts[n + 1]; e++) {
              rows.get(other, index[places[e] ^ 1], 0, 0, F);
              RowMathF32.addScaled(sum, other, s * above[places[e] / 2], F);
            }
            dest.put(sum, n, 0, 0, F);
          }
        });
  }

  /** Where the places of each node begin among all, sorted by node. */
  private static int[] starts(int[] index, int N) {
    int[] starts = new int[N + 1];
    for (int node : index) {
      starts[node + 1]++;
    }
    for (int n = 0; n < N; n++) {
      starts[n + 1] += starts[n];
    }
    return starts;
  }

  /** Places of the index, sorted by node; the places of a node in their order. */
  private static int[] places(int[] index, int[] starts) {
    int[] next = starts.clone();
    int[] places = new int[index.length];
    for (int i = 0; i < index.length; i++) {
      places[next[index[i]]++] = i;
    }
    return places;
  }

  /** Work on {@code from .. to - 1}. */
  private interface Range {
    void run(int from, int to);
  }

  private static void forChunks(int n, long work, Range body) {
    Workers.run(
        (n + CHUNK - 1) / CHUNK,
        work,
        (task, worker) -> body.run(task * CHUNK, Math.min(n, (task + 1) * CHUNK)));
  }
}
