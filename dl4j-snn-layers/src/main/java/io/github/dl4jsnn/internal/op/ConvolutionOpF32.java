package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.ConvolutionShape;
import io.github.dl4jsnn.internal.kernel.DensityF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link ConvolutionOp} in this file's precision; {@link ConvolutionMethod} decides how. */
final class ConvolutionOpF32 implements ConvolutionOp {
  private final String layer;
  private final ConvolutionMethod method;
  private final EventConvolutionF32 events = new EventConvolutionF32();
  private final Im2ColConvolutionF32 product = new Im2ColConvolutionF32();
  private final WinogradConvolutionF32 winograd = new WinogradConvolutionF32();
  private double density;

  ConvolutionOpF32(String layer, ConvolutionMethod method) {
    this.layer = layer;
    this.method = method;
  }

  @Override
  public void forward(
      ConvolutionShape s, INDArray in, INDArray weights, INDArray bias, INDArray out) {
    density = DensityF32.estimate(ImageSinkF32.channels(in), (int) in.size(0) * s.C, 1, s.H * s.W);
    float[] b = bias == null ? null : NdRowsF32.vector(bias, s.K, 0f);
    ImageSinkF32 sink = new ImageSinkF32(layer, out, b);
    switch (method.forward(s, density)) {
      case EVENTS:
        events.forward(s, in, weights, sink);
        break;
      case WINOGRAD:
        winograd.forward(s, in, weights, sink);
        break;
      default:
        product.forward(s, in, weights, sink);
    }
  }

  @Override
  public void backward(
      ConvolutionShape s,
      INDArray in,
      INDArray weights,
      INDArray g,
      INDArray dWeights,
      INDArray dBias,
      INDArray dIn) {
    NdRowsF32.putVector(dBias, dBias == null ? null : channelSums(s, g));
    boolean eventGradient = method.gradient(s, density) == ConvolutionMethod.EVENTS;
    if (eventGradient) {
      events.weightGradient(s, in, g, dWeights);
    }
    if (method.dense(s) == ConvolutionMethod.WINOGRAD) {
      winograd.backward(s, in, weights, g, eventGradient ? null : dWeights, dIn);
      return;
    }
    if (!eventGradient) {
      product.weightGradient(s, in, g, dWeights);
    }
    product.inputGradient(s, weights, g, dIn);
  }

  /** Sum over images and pixels; each task has one channel. */
  private static float[] channelSums(ConvolutionShape s, INDArray g) {
    RowsF32 rows = ImageSinkF32.channels(g);
    float[] sums = new float[s.K];
    int pixels = s.oH * s.oW;
    Workers.run(
        s.K,
        g.length(),
        (k, worker) -> {
          RowsF32 source = rows.duplicate();
          float[] row = new float[pixels];
          double sum = 0;
          for (int n = 0; n < g.size(0); n++) {
            source.get(row, n * s.K + k, 0, 0, pixels);
            float image = 0;
            for (int i = 0; i < pixels; i++) {
              image += row[i];
            }
            sum += image;
          }
          sums[k] = (float) sum;
        });
    return sums;
  }
}
