package io.github.dl4jsnn.encode;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Latency encoding (time to first spike): one spike a feature, the larger the value the earlier.
 *
 * <pre>
 *   o[n, t, f] = 1 if x[n, f] &gt; threshold and t = round((T-1) * (1 - x[n, f])) else 0
 * </pre>
 *
 * <p>The value 1 spikes at step 0; values near 0 spike at the last step, unless the threshold
 * silences them. Halves are rounded to the later step. With {@code T = 1} every value above the
 * threshold spikes at step 0.
 *
 * <p><b>Shapes.</b> Input {@code [N, F]}, values in [0, 1]; output {@code [N, T, F]}, values 0 and
 * 1, at most one spike a feature.
 *
 * <p><b>Use</b> it where spikes are costly or the order of arrival is the message. <b>Do not
 * use</b> it with few time steps: only {@code T} different values can be told apart.
 *
 * <p><b>Errors.</b> A value outside [0, 1], NaN: {@link IllegalArgumentException}.
 *
 * <p><b>Source.</b> The linear form of time-to-first-spike coding, reviewed in W. Guo, M. E. Fouda,
 * A. M. Eltawil, K. N. Salama, "Neural coding in spiking neural networks: a comparative study for
 * robust neuromorphic systems", Frontiers in Neuroscience 15, 2021, <a
 * href="https://doi.org/10.3389/fnins.2021.638474">doi:10.3389/fnins.2021.638474</a>; the rounding
 * and the threshold are ours.
 */
public final class LatencyEncoder extends ElementwiseEncoder {

  private static final long serialVersionUID = 1L;

  @JsonProperty private final double threshold;

  /** Creates an encoder with threshold 0: only the value 0 stays silent. */
  public LatencyEncoder() {
    this(0);
  }

  /**
   * Creates an encoder.
   *
   * @param threshold values up to and including it never spike; in [0, 1), rounded to float for
   *     float input so that 0.3 silences {@code 0.3f} too
   * @throws IllegalArgumentException if {@code threshold} is not in [0, 1)
   */
  @JsonCreator
  public LatencyEncoder(@JsonProperty("threshold") double threshold) {
    if (!(threshold >= 0 && threshold < 1)) {
      throw new IllegalArgumentException(
          "LatencyEncoder: threshold must be in [0, 1), got " + threshold);
    }
    this.threshold = threshold;
  }

  /**
   * Returns the threshold.
   *
   * @return the largest value that never spikes
   */
  public double getThreshold() {
    return threshold;
  }

  @Override
  InputRange inputRange() {
    return InputRange.UNIT_INTERVAL;
  }

  @Override
  RowKernel rowKernel(int timeSteps, long draw, DataType inputType) {
    double silent = inputType == DataType.FLOAT ? (float) threshold : threshold;
    return (spikes, x, first) -> {
      Arrays.fill(spikes, 0);
      for (int f = 0; f < x.length; f++) {
        if (x[f] > silent) {
          int t = (int) Math.round((timeSteps - 1) * (1 - x[f]));
          spikes[t * x.length + f] = 1;
        }
      }
    };
  }

  /** Slope 0: a larger value moves the spike, which summed over time makes no difference. */
  @Override
  public void multiplyByExpectedSlope(INDArray gradient, INDArray input) {
    gradient.assign(0);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof LatencyEncoder
        && Double.compare(((LatencyEncoder) o).threshold, threshold) == 0;
  }

  @Override
  public int hashCode() {
    return Double.hashCode(threshold);
  }

  @Override
  public String toString() {
    return "LatencyEncoder(threshold=" + threshold + ")";
  }
}
