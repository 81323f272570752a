package io.github.dl4jsnn.testing;

import io.github.dl4jsnn.neuron.StfnParameters;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Currents of a graph convolution in double, with a dense adjacency matrix and plain loops. Shares
 * no code with the kernels.
 */
public final class PlainGraphConv {
  private PlainGraphConv() {}

  /**
   * Aggregated, normalised currents.
   *
   * @param features {@code [N, T, nIn]}
   * @param edges {@code [E, 2]} or {@code [E, 3]}
   * @param params W, b, lambda, gamma, as far as there are any
   * @param stfn constants, or null for none
   * @param scale {@code rho * vTh}
   * @return {@code [N][T][H]}
   */
  public static double[][][] currents(
      INDArray features,
      INDArray edges,
      Map<String, INDArray> params,
      StfnParameters stfn,
      double scale) {
    int nodes = (int) features.size(0);
    int steps = (int) features.size(1);
    double[][] w =
        params.get("W").castTo(org.nd4j.linalg.api.buffer.DataType.DOUBLE).toDoubleMatrix();
    int out = w[0].length;
    double[][] a = adjacency(edges, nodes);
    double[][][] x = new double[nodes][steps][out];
    for (int i = 0; i < nodes; i++) {
      for (int t = 0; t < steps; t++) {
        for (int h = 0; h < out; h++) {
          for (int j = 0; j < nodes; j++) {
            for (int f = 0; f < w.length && a[i][j] != 0; f++) {
              x[i][t][h] += a[i][j] * features.getDouble(j, t, f) * w[f][h];
            }
          }
          x[i][t][h] += entry(params.get("b"), h, 0);
        }
      }
      if (stfn != null) {
        normalise(x[i], params, stfn, scale);
      }
    }
    return x;
  }

  private static double entry(INDArray vector, int i, double missing) {
    return vector == null ? missing : vector.getDouble(vector.length() == 1 ? 0 : i);
  }

  /** {@code D^-1/2 (A + I) D^-1/2}; a self-loop in the data replaces the added one. */
  private static double[][] adjacency(INDArray edges, int nodes) {
    double[][] a = new double[nodes][nodes];
    boolean[] ownLoop = new boolean[nodes];
    for (int e = 0; e < edges.size(0); e++) {
      int source = edges.getInt(e, 0);
      int target = edges.getInt(e, 1);
      double weight = edges.size(1) == 2 ? 1 : edges.getDouble(e, 2);
      a[target][source] += weight;
      ownLoop[source] |= source == target && weight != 0;
    }
    double[] degree = new double[nodes];
    for (int i = 0; i < nodes; i++) {
      a[i][i] += ownLoop[i] ? 0 : 1;
      for (int j = 0; j < nodes; j++) {
        degree[i] += a[i][j];
      }
    }
    for (int i = 0; i < nodes; i++) {
      for (int j = 0; j < nodes; j++) {
        a[i][j] /= Math.sqrt(degree[i]) * Math.sqrt(degree[j]);
      }
    }
    return a;
  }

  private static void normalise(
      double[][] x, Map<String, INDArray> params, StfnParameters stfn, double scale) {
    double count = (double) x.length * x[0].length;
    double mean = 0;
    double variance = 0;
    for (double[] step : x) {
      for (double v : step) {
        mean += v / count;
      }
    }
    for (double[] step : x) {
      for (double v : step) {
        variance += (v - mean) * (v - mean) / count;
      }
    }
    for (double[] step : x) {
      for (int h = 0; h < step.length; h++) {
        double lambda = entry(params.get("lambda"), h, stfn.getInitialLambda());
        double gamma = entry(params.get("gamma"), h, stfn.getInitialGamma());
        step[h] = lambda * scale * (step[h] - mean) / Math.sqrt(variance + stfn.getEps()) + gamma;
      }
    }
  }
}
