package io.github.dl4jsnn.encode;

import java.util.Arrays;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Delta encoding (delta modulation, threshold crossing): a spike where a value has risen, and if
 * wanted one on another line where it has fallen.
 *
 * <pre>
 *   d[n, t, f] = x[n, t, f] - x[n, t-1, f]
 *   o[n, t, f]   = 1 if d[n, t, f] &gt;=  threshold else 0       on-spikes
 *   o[n, t, F+f] = 1 if d[n, t, f] &lt;= -threshold else 0       off-spikes, if asked for
 * </pre>
 *
 * <p>The step before the first one is {@code x[-1] = 0}, so that the sequence begins with a spike
 * where it begins high; with {@code repeatFirst} it is {@code x[0]}, and the first step never
 * spikes.
 *
 * <p><b>Shapes.</b> Input {@code [N, T, F]}, any finite values; output {@code [N, T, F]}, or {@code
 * [N, T, 2F]} with off-spikes, values 0 and 1.
 *
 * <p><b>Masks.</b> A missing step has no spikes, and its value, whatever it is, is not looked at:
 * the next step is compared with the last one before the gap.
 *
 * <p><b>Use</b> it for signals whose changes matter, as event cameras and silicon cochleas do.
 * <b>Do not use</b> it for slow drifts: steps below the threshold leave no trace, however many; nor
 * with {@code rnnTimeStep}, where each call would begin a new sequence.
 *
 * <p><b>Errors.</b> NaN and infinity: {@link IllegalArgumentException}.
 *
 * <p><b>Source.</b> snnTorch's {@code spikegen.delta} ({@code repeatFirst} is its {@code padding};
 * its off-spikes are the value -1 on the same line); J. K. Eshraghian et al., "Training spiking
 * neural networks using lessons from deep learning", Proceedings of the IEEE 111, 2023, section
 * III.
 */
public final class DeltaEncoder implements SequenceEncoder {

  private static final long serialVersionUID = 1L;

  @JsonProperty private final double threshold;
  @JsonProperty private final boolean offSpikes;
  @JsonProperty private final boolean repeatFirst;

  /**
   * Creates an encoder of on-spikes alone, which compares the first step with 0.
   *
   * @param threshold smallest rise that spikes; above 0 and finite
   * @throws IllegalArgumentException if it is not
   */
  public DeltaEncoder(double threshold) {
    this(threshold, false, false);
  }

  /**
   * Creates an encoder.
   *
   * @param threshold smallest change that spikes; above 0 and finite, rounded to float for float
   *     input
   * @param offSpikes whether falls spike too, as features F to 2F-1
   * @param repeatFirst whether the first step is compared with itself, not with 0
   * @throws IllegalArgumentException if the threshold is not above 0 and finite
   */
  @JsonCreator
  public DeltaEncoder(
      @JsonProperty("threshold") double threshold,
      @JsonProperty("offSpikes") boolean offSpikes,
      @JsonProperty("repeatFirst") boolean repeatFirst) {
    if (!(threshold > 0) || Double.isInfinite(threshold)) {
      throw new IllegalArgumentException(
          "DeltaEncoder: threshold must be above 0 and finite, got " + threshold);
    }
    this.threshold = threshold;
    this.offSpikes = offSpikes;
    this.repeatFirst = repeatFirst;
  }

  /**
   * Returns the threshold.
   *
   * @return smallest change that spikes
   */
  public double getThreshold() {
    return threshold;
  }

  /**
   * Returns whether falls spike too.
   *
   * @return true if there are off-spikes
   */
  public boolean isOffSpikes() {
    return offSpikes;
  }

  /**
   * Returns what the first step is compared with.
   *
   * @return true: with itself; false: with 0
   */
  public boolean isRepeatFirst() {
    return repeatFirst;
  }

  @Override
  public long outputFeatures(long inputFeatures) {
    return offSpikes ? 2 * inputFeatures : inputFeatures;
  }

  @Override
  public INDArray encodeSequence(INDArray sequence, INDArray mask) {
    String name = "DeltaEncoder";
    EncoderChecks.input(
        name, sequence, "[N, T, F]", "it encodes sequences; static features have no changes");
    EncoderChecks.outputSize(name, sequence, outputFeatures(1), "2 kinds of spikes");
    double[] values = sequence.dup('c').data().asDouble();
    long[] shape = sequence.shape();
    boolean[] missing = missing(mask, shape);
    int features = (int) shape[2];
    for (int i = 0; i < values.length; i++) {
      values[i] = missing[i / features] ? 0 : values[i];
    }
    EncoderChecks.values(name, values, shape, InputRange.FINITE);
    for (int i = 0; i < values.length; i++) {
      values[i] = missing[i / features] ? Double.NaN : values[i];
    }
    DataType type = sequence.dataType();
    double limit = type == DataType.FLOAT ? (float) threshold : threshold;
    long[] out = {shape[0], shape[1], outputFeatures(features)};
    return EncodedRows.encode(kernel(features, limit), values, out, type);
  }

  private static boolean[] missing(INDArray mask, long[] shape) {
    boolean[] missing = new boolean[(int) (shape[0] * shape[1])];
    if (mask == null) {
      return missing;
    }
    if (mask.rank() != 2 || mask.size(0) != shape[0] || mask.size(1) != shape[1]) {
      throw new IllegalArgumentException(
          "DeltaEncoder: expected a mask [N, T] = ["
              + shape[0]
              + ", "
              + shape[1]
              + "], got "
              + Arrays.toString(mask.shape()));
    }
    double[] present = mask.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    for (int i = 0; i < missing.length; i++) {
      missing[i] = present[i] == 0;
    }
    return missing;
  }

  /** Differences of one example {@code [T, F]}, whose missing steps are NaN. */
  private RowKernel kernel(int features, double limit) {
    int width = (int) outputFeatures(features);
    return (spikes, x, first) -> {
      Arrays.fill(spikes, 0);
      for (int f = 0; f < features; f++) {
        double before = repeatFirst ? Double.NaN : 0;
        for (int t = 0; t < x.length / features; t++) {
          double now = x[t * features + f];
          double d = now - before; // NaN, which reaches no threshold, where one of them is missing
          if (d >= limit) {
            spikes[t * width + f] = 1;
          }
          if (offSpikes && d <= -limit) {
            spikes[t * width + features + f] = 1;
          }
          before = Double.isNaN(now) ? before : now;
        }
      }
    };
  }

  @Override
  public boolean equals(Object o) {
    if (!(o instanceof DeltaEncoder)) {
      return false;
    }
    DeltaEncoder e = (DeltaEncoder) o;
    return Double.compare(threshold, e.threshold) == 0
        && offSpikes == e.offSpikes
        && repeatFirst == e.repeatFirst;
  }

  @Override
  public int hashCode() {
    return Objects.hash(threshold, offSpikes, repeatFirst);
  }

  @Override
  public String toString() {
    return "DeltaEncoder(threshold="
        + threshold
        + ", offSpikes="
        + offSpikes
        + ", repeatFirst="
        + repeatFirst
        + ")";
  }
}
