package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import io.github.dl4jsnn.learning.SpikeLoss;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link SpikeLossOp} on arrays of this file's precision. Losses are computed in double for both:
 * an output layer is narrow.
 */
final class SpikeLossOpF32 implements SpikeLossOp {
  /** Examples of one task. */
  private static final int CHUNK = 32;

  private final String layer;
  private final SpikeLoss loss;
  private final double[] classWeights;

  SpikeLossOpF32(String layer, SpikeLoss loss, double[] classWeights) {
    this.layer = layer;
    this.loss = loss;
    this.classWeights = classWeights;
  }

  @Override
  public void output(INDArray in, INDArray mask, INDArray out) {
    RowsF32 dest = NdRowsF32.of(out);
    forEach(
        in,
        mask,
        (e, n) -> {
          e.read(n);
          double[] o = new double[e.C];
          loss.output(o, e.x);
          e.write(dest.duplicate(), o, n, 0);
        });
  }

  @Override
  public double[] losses(
      INDArray in, INDArray mask, INDArray labels, double[] weights, double factor, INDArray dIn) {
    RowsF32 y = NdRowsF32.of(labels);
    RowsF32 dest = dIn == null ? null : NdRowsF32.of(dIn);
    double[] losses = new double[weights.length];
    forEach(
        in,
        mask,
        (e, n) -> {
          double weight = 0;
          if (weights[n] != 0) {
            e.read(n);
            double[] label = label(y.duplicate(), n, e.C);
            weight = weights[n] * classWeight(label);
            losses[n] = weight * loss.loss(e.gradient(), e.x, label);
          }
          if (dest != null) {
            writeGradient(e, dest.duplicate(), n, weight * factor);
          }
        });
    return losses;
  }

  private double[] label(RowsF32 labels, int n, int C) {
    float[] row = new float[C];
    labels.get(row, n, 0, 0, C);
    if (!RowMathF32.isFinite(row, C)) {
      throw new IllegalArgumentException(
          layer + ": the labels of example " + n + " hold NaN or infinite values");
    }
    double[] label = new double[C];
    for (int c = 0; c < C; c++) {
      label[c] = row[c];
    }
    return label;
  }

  private double classWeight(double[] label) {
    if (classWeights == null) {
      return 1;
    }
    double weight = 0;
    for (int c = 0; c < label.length; c++) {
      weight += classWeights[c] * label[c];
    }
    return weight;
  }

  /** Gradient of the steps that are there; missing ones and examples of weight 0 receive 0. */
  private static void writeGradient(Example e, RowsF32 dest, int n, double weight) {
    double[] nothing = new double[e.C];
    int read = 0;
    for (int t = 0; t < e.T; t++) {
      if (weight == 0 || !e.present(n, t)) {
        e.write(dest, nothing, n, t);
        continue;
      }
      double[] d = e.gradient()[read++];
      for (int c = 0; c < d.length; c++) {
        d[c] *= weight;
      }
      e.write(dest, d, n, t);
    }
  }

  /** Work on one example. */
  private interface Body {
    void run(Example e, int n);
  }

  private void forEach(INDArray in, INDArray mask, Body body) {
    int N = (int) in.size(0);
    Workers.run(
        (N + CHUNK - 1) / CHUNK,
        in.length(),
        (task, worker) -> {
          Example e = new Example(in, mask);
          for (int n = task * CHUNK; n < Math.min(N, (task + 1) * CHUNK); n++) {
            body.run(e, n);
          }
        });
  }

  /** The sequence of one example in double, without its missing steps. */
  private final class Example {
    private final int T;
    private final int C;
    private final RowsF32 in;
    private final RowsF32 mask;
    private final float[] row;
    private final float[] flag = new float[1];
    private final double[][] xRows;
    private final double[][] dRows;
    private double[][] x;
    private double[][] d;

    private Example(INDArray in, INDArray mask) {
      T = (int) in.size(1);
      C = (int) in.size(2);
      this.in = NdRowsF32.of(in);
      this.mask = mask == null ? null : NdRowsF32.of(mask);
      row = new float[C];
      xRows = new double[T][C];
      dRows = new double[T][C];
    }

    private boolean present(int n, int t) {
      if (mask == null) {
        return true;
      }
      mask.get(flag, n, 0, t, 1);
      return flag[0] != 0;
    }

    private double[][] gradient() {
      return d;
    }

    private void read(int n) {
      int steps = 0;
      for (int t = 0; t < T; t++) {
        if (present(n, t)) {
          in.get(row, n, t, 0, C);
          if (!RowMathF32.isFinite(row, C)) {
            throw new IllegalArgumentException(
                layer + ": the input of example " + n + " holds NaN or infinite values");
          }
          for (int c = 0; c < C; c++) {
            xRows[steps][c] = row[c];
          }
          steps++;
        }
      }
      if (steps == 0) {
        throw new IllegalArgumentException(
            layer + ": the feature mask leaves example " + n + " without any time step");
      }
      x = steps == T ? xRows : Arrays.copyOf(xRows, steps);
      d = steps == T ? dRows : Arrays.copyOf(dRows, steps);
    }

    private void write(RowsF32 dest, double[] values, int n, int t) {
      for (int c = 0; c < C; c++) {
        row[c] = (float) values[c];
      }
      dest.put(row, n, t, 0, C);
    }
  }
}
