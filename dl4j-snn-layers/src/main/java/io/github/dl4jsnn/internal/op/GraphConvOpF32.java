package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.graph.Propagation;
import io.github.dl4jsnn.internal.kernel.DropoutF32;
import io.github.dl4jsnn.internal.kernel.HeapRowsF32;
import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
  private final JoinedWeights weights;

  /** The propagation if it aggregates the input itself; then it has an affine map of its own. */
  private final NeighbourMaxF32 max;

  private final AffineF32 affineOfMax;

  private int N;
  private int H;
  private int T;
  private int steps;
  private float[] bias;
  private float[] lambda;
  private float[] gamma;

  /** How many products are propagated. */
  private final int terms;

  /** Rows of products: those that are propagated, then those that belong to the node itself. */
  private final float[][][] products;

  private float[][] current;
  private INDArray weight;
  private InputRowsF32 input;
  private INDArray maxima;

  /** Whether {@link #current} holds currents; the backward pass replaces them by gradients. */
  private boolean holdsCurrent;

  private boolean[] zero = new boolean[0];
  private boolean[] zeroProduct = new boolean[0];
  private GraphNodeF32[] nodes = new GraphNodeF32[0];

  GraphConvOpF32(Settings settings) {
    this.settings = settings;
    this.affine = new AffineF32(settings.vertex);
    this.propagation = propagation();
    this.max = propagation instanceof NeighbourMaxF32 ? (NeighbourMaxF32) propagation : null;
    this.affineOfMax = max == null ? null : new AffineF32(settings.vertex);
    List<String> names = new ArrayList<>();
    List<String> propagated =
        settings.attention == null ? settings.propagation.weightNames() : List.of(WEIGHT);
    terms = propagated.size();
    if (max == null) {
      names.addAll(propagated);
    }
    names.addAll(settings.ownWeights);
    weights = new JoinedWeights(names);
    products = new float[terms + settings.ownWeights.size() + (settings.addsInput ? 1 : 0)][][];
  }

  private PropagationF32 propagation() {
    if (settings.attention != null) {
      return new AttentionSumF32(settings.vertex, settings.attention);
    }
    Propagation p = settings.propagation;
    switch (p.getKind()) {
      case MAX:
        return new NeighbourMaxF32(settings.vertex);
      case GIN:
        return new GinSumF32(settings.vertex, p.getEps());
      case CHEBYSHEV:
        return new ChebyshevSumF32(settings.vertex, p.getOrder());
      default:
        return new NormalisedSumF32(settings.vertex, p.getKind());
    }
  }

  @Override
  public void forward(
      INDArray in, INDArray edges, Map<String, INDArray> params, Dropout dropout, INDArray out) {
    holdsCurrent = false;
    // refuses an output that is too large before scratch of its size is made
    NdRowsF32.of(out);
    N = (int) in.size(0);
    H = (int) out.size(out.rank() - 1);
    steps = in.rank() == 3 ? (int) in.size(1) : 1;
    T = out.rank() == 3 ? (int) out.size(1) : 1;
    propagation.open(edges, params, dropout, N, steps);
    bias = NdRowsF32.vector(params.get(BIAS), H, 0f);
    lambda = NdRowsF32.vector(params.get(LAMBDA), H, (float) settings.stfnLambda);
    gamma = NdRowsF32.vector(params.get(GAMMA), H, (float) settings.stfnGamma);
    checkFinite(LAMBDA, lambda);
    checkFinite(GAMMA, gamma);
    current = ScratchF32.rows(current, N, steps * H);
    prepareNodes();
    map(in, params, dropoutOf(dropout));
    propagation.terms(products);
    propagation.forward(products[0]);
    forEachNode(
        (node, n, chunk) -> {
          propagation.gather(current[n], products[0], n);
          for (int b = terms; b < products.length; b++) {
            RowMathF32.add(current[n], products[b][n], steps * H);
          }
          node.addBias(current[n], bias);
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

  /** Makes all products of the input. */
  private void map(INDArray in, Map<String, INDArray> params, DropoutF32 dropout) {
    int[] widths = weights.widths(params);
    int first = max == null ? 0 : terms;
    for (int b = 0; b < products.length; b++) {
      // the propagated product of maxima and the input itself are not among the joined maps
      int width = b < first || b - first >= widths.length ? H : widths[b - first];
      products[b] = ScratchF32.rows(products[b], N, steps * width);
    }
    weight = weights.values(params);
    affine.forward(new HeapRowsF32(mapped(), null, widths), in, weight, dropout);
    input = max != null || settings.addsInput ? new InputRowsF32(in, dropout) : null;
    if (settings.addsInput) {
      input.read(in, products[products.length - 1]);
    }
    if (max != null) {
      maxima = max.maxima(in, input);
      affineOfMax.forward(new HeapRowsF32(products, null, H), maxima, params.get(WEIGHT), null);
    }
  }

  /** The products that the joined maps make. */
  private float[][][] mapped() {
    return max == null ? products : Arrays.copyOfRange(products, terms, products.length);
  }

  private DropoutF32 dropoutOf(Dropout d) {
    return d == null || d.retain == 1 ? null : new DropoutF32(d.retain, d.perStep, d.seed, steps);
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
    float[][] dBias = new float[chunks][H];
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
          for (int t = 0; t < steps; t++) {
            node.addSteps(dBias[chunk], current[n], t);
          }
        },
        g);
    NdRowsF32.putVector(gradients.get(BIAS), RowMathF32.total(dBias));
    NdRowsF32.putVector(gradients.get(LAMBDA), RowMathF32.total(dLambda));
    NdRowsF32.putVector(gradients.get(GAMMA), RowMathF32.total(dGamma));
    propagation.backward(products[0], zeroProduct, current, zero, gradients);
    backwardOfMaps(in, params, gradients, dIn);
  }

  private void backwardOfMaps(
      INDArray in, Map<String, INDArray> params, Map<String, INDArray> gradients, INDArray dIn) {
    float[][][] dProducts = mapped().clone();
    int own = max == null ? terms : 0;
    // what the node adds to its own current gets the gradient of that
    Arrays.fill(dProducts, own, dProducts.length, current);
    for (int n = 0; n < N && max == null && own < dProducts.length; n++) {
      zeroProduct[n] &= zero[n];
    }
    affine.backward(
        new HeapRowsF32(dProducts, max == null ? zeroProduct : zero, weights.widths(params)),
        in,
        weight,
        weights.gradients(gradients),
        dIn);
    weights.putGradients(gradients);
    if (max != null) {
      affineOfMax.backward(
          new HeapRowsF32(products, zeroProduct, H),
          maxima,
          params.get(WEIGHT),
          gradients.get(WEIGHT),
          dIn == null ? null : max.gradient());
    }
    if (max != null && dIn != null) {
      max.addInputGradient(dIn);
    }
    if (settings.addsInput && dIn != null) {
      input.addGradient(dIn, current);
    }
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
}
