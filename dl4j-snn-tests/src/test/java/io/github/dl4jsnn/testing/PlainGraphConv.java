package io.github.dl4jsnn.testing;

import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import io.github.dl4jsnn.graph.Propagation;
import io.github.dl4jsnn.neuron.StfnParameters;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Currents of a graph convolution in double, with dense matrices and plain loops. Shares no code
 * with the kernels.
 */
public final class PlainGraphConv {
  private PlainGraphConv() {}

  /**
   * Aggregated, normalised currents.
   *
   * @param features {@code [N, T, nIn]}
   * @param edges {@code [E, 2]} or {@code [E, 3]}
   * @param params W, b, lambda, gamma, and those of the propagation, as far as there are any
   * @param stfn constants, or null for none
   * @param scale {@code rho * vTh}
   * @param propagation how neighbours come together
   * @param residual whether the input is added
   * @return {@code [N][T][H]}
   */
  public static double[][][] currents(
      INDArray features,
      INDArray edges,
      Map<String, INDArray> params,
      StfnParameters stfn,
      double scale,
      Propagation propagation,
      boolean residual) {
    int nodes = (int) features.size(0);
    int steps = (int) features.size(1);
    double[][][] x = new double[nodes][steps][];
    for (int t = 0; t < steps; t++) {
      double[][] s = features.get(all(), point(t), all()).castTo(DOUBLE).toDoubleMatrix();
      double[][] current = propagated(s, edges, params, propagation);
      if (params.containsKey("Wself")) {
        current = sum(current, product(s, matrix(params, "Wself")));
      }
      if (residual) {
        boolean projected = params.containsKey("Wres");
        current = sum(current, projected ? product(s, matrix(params, "Wres")) : s);
      }
      for (int i = 0; i < nodes; i++) {
        x[i][t] = current[i];
        for (int h = 0; h < x[i][t].length; h++) {
          x[i][t][h] += entry(params.get("b"), h, 0);
        }
      }
    }
    for (int i = 0; i < nodes && stfn != null; i++) {
      normalise(x[i], params, stfn, scale);
    }
    return x;
  }

  private static double[][] propagated(
      double[][] s, INDArray edges, Map<String, INDArray> params, Propagation p) {
    switch (p.getKind()) {
      case SYMMETRIC:
        return product(product(symmetric(edges, s.length), s), matrix(params, "W"));
      case MEAN:
        return product(product(mean(edges, s.length), s), matrix(params, "W"));
      case SUM:
        return product(product(adjacency(edges, s.length), s), matrix(params, "W"));
      case MAX:
        return product(maximum(edges, s), matrix(params, "W"));
      case GIN:
        INDArray trained = params.get("eps");
        double[][] a = adjacency(edges, s.length);
        for (int i = 0; i < a.length; i++) {
          a[i][i] += 1 + (trained == null ? p.getEps() : trained.getDouble(0));
        }
        return product(product(a, s), matrix(params, "W"));
      default:
        return chebyshev(laplacian(edges, s.length), s, params, p.getOrder());
    }
  }

  /** The sum of {@code T_k(L) s W_k}. */
  private static double[][] chebyshev(
      double[][] l, double[][] s, Map<String, INDArray> params, int order) {
    double[][] sum = product(s, matrix(params, "W0"));
    for (int k = 1; k < order; k++) {
      sum = sum(sum, product(polynomial(l, s, k), matrix(params, "W" + k)));
    }
    return sum;
  }

  private static double[][] polynomial(double[][] l, double[][] s, int k) {
    if (k < 2) {
      return k == 0 ? s : product(l, s);
    }
    double[][] t = product(l, polynomial(l, s, k - 1));
    double[][] before = polynomial(l, s, k - 2);
    for (int i = 0; i < t.length; i++) {
      for (int f = 0; f < t[i].length; f++) {
        t[i][f] = 2 * t[i][f] - before[i][f];
      }
    }
    return t;
  }

  private static double[][] matrix(Map<String, INDArray> params, String name) {
    return params.get(name).castTo(DOUBLE).toDoubleMatrix();
  }

  private static double[][] product(double[][] a, double[][] b) {
    double[][] c = new double[a.length][b[0].length];
    for (int i = 0; i < c.length; i++) {
      for (int j = 0; j < c[i].length; j++) {
        for (int k = 0; k < b.length; k++) {
          c[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return c;
  }

  private static double[][] sum(double[][] a, double[][] b) {
    double[][] c = new double[a.length][a[0].length];
    for (int i = 0; i < c.length; i++) {
      Arrays.setAll(c[i], column(a[i], b[i]));
    }
    return c;
  }

  private static IntToDoubleFunction column(double[] a, double[] b) {
    return j -> a[j] + b[j];
  }

  private static double entry(INDArray vector, int i, double missing) {
    return vector == null ? missing : vector.getDouble(vector.length() == 1 ? 0 : i);
  }

  /** {@code A[target][source]}. */
  private static double[][] adjacency(INDArray edges, int nodes) {
    double[][] a = new double[nodes][nodes];
    for (int e = 0; e < edges.size(0); e++) {
      a[edges.getInt(e, 1)][edges.getInt(e, 0)] += weight(edges, e);
    }
    return a;
  }

  private static double weight(INDArray edges, int e) {
    return edges.size(1) == 2 ? 1 : edges.getDouble(e, 2);
  }

  private static double degree(double[] row) {
    double degree = 0;
    for (double w : row) {
      degree += w;
    }
    return degree;
  }

  private static double[][] mean(INDArray edges, int nodes) {
    double[][] a = adjacency(edges, nodes);
    for (double[] row : a) {
      double degree = degree(row);
      for (int j = 0; j < nodes && degree != 0; j++) {
        row[j] /= degree;
      }
    }
    return a;
  }

  /** {@code D^-1/2 (A + I) D^-1/2}; a self-loop in the data replaces the added one. */
  private static double[][] symmetric(INDArray edges, int nodes) {
    double[][] a = adjacency(edges, nodes);
    boolean[] ownLoop = new boolean[nodes];
    for (int e = 0; e < edges.size(0); e++) {
      boolean loop = edges.getInt(e, 0) == edges.getInt(e, 1) && weight(edges, e) != 0;
      ownLoop[edges.getInt(e, 0)] |= loop;
    }
    for (int i = 0; i < nodes; i++) {
      a[i][i] += ownLoop[i] ? 0 : 1;
    }
    return divideByRoots(a, 1);
  }

  /** {@code -D^-1/2 A D^-1/2} without self-loops. */
  private static double[][] laplacian(INDArray edges, int nodes) {
    double[][] a = adjacency(edges, nodes);
    for (int i = 0; i < nodes; i++) {
      a[i][i] = 0;
    }
    return divideByRoots(a, -1);
  }

  private static double[][] divideByRoots(double[][] a, double factor) {
    double[][] divided = new double[a.length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        double degrees = degree(a[i]) * degree(a[j]);
        divided[i][j] = degrees == 0 ? 0 : factor * a[i][j] / Math.sqrt(degrees);
      }
    }
    return divided;
  }

  private static double[][] maximum(INDArray edges, double[][] s) {
    double[][] m = new double[s.length][s[0].length];
    for (int i = 0; i < s.length; i++) {
      for (int f = 0; f < s[0].length; f++) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int e = 0; e < edges.size(0); e++) {
          if (edges.getInt(e, 1) == i && weight(edges, e) != 0) {
            largest = Math.max(largest, weight(edges, e) * s[edges.getInt(e, 0)][f]);
          }
        }
        m[i][f] = largest == Double.NEGATIVE_INFINITY ? 0 : largest;
      }
    }
    return m;
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
