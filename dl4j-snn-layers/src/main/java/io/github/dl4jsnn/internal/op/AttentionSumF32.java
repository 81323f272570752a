package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.AttentionKernelF32;
import io.github.dl4jsnn.internal.kernel.DropoutF32;
import io.github.dl4jsnn.internal.kernel.Neighbours;
import io.github.dl4jsnn.internal.kernel.RowMathF32;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Propagation of graph attention; the equations are those of {@link AttentionKernelF32}.
 *
 * <p>Kept for the backward pass: {@code C = steps * heads} coefficients an edge, and as many
 * gradients. The passes over targets write what belongs to a target, the pass over sources what
 * belongs to a source.
 */
final class AttentionSumF32 implements PropagationF32 {
  private final String vertex;
  private final GraphConvOp.Attention settings;
  private final int K;

  private int N;
  private int steps;
  private int C;
  private int P;
  private AttentionKernelF32 kernel;
  private Neighbours graph;
  private float[] logWeight;
  private float[] aSrc;
  private float[] aDst;
  private DropoutF32 dropout;

  /** Scores d, s and the gradient of d, one row of C a node. */
  private float[][] dst;

  private float[][] src;
  private float[][] dDst;

  /** For each target, C coefficients an edge: of the softmax, and as they are multiplied. */
  private float[][] alpha = new float[0][];

  private float[][] used = new float[0][];

  /** Gradients of the logits, in the order of alpha. */
  private float[][] dl = new float[0][];

  AttentionSumF32(String vertex, GraphConvOp.Attention settings) {
    this.vertex = vertex;
    this.settings = settings;
    this.K = settings.heads;
  }

  @Override
  public void open(
      INDArray edges, Map<String, INDArray> params, GraphConvOp.Dropout d, int N, int steps) {
    int width = (int) params.get(GraphConvOp.WEIGHT).size(1);
    this.N = N;
    this.steps = steps;
    C = steps * K;
    P = width / K;
    kernel = new AttentionKernelF32(steps, K, P, settings.mean, settings.slope);
    connect(EdgesF32.read(vertex, edges, N));
    aSrc = parameter(params, GraphConvOp.A_SRC, width);
    aDst = parameter(params, GraphConvOp.A_DST, width);
    dropout =
        d == null || d.attentionRetain == 1
            ? null
            : new DropoutF32(d.attentionRetain, d.perStep, d.attentionSeed(), steps);
    dst = ScratchF32.rows(dst, N, C);
    src = ScratchF32.rows(src, N, C);
    dDst = ScratchF32.rows(dDst, N, C);
    if (alpha.length < N) {
      alpha = Arrays.copyOf(alpha, N);
      used = Arrays.copyOf(used, N);
      dl = Arrays.copyOf(dl, N);
    }
  }

  private void connect(EdgesF32 edges) {
    edges.checkNotNegative();
    graph = edges.neighbours(N, true);
    logWeight = new float[graph.entries()];
    for (int e = 0; e < logWeight.length; e++) {
      int row = graph.edge(e);
      logWeight[e] = row < edges.count ? (float) Math.log(edges.weights[row]) : 0f;
    }
  }

  private float[] parameter(Map<String, INDArray> params, String name, int n) {
    float[] values = NdRowsF32.vector(params.get(name), n, 0f);
    if (!RowMathF32.isFinite(values, n)) {
      throw new IllegalArgumentException(
          vertex + ": parameter " + name + " holds NaN or infinite values");
    }
    return values;
  }

  @Override
  public void forward(float[][] z) {
    NodeChunks.run(
        N,
        (long) N * C * P,
        (from, to, chunk, worker) -> {
          for (int n = from; n < to; n++) {
            kernel.scores(dst[n], z[n], aDst);
            kernel.scores(src[n], z[n], aSrc);
          }
        });
    NodeChunks.run(
        N,
        (long) graph.entries() * C * Math.max(P, 8), // an exponential costs as much as 8 entries
        (from, to, chunk, worker) -> {
          float[] max = new float[C];
          float[] sum = new float[C];
          long[] keep = new long[DropoutF32.words(K)];
          for (int n = from; n < to; n++) {
            attend(n, max, sum);
            use(n, keep);
          }
        });
  }

  /** Softmax over the edges of target n. */
  private void attend(int n, float[] max, float[] sum) {
    int first = graph.first(n);
    int size = (graph.first(n + 1) - first) * C;
    float[] row = ScratchF32.row(alpha[n], size);
    alpha[n] = row;
    Arrays.fill(max, Float.NEGATIVE_INFINITY);
    Arrays.fill(sum, 0f);
    for (int at = 0, e = first; at < size; at += C, e++) {
      kernel.logits(row, at, max, dst[n], src[graph.source(e)], logWeight[e]);
    }
    for (int at = 0; at < size; at += C) {
      kernel.weights(row, at, max, sum);
    }
    for (int at = 0; at < size; at += C) {
      kernel.normalise(row, at, sum);
    }
  }

