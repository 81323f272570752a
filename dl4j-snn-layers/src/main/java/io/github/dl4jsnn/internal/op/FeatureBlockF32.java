package io.github.dl4jsnn.internal.op;

import static io.github.dl4jsnn.internal.op.TemporalBatchNormOp.BETA;
import static io.github.dl4jsnn.internal.op.TemporalBatchNormOp.FEWEST_VALUES;
import static io.github.dl4jsnn.internal.op.TemporalBatchNormOp.GAMMA;
import static io.github.dl4jsnn.internal.op.TemporalBatchNormOp.MEAN;
import static io.github.dl4jsnn.internal.op.TemporalBatchNormOp.STEP_WEIGHT;
import static io.github.dl4jsnn.internal.op.TemporalBatchNormOp.VARIANCE;

import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Parameters, statistics and sums of the features {@code [from, from + width)} under batch
 * normalisation.
 *
 * <p>A <i>group</i> is what one statistic is taken over: all steps, or one step. Parameters hold a
 * row a group, sums a row for each chunk of examples and step; {@code t} is a step, {@code k} a
 * group.
 */
final class FeatureBlockF32 {
  final int from;
  final int width;

  /** {@code p[t] * s * gamma} and {@code p[t] * beta}: a row a step. */
  final float[][] scale;

  final float[][] shift;

  private final int T;
  private final boolean perStep;
  private final int groups;
  private final int[] count;
  private final boolean[] ofBatch;
  private final float[] p;
  private final float[][] gamma;
  private final float[][] beta;
  private final float[][] runningMean;
  private final float[][] runningVar;
  private final float[][] batchMean;
  private final float[][] batchVar;
  private final float[][] mean;
  private final float[][] inverse;
  private final float[][] meanD;
  private final float[][] meanDx;
  private final float[][][] shiftSum;
  private final float[][][] scaleSum;

  FeatureBlockF32(int from, int width, int T, int chunks, boolean perStep) {
    this.from = from;
    this.width = width;
    this.T = T;
    this.perStep = perStep;
    groups = perStep ? T : 1;
    count = new int[groups];
    ofBatch = new boolean[groups];
    p = new float[T];
    scale = new float[T][width];
    shift = new float[T][width];
    gamma = new float[groups][width];
    beta = new float[groups][width];
    runningMean = new float[groups][width];
    runningVar = new float[groups][width];
    batchMean = new float[groups][width];
    batchVar = new float[groups][width];
    mean = new float[groups][width];
    inverse = new float[groups][width];
    meanD = new float[groups][width];
    meanDx = new float[groups][width];
    shiftSum = new float[chunks][T][width];
    scaleSum = new float[chunks][T][width];
  }

  private int group(int t) {
    return perStep ? t : 0;
  }

  float[] shiftSum(int chunk, int t) {
    return shiftSum[chunk][t];
  }

  float[] scaleSum(int chunk, int t) {
    return scaleSum[chunk][t];
  }

  float[] batchMean(int t) {
    return batchMean[group(t)];
  }

  float[] mean(int t) {
    return mean[group(t)];
  }

  float[] inverse(int t) {
    return inverse[group(t)];
  }

  float[] meanD(int t) {
    return meanD[group(t)];
  }

  float[] meanDx(int t) {
    return meanDx[group(t)];
  }

  void readParameters(Map<String, INDArray> params, double s) {
    read(gamma, params.get(GAMMA), 1);
    read(beta, params.get(BETA), 0);
    read(runningMean, params.get(MEAN), 0);
    read(runningVar, params.get(VARIANCE), 1);
    System.arraycopy(NdRowsF32.vector(params.get(STEP_WEIGHT), T, 1), 0, p, 0, T);
    for (int t = 0; t < T; t++) {
      Arrays.fill(scale[t], 0);
      RowMathF32.addScaled(scale[t], gamma[group(t)], p[t] * (float) s, width);
      Arrays.fill(shift[t], 0);
      RowMathF32.addScaled(shift[t], beta[group(t)], p[t], width);
    }
  }

  private void read(float[][] dest, INDArray param, float missing) {
    RowsF32 rows = param == null ? null : NdRowsF32.of(param);
    for (int k = 0; k < groups; k++) {
      if (rows == null) {
        Arrays.fill(dest[k], missing);
      } else {
        rows.get(dest[k], k, 0, from, width);
      }
    }
  }

  private void write(INDArray dest, float[] row, int k) {
    if (dest != null) {
      NdRowsF32.of(dest).put(row, k, 0, from, width);
    }
  }

  /** Takes the number of examples at each step, and clears the sums. */
  void count(int[] examples, boolean training) {
    Arrays.fill(count, 0);
    for (int t = 0; t < T; t++) {
      count[group(t)] += examples[t];
    }
    for (int k = 0; k < groups; k++) {
      ofBatch[k] = training && count[k] >= FEWEST_VALUES;
    }
    clearSums();
  }

  void clearSums() {
    for (int c = 0; c < shiftSum.length; c++) {
      ScratchF32.clear(shiftSum[c], T, width);
      ScratchF32.clear(scaleSum[c], T, width);
    }
  }

