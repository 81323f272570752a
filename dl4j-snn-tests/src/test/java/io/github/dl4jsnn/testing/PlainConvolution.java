package io.github.dl4jsnn.testing;

import io.github.dl4jsnn.internal.kernel.ConvolutionShape;

/** Convolution as its definition says, entry by entry, with the gradients. */
public final class PlainConvolution {
  private final ConvolutionShape s;
  private final int n;

  /** For n images. */
  public PlainConvolution(ConvolutionShape s, int n) {
    this.s = s;
    this.n = n;
  }

  /** One product of the sum: places in output, input, weights. */
  private interface Term {
    void run(int out, int in, int weight);
  }

  private void forTerms(Term term) {
    for (int i = 0; i < n * s.K * s.oH * s.oW; i++) {
      int ox = i % s.oW;
      int oy = i / s.oW % s.oH;
      int k = i / (s.oW * s.oH) % s.K;
      int image = i / (s.oW * s.oH * s.K);
      for (int j = 0; j < s.C * s.kH * s.kW; j++) {
        int kx = j % s.kW;
        int ky = j / s.kW % s.kH;
        int c = j / (s.kW * s.kH);
        int y = oy * s.sH + ky * s.dH - s.top;
        int x = ox * s.sW + kx * s.dW - s.left;
        if (y >= 0 && y < s.H && x >= 0 && x < s.W) {
          term.run(i, ((image * s.C + c) * s.H + y) * s.W + x, k * s.C * s.kH * s.kW + j);
        }
      }
    }
  }

  public double[] forward(double[] x, double[] w, double[] b) {
    double[] out = new double[n * s.K * s.oH * s.oW];
    for (int i = 0; i < out.length; i++) {
      out[i] = b == null ? 0 : b[i / (s.oW * s.oH) % s.K];
    }
    forTerms((o, i, j) -> out[o] += x[i] * w[j]);
    return out;
  }

  public double[] weightGradient(double[] x, double[] g) {
    double[] dw = new double[s.K * s.C * s.kH * s.kW];
    forTerms((o, i, j) -> dw[j] += x[i] * g[o]);
    return dw;
  }

  public double[] inputGradient(double[] w, double[] g) {
    double[] dx = new double[n * s.C * s.H * s.W];
    forTerms((o, i, j) -> dx[i] += w[j] * g[o]);
    return dx;
  }

  public double[] biasGradient(double[] g) {
    double[] db = new double[s.K];
    for (int i = 0; i < g.length; i++) {
      db[i / (s.oW * s.oH) % s.K] += g[i];
    }
    return db;
  }
}
