package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.DropoutF32;
import io.github.dl4jsnn.internal.kernel.HeapRowsF32;
import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import java.util.Arrays;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link GraphConvOp} in this file's precision.
 *
 * <p>Sizes: {@code N} nodes, {@code steps} time steps of the current (1 if it is constant), {@code
 * T} of the output, {@code H} outputs. Everything between the affine map and the spikes of one node
 * happens in one thread's cache; kept for the backward pass are the currents, one row of {@code
 * steps * H} a node.
 */
final class GraphConvOpF32 implements GraphConvOp {
  private final Settings settings;
  private final AffineF32 affine;
  private final PropagationF32 propagation;

  private int N;
  private int H;
  private int T;
  private int steps;

  /** The bias once for each step, so that a whole row of currents takes it in one pass. */
  private float[] bias;

  private float[] lambda;
  private float[] gamma;
  private float[][] product;
  private float[][] current;

  /** Whether {@link #current} holds currents; the backward pass replaces them by gradients. */
  private boolean holdsCurrent;

  private boolean[] zero = new boolean[0];
  private boolean[] zeroProduct = new boolean[0];
  private GraphNodeF32[] nodes = new GraphNodeF32[0];

  GraphConvOpF32(Settings settings) {
    this.settings = settings;
    this.affine = new AffineF32(settings.vertex);
    this.propagation =
        settings.attention == null
            ? new NormalisedSumF32(settings.vertex)
            : new AttentionSumF32(settings.vertex, settings.attention);
  }

  @Override
  public void forward(
      INDArray in, INDArray edges, Map<String, INDArray> params, Dropout dropout, INDArray out) {
    holdsCurrent = false;
    N = (int) in.size(0);
    H = (int) out.size(out.rank() - 1);
    steps = in.rank() == 3 ? (int) in.size(1) : 1;
    T = out.rank() == 3 ? (int) out.size(1) : 1;
    propagation.open(edges, params, dropout, N, steps);
    bias = repeated(NdRowsF32.vector(params.get(BIAS), H, 0f));
    lambda = NdRowsF32.vector(params.get(LAMBDA), H, (float) settings.stfnLambda);
    gamma = NdRowsF32.vector(params.get(GAMMA), H, (float) settings.stfnGamma);
    checkFinite(LAMBDA, lambda);
    checkFinite(GAMMA, gamma);
    product = ScratchF32.rows(product, N, steps * (int) params.get(WEIGHT).size(1));
    current = ScratchF32.rows(current, N, steps * H);
    prepareNodes();
    INDArray weight = params.get(WEIGHT);
    affine.forward(rows(null, weight), in, weight, dropoutOf(dropout));
    propagation.forward(product);
    forEachNode(
        (node, n, chunk) -> {
          propagation.gather(current[n], product, n);
          RowMathF32.add(current[n], bias, steps * H);
          checkFinite(current[n], n);
          node.forward(current[n], lambda, gamma);
          node.put(n);
        },
        out);
    holdsCurrent = true;
  }

  @Override
  public boolean potentials(INDArray u) {
    return again(GraphNodeF32::putPotentials, u);
  }

  @Override
  public boolean spikes(INDArray o) {
    return again(GraphNodeF32::put, o);
  }

  private boolean again(ObjIntConsumer<GraphNodeF32> put, INDArray out) {
    if (!holdsCurrent) {
      return false;
    }
    forEachNode(
        (node, n, chunk) -> {
          node.forward(current[n], lambda, gamma);
          put.accept(node, n);
        },
        out);
    return true;
  }

  private HeapRowsF32 rows(boolean[] known, INDArray weight) {
    return new HeapRowsF32(product, known, (int) weight.size(1));
  }

  private DropoutF32 dropoutOf(Dropout d) {
    return d == null || d.retain == 1 ? null : new DropoutF32(d.retain, d.perStep, d.seed, steps);
  }

  private float[] repeated(float[] step) {
    float[] row = new float[steps * H];
    for (int t = 0; t < steps; t++) {
      System.arraycopy(step, 0, row, t * H, H);
    }
    return row;
  }

  private float[] sumOfSteps(float[] row) {
    float[] sum = new float[H];
    for (int i = 0; i < row.length; i++) {
      sum[i % H] += row[i];
    }
    return sum;
  }

  private void checkFinite(float[] row, int n) {
    if (!RowMathF32.isFinite(row, steps * H)) {
      throw new IllegalArgumentException(
          settings.vertex
              + ": the current of node "
              + n
              + " is NaN or infinite; check features, weights and edge weights");
    }
  }

  private void checkFinite(String parameter, float[] values) {
    if (!RowMathF32.isFinite(values, H)) {
      throw new IllegalArgumentException(
          settings.vertex + ": parameter " + parameter + " of STFN holds NaN or infinite values");
    }
  }

  @Override
  public void backward(
      INDArray in,
      Map<String, INDArray> params,
      INDArray g,
      Map<String, INDArray> gradients,
      INDArray dIn) {
    holdsCurrent = false;
    int chunks = NodeChunks.count(N);
    float[][] dBias = new float[chunks][steps * H];
    float[][] dLambda = new float[chunks][H];
    float[][] dGamma = new float[chunks][H];
    forEachNode(
        (node, n, chunk) -> {
          zero[n] = !node.get(n);
          if (zero[n]) {
            Arrays.fill(current[n], 0, steps * H, 0f);
            return;
          }
          node.backward(current[n], lambda, gamma, dLambda[chunk], dGamma[chunk]);
          RowMathF32.add(dBias[chunk], current[n], steps * H);
        },
        g);
    NdRowsF32.putVector(gradients.get(BIAS), sumOfSteps(RowMathF32.total(dBias)));
    NdRowsF32.putVector(gradients.get(LAMBDA), RowMathF32.total(dLambda));
    NdRowsF32.putVector(gradients.get(GAMMA), RowMathF32.total(dGamma));
    propagation.backward(product, zeroProduct, current, zero, gradients);
    INDArray weight = params.get(WEIGHT);
    affine.backward(rows(zeroProduct, weight), in, weight, gradients.get(WEIGHT), dIn);
  }

  /** Work on one node; {@code chunk} picks a partial sum. */
  private interface NodeTask {
    void run(GraphNodeF32 node, int n, int chunk);
  }

  private void forEachNode(NodeTask task, INDArray sequence) {
    NodeChunks.run(
        N,
        (long) N * T * H,
        (from, to, chunk, worker) -> {
          GraphNodeF32 node = nodes[worker];
          node.open(sequence);
          for (int n = from; n < to; n++) {
            task.run(node, n, chunk);
          }
        });
  }

  private void prepareNodes() {
    if (zero.length < N) {
      zero = new boolean[N];
      zeroProduct = new boolean[N];
    }
    if (nodes.length != Workers.threads() || !nodes[0].fits(steps, T, H)) {
      nodes = new GraphNodeF32[Workers.threads()];
      for (int w = 0; w < nodes.length; w++) {
        nodes[w] = new GraphNodeF32(settings, steps, T, H);
      }
    }
  }

  @Override
  public AttentionSnapshot attention() {
    return propagation.attention();
  }

  @Override
  public long accumulates() {
    return affine.accumulates();
  }

  @Override
  public long denseMultiplications() {
    return steps == 0 ? 0 : affine.denseMultiplications() / steps * T;
  }
}
