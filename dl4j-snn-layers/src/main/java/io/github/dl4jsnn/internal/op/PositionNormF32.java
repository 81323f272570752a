package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.BatchNormKernelF32;
import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalisation of the currents of a {@link SpikingMapOp} over all their rows; nothing but
 * the sum of the gradient where there is none.
 */
final class PositionNormF32 {
  private final SpikingMapSettings settings;
  private final RowStatisticsF32 statistics = new RowStatisticsF32();
  private FeatureBlockF32 block;
  private float[] shiftSum;

  PositionNormF32(SpikingMapSettings settings) {
    this.settings = settings;
  }

  /** Reads the parameters and decides on the statistics of this pass. */
  void prepare(RowsF32 z, MapPassF32 pass, Map<String, INDArray> params, boolean training) {
    if (!settings.normalised) {
      return;
    }
    if (block == null || block.width != pass.H) {
      block = new FeatureBlockF32(0, pass.H, 1, 1, false);
    }
    block.readParameters(params, 1);
    block.count(new int[] {pass.present()}, training);
    if (training) {
      RowStatisticsF32.Sums sums = statistics.of(z, pass);
      if (!block.takeStatistics(sums.mean, sums.squares)) {
        throw new IllegalArgumentException(
            settings.layer
                + ": the currents hold NaN, infinite or too large values; check input and weights");
      }
    }
    block.chooseStatistics(settings.eps);
  }

  /** Hands over the sums of the gradient, and of the gradient times the normalised currents. */
  void finish(float[][] dShift, float[][] dScale, int H, Map<String, INDArray> gradients) {
    shiftSum = new float[H];
    for (float[] part : dShift) {
      RowMathF32.add(shiftSum, part, H);
    }
    if (settings.normalised) {
      block.clearSums();
      RowMathF32.add(block.shiftSum(0, 0), shiftSum, H);
      for (float[] part : dScale) {
        RowMathF32.add(block.scaleSum(0, 0), part, H);
      }
      block.finishGradients(gradients, new float[1], 1, settings.decay);
    }
  }

  /** Gradient of the bias, after {@link #finish}. */
  float[] biasGradient() {
    return settings.normalised ? block.offsetGradient() : shiftSum;
  }

  /** The gradient of a row of currents from that of its normalised values, in place. */
  void backward(float[] d, float[] z, int H) {
    if (settings.normalised) {
      BatchNormKernelF32.backward(
          d,
          z,
          block.mean(0),
          block.inverse(0),
          block.scale[0],
          block.meanD(0),
          block.meanDx(0),
          H);
    }
  }

  /** Whether {@link #backward} looks at the currents. */
  boolean needsCurrents() {
    return settings.normalised;
  }

  /** For blocks of several positions side by side, of one thread. */
  Block block(int H, int positions) {
    return new Block(H, positions);
  }

  /** Blocks of the given number of positions or fewer. */
  final class Block {
    private final float[] mean;
    private final float[] inverse;
    private final float[] scale;
    private final float[] shift;

    private Block(int H, int positions) {
      int width = settings.normalised ? H * positions : 0;
      mean = new float[width];
      inverse = new float[width];
      scale = new float[width];
      shift = new float[width];
      if (settings.normalised) {
        RepeatedRowF32.repeat(mean, block.mean(0), H, positions);
        RepeatedRowF32.repeat(inverse, block.inverse(0), H, positions);
        RepeatedRowF32.repeat(scale, block.scale[0], H, positions);
        RepeatedRowF32.repeat(shift, block.shift[0], H, positions);
      }
    }

    /** Normalises in place. */
    void apply(float[] x, int n) {
      if (settings.normalised) {
        BatchNormKernelF32.forward(x, x, mean, inverse, scale, shift, n);
      }
    }

    /** Adds to the sums that {@link #finish} takes. */
    void addGradients(float[] dShift, float[] dScale, float[] d, float[] z, int n) {
      if (settings.normalised) {
        BatchNormKernelF32.addGradients(dShift, dScale, d, z, mean, inverse, n);
      } else {
        RowMathF32.add(dShift, d, n);
      }
    }
  }
}
