package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.StfnKernelF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import io.github.dl4jsnn.neuron.StfnParameters;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link StfnOp} in this file's precision. */
final class StfnOpF32 implements StfnOp {
  /**
   * Sums over examples are made of at most this many partial sums, whatever the number of threads.
   */
  private static final int MAX_CHUNKS = 64;

  private final String layer;
  private final StfnParameters p;
  private final double scale;
  private Scratch[] scratch = new Scratch[0];
  private int T;
  private int F;

  StfnOpF32(String layer, StfnParameters p, double scale) {
    this.layer = layer;
    this.p = p;
    this.scale = scale;
  }

  @Override
  public void forward(INDArray in, Map<String, INDArray> params, INDArray out) {
    prepare(in);
    float[] lambda =
        NdRowsF32.vector(params.get(GraphConvOp.LAMBDA), F, (float) p.getInitialLambda());
    float[] gamma = NdRowsF32.vector(params.get(GraphConvOp.GAMMA), F, (float) p.getInitialGamma());
    RowsF32 x = NdRowsF32.of(in);
    RowsF32 y = NdRowsF32.of(out);
    forEach(
        in,
        (s, n, chunk) -> {
          read(s.x, x.duplicate(), n);
          s.kernel.forward(s.y, s.x, lambda, gamma, T, F);
          if (!RowMathF32.isFinite(s.y[0], F)) {
            throw new IllegalArgumentException(
                layer + ": the input of example " + n + " holds NaN or infinite values");
          }
          write(s.y, y.duplicate(), n);
        });
  }

  @Override
  public void backward(
      INDArray in,
      Map<String, INDArray> params,
      INDArray g,
      Map<String, INDArray> gradients,
      INDArray dIn) {
    prepare(in);
    float[] lambda =
        NdRowsF32.vector(params.get(GraphConvOp.LAMBDA), F, (float) p.getInitialLambda());
    float[] gamma = NdRowsF32.vector(params.get(GraphConvOp.GAMMA), F, (float) p.getInitialGamma());
    float[][] dLambda = new float[chunks(in)][F];
    float[][] dGamma = new float[chunks(in)][F];
    RowsF32 x = NdRowsF32.of(in);
    RowsF32 gRows = NdRowsF32.of(g);
    RowsF32 dx = NdRowsF32.of(dIn);
    forEach(
        in,
        (s, n, chunk) -> {
          read(s.x, x.duplicate(), n);
          s.kernel.forward(s.y, s.x, lambda, gamma, T, F);
          read(s.y, gRows.duplicate(), n);
          s.kernel.backward(s.y, s.x, lambda, dLambda[chunk], dGamma[chunk], s.sum, T, F);
          write(s.y, dx.duplicate(), n);
        });
    if (gradients.containsKey(GraphConvOp.LAMBDA)) {
      NdRowsF32.putVector(gradients.get(GraphConvOp.LAMBDA), RowMathF32.total(dLambda));
      NdRowsF32.putVector(gradients.get(GraphConvOp.GAMMA), RowMathF32.total(dGamma));
    }
  }

  private void read(float[][] dest, RowsF32 rows, int n) {
    for (int t = 0; t < T; t++) {
      rows.get(dest[t], n, t, 0, F);
    }
  }

  private void write(float[][] src, RowsF32 rows, int n) {
    for (int t = 0; t < T; t++) {
      rows.put(src[t], n, t, 0, F);
    }
  }

  private void prepare(INDArray in) {
    int steps = in.rank() == 3 ? (int) in.size(1) : 1;
    int features = (int) in.size(in.rank() - 1);
    if (steps != T || features != F || scratch.length != Workers.threads()) {
      T = steps;
      F = features;
      scratch = new Scratch[Workers.threads()];
      for (int w = 0; w < scratch.length; w++) {
        scratch[w] = new Scratch(new StfnKernelF32(scale, p.getEps()), T, F);
      }
    }
  }

  private static int chunks(INDArray in) {
    return (int) Math.min(MAX_CHUNKS, in.size(0));
  }

  /** Work on one example; {@code chunk} picks a partial sum. */
  private interface Example {
    void run(Scratch s, int n, int chunk);
  }

  private void forEach(INDArray in, Example body) {
    int chunks = chunks(in);
    long N = in.size(0);
    Workers.run(
        chunks,
        in.length(),
        (chunk, worker) -> {
          for (int n = (int) (N * chunk / chunks); n < N * (chunk + 1) / chunks; n++) {
            body.run(scratch[worker], n, chunk);
          }
        });
  }

  /** Rows of one thread. */
  private static final class Scratch {
    private final StfnKernelF32 kernel;
    private final float[][] x;
    private final float[][] y;
    private final float[] sum;

    private Scratch(StfnKernelF32 kernel, int T, int F) {
      this.kernel = kernel;
      this.x = new float[T][F];
      this.y = new float[T][F];
      this.sum = new float[F];
    }
  }
}