  /** The mean of the batch, from the sums of the inputs in {@link #shiftSum}. */
  void finishMean() {
    average(batchMean, shiftSum);
  }

  /** The variance of the batch, from the sums of squares; false if it is no number. */
  boolean finishVariance() {
    average(batchVar, scaleSum);
    boolean finite = true;
    for (int k = 0; k < groups; k++) {
      finite &= RowMathF32.isFinite(batchVar[k], width);
    }
    return finite;
  }

  /**
   * Takes the statistics of a batch that somebody else has gathered, of all steps together.
   *
   * @param m mean
   * @param squares sum of the squared deviations from it
   * @return false if they are no numbers
   */
  boolean takeStatistics(float[] m, float[] squares) {
    System.arraycopy(m, 0, batchMean[0], 0, width);
    System.arraycopy(squares, 0, batchVar[0], 0, width);
    RowMathF32.scale(batchVar[0], 1f / Math.max(1, count[0]), width);
    return RowMathF32.isFinite(batchVar[0], width);
  }

  /**
   * Gradient of a constant that was added to all inputs, from the sums of the backward pass: 0
   * where the mean of the batch takes it out again.
   */
  float[] offsetGradient() {
    float[] d = new float[width];
    for (int i = 0; i < width && !ofBatch[0]; i++) {
      d[i] = shiftSum[0][0][i] * scale[0][i] * inverse[0][i];
    }
    return d;
  }

  private void average(float[][] dest, float[][][] sums) {
    for (int k = 0; k < groups; k++) {
      Arrays.fill(dest[k], 0);
    }
    for (int t = 0; t < T; t++) {
      for (float[][] chunk : sums) {
        RowMathF32.add(dest[group(t)], chunk[t], width);
      }
    }
    for (int k = 0; k < groups; k++) {
      RowMathF32.scale(dest[k], 1f / Math.max(1, count[k]), width);
    }
  }

  /** Decides on the statistics to normalise with. */
  void chooseStatistics(double eps) {
    for (int k = 0; k < groups; k++) {
      System.arraycopy(ofBatch[k] ? batchMean[k] : runningMean[k], 0, mean[k], 0, width);
      float[] var = ofBatch[k] ? batchVar[k] : runningVar[k];
      for (int i = 0; i < width; i++) {
        inverse[k][i] = (float) (1 / Math.sqrt(var[i] + eps));
      }
    }
  }

  /**
   * From the sums of the backward pass, the gradients of the parameters and what the gradient of
   * the input needs.
   *
   * @param gradients (out) of the parameters, this block's features of them
   * @param dStep (added to) gradient of p
   * @param s constant factor of gamma
   * @param decay of the running statistics
   */
  void finishGradients(Map<String, INDArray> gradients, float[] dStep, double s, double decay) {
    float[][] dGamma = new float[groups][width];
    float[][] dBeta = new float[groups][width];
    for (int k = 0; k < groups; k++) {
      Arrays.fill(meanD[k], 0);
      Arrays.fill(meanDx[k], 0);
    }
    for (int t = 0; t < T; t++) {
      stepGradients(t, (float) s, dGamma[group(t)], dBeta[group(t)], dStep);
    }
    for (int k = 0; k < groups; k++) {
      write(gradients.get(GAMMA), dGamma[k], k);
      write(gradients.get(BETA), dBeta[k], k);
      float share = ofBatch[k] ? 1f / count[k] : 0;
      RowMathF32.scale(meanD[k], share, width);
      RowMathF32.scale(meanDx[k], share, width);
      write(gradients.get(MEAN), step(runningMean[k], batchMean[k], ofBatch[k], decay), k);
      write(gradients.get(VARIANCE), step(runningVar[k], batchVar[k], ofBatch[k], decay), k);
    }
  }

  private void stepGradients(int t, float s, float[] dGamma, float[] dBeta, float[] dStep) {
    float[] dScale = scaleSum[0][t];
    float[] dShift = shiftSum[0][t];
    for (int c = 1; c < scaleSum.length; c++) {
      RowMathF32.add(dScale, scaleSum[c][t], width);
      RowMathF32.add(dShift, shiftSum[c][t], width);
    }
    RowMathF32.addScaled(dGamma, dScale, s * p[t], width);
    RowMathF32.addScaled(dBeta, dShift, p[t], width);
    int k = group(t);
    float sum = 0;
    for (int i = 0; i < width; i++) {
      sum += s * gamma[k][i] * dScale[i] + beta[k][i] * dShift[i];
      meanD[k][i] += scale[t][i] * dShift[i];
      meanDx[k][i] += scale[t][i] * dScale[i];
    }
    dStep[t] += sum;
  }

  /** {@code (1 - decay) * (running - batch)}, which the updater subtracts; 0 without a batch. */
  private float[] step(float[] running, float[] batch, boolean moves, double decay) {
    float[] step = new float[width];
    if (moves) {
      RowMathF32.addScaled(step, running, (float) (1 - decay), width);
      RowMathF32.addScaled(step, batch, (float) (decay - 1), width);
    }
    return step;
  }
}