  /** The coefficients of target n times the factors of merging and dropout. */
  private void use(int n, long[] keep) {
    if (dropout == null && !averages()) {
      used[n] = alpha[n];
      return;
    }
    int first = graph.first(n);
    int size = (graph.first(n + 1) - first) * C;
    float[] row = ScratchF32.row(used[n] == alpha[n] ? null : used[n], size);
    used[n] = row;
    System.arraycopy(alpha[n], 0, row, 0, size);
    applyFactors(row, first, size, keep);
  }

  private boolean averages() {
    return settings.mean && K > 1;
  }

  /** The derivative of the used coefficients by those of the softmax is the same factor. */
  private void applyFactors(float[] row, int first, int size, long[] keep) {
    if (averages()) {
      RowMathF32.scale(row, 1f / K, size);
    }
    for (int at = 0, e = first; dropout != null && at < size; at += C, e++) {
      for (int t = 0; t < steps; t++) {
        if (!dropout.sameAsBefore(t)) {
          dropout.mask(keep, graph.edge(e), t, K);
        }
        dropout.apply(row, at + t * K, keep, K);
      }
    }
  }

  @Override
  public void gather(float[] y, float[][] z, int n) {
    kernel.values(y, used[n], z, graph, n);
  }

  @Override
  public void backward(
      float[][] z, boolean[] zeroZ, float[][] dy, boolean[] zero, Map<String, INDArray> gradients) {
    long work = (long) graph.entries() * C * P;
    NodeChunks.run(
        N,
        work,
        (from, to, chunk, worker) -> {
          float[] sum = new float[C];
          long[] keep = new long[DropoutF32.words(K)];
          for (int n = from; n < to; n++) {
            Arrays.fill(dDst[n], 0, C, 0f);
            if (!zero[n]) {
              backwardOfTarget(n, z, dy[n], sum, keep);
            }
          }
        });
    float[][] dASrc = new float[NodeChunks.count(N)][K * P];
    float[][] dADst = new float[NodeChunks.count(N)][K * P];
    NodeChunks.run(
        N,
        work,
        (from, to, chunk, worker) -> {
          float[] dz = new float[C * P];
          float[] dSrc = new float[C];
          for (int n = from; n < to; n++) {
            zeroZ[n] = !backwardOfSource(n, dz, dSrc, dy, zero);
            if (!zeroZ[n]) {
              kernel.scoreGradient(dz, dASrc[chunk], dSrc, z[n], aSrc);
              kernel.scoreGradient(dz, dADst[chunk], dDst[n], z[n], aDst);
            }
            // only this task reads row n of z in this pass
            System.arraycopy(dz, 0, z[n], 0, C * P);
          }
        });
    NdRowsF32.putVector(gradients.get(GraphConvOp.A_SRC), RowMathF32.total(dASrc));
    NdRowsF32.putVector(gradients.get(GraphConvOp.A_DST), RowMathF32.total(dADst));
  }

  private void backwardOfTarget(int n, float[][] z, float[] dy, float[] sum, long[] keep) {
    int first = graph.first(n);
    int size = (graph.first(n + 1) - first) * C;
    float[] da = ScratchF32.row(dl[n], size);
    dl[n] = da;
    for (int at = 0, e = first; at < size; at += C, e++) {
      kernel.coefficientGradient(da, at, dy, z[graph.source(e)]);
    }
    applyFactors(da, first, size, keep);
    Arrays.fill(sum, 0f);
    for (int at = 0; at < size; at += C) {
      kernel.addProducts(sum, alpha[n], da, at);
    }
    for (int at = 0, e = first; at < size; at += C, e++) {
      kernel.logitGradient(da, at, alpha[n], sum, dst[n], src[graph.source(e)], dDst[n]);
    }
  }

  /** False, and both rows 0, if no target of n has a gradient; n itself is one of them. */
  private boolean backwardOfSource(int n, float[] dz, float[] dSrc, float[][] dy, boolean[] zero) {
    Arrays.fill(dz, 0f);
    Arrays.fill(dSrc, 0f);
    boolean any = false;
    for (int i = graph.firstSent(n); i < graph.firstSent(n + 1); i++) {
      int e = graph.sent(i);
      int target = graph.target(e);
      if (!zero[target]) {
        any = true;
        int at = (e - graph.first(target)) * C;
        kernel.addValueGradient(dz, used[target], at, dy[target]);
        kernel.addLogitGradient(dSrc, dl[target], at);
      }
    }
    return any;
  }

  @Override
  public AttentionSnapshot attention() {
    if (graph == null) {
      return null;
    }
    int entries = graph.entries();
    float[] all = new float[entries * C];
    int[] sources = new int[entries];
    int[] targets = new int[entries];
    for (int e = 0; e < entries; e++) {
      sources[e] = graph.source(e);
      targets[e] = graph.target(e);
      int at = (e - graph.first(targets[e])) * C;
      System.arraycopy(alpha[targets[e]], at, all, e * C, C);
    }
    INDArray weights = Nd4j.createFromArray(all).reshape(entries, steps, K);
    return new AttentionSnapshot(sources, targets, weights);
  }
}
