package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.ChannelNormKernelF32;
import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link ChannelNormOp} in this file's precision. A task takes one channel of all images, whose
 * later passes find it in the cache.
 */
final class ChannelNormOpF32 implements ChannelNormOp {
  private final String layer;
  private final double eps;
  private final float floor;
  private double[] mean;
  private double[] variance;
  private boolean ofBatch;

  ChannelNormOpF32(String layer, double eps, boolean rectify) {
    this.layer = layer;
    this.eps = eps;
    this.floor = rectify ? 0f : Float.NEGATIVE_INFINITY;
  }

  @Override
  public double[][] statistics() {
    return new double[][] {mean, variance};
  }

  @Override
  public void forward(
      INDArray in, INDArray gamma, INDArray beta, double[][] running, INDArray out) {
    int C = (int) in.size(1);
    int n = (int) (in.size(2) * in.size(3));
    float[] gammas = NdRowsF32.vector(gamma, C, 1f);
    float[] betas = NdRowsF32.vector(beta, C, 0f);
    ofBatch = running == null;
    mean = ofBatch ? new double[C] : running[0];
    variance = ofBatch ? new double[C] : running[1];
    RowsF32 x = ImageSinkF32.channels(in);
    ImageSinkF32 y = new ImageSinkF32(layer, out, null);
    forChannels(
        in,
        c -> {
          Channel channel = new Channel(x, c, C, (int) in.size(0), n);
          if (ofBatch) {
            channel.findStatistics();
          }
          ImageSinkF32 sink = y.open();
          float scale = scale(gammas[c], c);
          for (int i = 0; i < channel.images; i++) {
            channel.read(i);
            ChannelNormKernelF32.forward(channel.row, (float) mean[c], scale, betas[c], floor, n);
            sink.put(channel.row, i, c, 0, n);
          }
        });
  }

  @Override
  public void backward(
      INDArray in,
      INDArray gamma,
      INDArray beta,
      INDArray g,
      INDArray dGamma,
      INDArray dBeta,
      INDArray dIn) {
    int C = (int) in.size(1);
    int n = (int) (in.size(2) * in.size(3));
    float[] gammas = NdRowsF32.vector(gamma, C, 1f);
    float[] betas = NdRowsF32.vector(beta, C, 0f);
    float[] dGammas = new float[C];
    float[] dBetas = new float[C];
    RowsF32 x = ImageSinkF32.channels(in);
    RowsF32 gs = ImageSinkF32.channels(g);
    RowsF32 dx = ImageSinkF32.channels(dIn);
    forChannels(
        in,
        c -> {
          Channel channel = new Channel(x, c, C, (int) in.size(0), n);
          RowsF32 source = gs.duplicate();
          RowsF32 dest = dx.duplicate();
          float[] row = new float[n];
          float[] sums = new float[n];
          float[] products = new float[n];
          float scale = scale(gammas[c], c);
          for (int i = 0; i < channel.images; i++) {
            gradient(row, channel, source, i, scale, betas[c]);
            ChannelNormKernelF32.addGradients(sums, products, row, channel.row, (float) mean[c], n);
          }
          double sum = ChannelNormKernelF32.total(sums, n);
          double product = ChannelNormKernelF32.total(products, n);
          dBetas[c] = (float) sum;
          dGammas[c] = (float) (product / Math.sqrt(variance[c] + eps));
          double count = ofBatch ? (double) channel.images * n : Double.POSITIVE_INFINITY;
          float a = (float) (sum / count);
          float b = (float) (product / count / (variance[c] + eps));
          for (int i = 0; i < channel.images; i++) {
            gradient(row, channel, source, i, scale, betas[c]);
            ChannelNormKernelF32.backward(row, channel.row, (float) mean[c], scale, a, b, n);
            dest.put(row, i * C + c, 0, 0, n);
          }
        });
    NdRowsF32.putVector(dGamma, dGammas);
    NdRowsF32.putVector(dBeta, dBetas);
  }

  /** Reads image i and what comes back for it through the rectifier. */
  private void gradient(
      float[] row, Channel channel, RowsF32 source, int i, float scale, float beta) {
    channel.read(i);
    source.get(row, i * channel.C + channel.c, 0, 0, channel.n);
    if (floor == 0) {
      ChannelNormKernelF32.close(row, channel.row, (float) mean[channel.c], scale, beta, channel.n);
    }
  }

  private float scale(float gamma, int c) {
    return (float) (gamma / Math.sqrt(variance[c] + eps));
  }

  /** Work on channel c. */
  private interface ChannelTask {
    void run(int c);
  }

  private static void forChannels(INDArray in, ChannelTask body) {
    Workers.run((int) in.size(1), in.length(), (c, worker) -> body.run(c));
  }

  /** One channel of all images. */
  private final class Channel {
    private final RowsF32 x;
    private final int c;
    private final int C;
    private final int images;
    private final int n;
    private final float[] row;

    private Channel(RowsF32 x, int c, int C, int images, int n) {
      this.x = x.duplicate();
      this.c = c;
      this.C = C;
      this.images = images;
      this.n = n;
      this.row = new float[n];
    }

    private void read(int image) {
      x.get(row, image * C + c, 0, 0, n);
    }

    /** Mean, then the variance around it: one pass loses digits when the mean is large. */
    private void findStatistics() {
      double count = (double) images * n;
      float[] sums = new float[n];
      for (int i = 0; i < images; i++) {
        read(i);
        RowMathF32.add(sums, row, n);
      }
      mean[c] = ChannelNormKernelF32.total(sums, n) / count;
      java.util.Arrays.fill(sums, 0f);
      for (int i = 0; i < images; i++) {
        read(i);
        ChannelNormKernelF32.addSquares(sums, row, (float) mean[c], n);
      }
      variance[c] = ChannelNormKernelF32.total(sums, n) / count;
    }
  }
}
