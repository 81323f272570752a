package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.conf.GraphReadoutVertex.Pooling;
import io.github.dl4jsnn.internal.kernel.GraphPoolKernelF32;
import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link GraphReadoutOp} in this file's precision. */
final class GraphReadoutOpF32 extends GraphReadoutOp {
  /**
   * The gradient of the gate is made of at most this many partial sums, whatever the number of
   * threads.
   */
  private static final int MAX_CHUNKS = 64;

  private final Pooling pooling;

  GraphReadoutOpF32(String vertex, Pooling pooling) {
    super(vertex);
    this.pooling = pooling;
  }

  @Override
  public void forward(INDArray in, int[] index, Map<String, INDArray> params, INDArray out) {
    int F = (int) in.size(in.rank() - 1);
    RowsF32 x = NdRowsF32.of(in);
    RowsF32 y = NdRowsF32.of(out);
    float[] w = gate(params, F);
    forChunks(
        in,
        index,
        chunk -> {
          GraphPoolKernelF32 kernel = kernel(F, w);
          RowsF32 rows = x.duplicate();
          RowsF32 dest = y.duplicate();
          float[] pooled = new float[F];
          chunk.forEach(
              (g, t) -> {
                kernel.forward(pooled, rows, index[g], index[g + 1], t);
                checkFinite(pooled, g);
                dest.put(pooled, g, t, 0, F);
              });
        });
  }

  private void checkFinite(float[] pooled, int graph) {
    if (!RowMathF32.isFinite(pooled, pooled.length)) {
      throw new IllegalArgumentException(
          vertex
              + ": graph "
              + graph
              + ": its nodes, or the parameters, hold NaN or infinite values, or their sum"
              + " overflows");
    }
  }

  @Override
  public void backward(
      INDArray in,
      int[] index,
      Map<String, INDArray> params,
      INDArray g,
      Map<String, INDArray> gradients,
      INDArray dIn) {
    int F = (int) in.size(in.rank() - 1);
    RowsF32 x = NdRowsF32.of(in);
    RowsF32 gRows = NdRowsF32.of(g);
    RowsF32 dx = NdRowsF32.of(dIn);
    float[] w = gate(params, F);
    float[][] dW = new float[chunks(items(in, index))][F];
    forChunks(
        in,
        index,
        chunk -> {
          GraphPoolKernelF32 kernel = kernel(F, w);
          RowsF32 rows = x.duplicate();
          RowsF32 from = gRows.duplicate();
          RowsF32 dest = dx.duplicate();
          float[] fromAbove = new float[F];
          chunk.forEach(
              (graph, t) -> {
                from.get(fromAbove, graph, t, 0, F);
                kernel.backward(
                    dest, dW[chunk.number], fromAbove, rows, index[graph], index[graph + 1], t);
              });
        });
    if (pooling == Pooling.ATTENTION) {
      NdRowsF32.putVector(gradients.get(WEIGHT), RowMathF32.total(dW));
    }
  }

  private static float[] gate(Map<String, INDArray> params, int F) {
    return params.containsKey(WEIGHT) ? NdRowsF32.vector(params.get(WEIGHT), F, 0) : null;
  }

  private GraphPoolKernelF32 kernel(int F, float[] w) {
    switch (pooling) {
      case SUM:
        return GraphPoolKernelF32.sum(F);
      case MEAN:
        return GraphPoolKernelF32.mean(F);
      case MAX:
        return GraphPoolKernelF32.max(F);
      default:
        return GraphPoolKernelF32.attention(F, w);
    }
  }

  private static int steps(INDArray in) {
    return in.rank() == 3 ? (int) in.size(1) : 1;
  }

  /** Graphs times steps: each is pooled by itself. */
  private static long items(INDArray in, int[] index) {
    return (long) (index.length - 1) * steps(in);
  }

  private static int chunks(long items) {
    return (int) Math.min(MAX_CHUNKS, items);
  }

  /** Work on some graphs and steps. */
  private interface ChunkTask {
    void run(Chunk chunk);
  }

  private static void forChunks(INDArray in, int[] index, ChunkTask body) {
    long items = items(in, index);
    int chunks = chunks(items);
    Workers.run(
        chunks,
        in.length(),
        (c, worker) ->
            body.run(new Chunk(c, items * c / chunks, items * (c + 1) / chunks, steps(in))));
  }

  /** Items {@code from .. to - 1}. */
  private static final class Chunk {
    private final int number;
    private final long from;
    private final long to;
    private final int T;

    private Chunk(int number, long from, long to, int T) {
      this.number = number;
      this.from = from;
      this.to = to;
      this.T = T;
    }

    private interface Item {
      void run(int graph, int step);
    }

    private void forEach(Item body) {
      for (long i = from; i < to; i++) {
        body.run((int) (i / T), (int) (i % T));
      }
    }
  }
}
