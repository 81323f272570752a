package io.github.dl4jsnn.monitor;

import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.Surrogate;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Where the membrane potentials of one layer lay in one batch, over all examples, steps and
 * neurons.
 *
 * <pre>
 *   mean, deviation, min, max    of u[n,t,f], charged and before the reset
 *   above   = share of the u[n,t,f] &gt;= vTh: those that fire
 *   open    = share of the u[n,t,f] with s'(u - vTh) &gt;= s'(0) / 2
 * </pre>
 *
 * <p>Open entries are those through which the {@link Surrogate} lets a gradient pass: of a
 * rectangular one those in its window, of one with tails those nearer to the threshold than where
 * it has fallen to half. A layer with few of them hardly learns: raise its currents (weights, gain
 * of a normalisation) or widen the surrogate.
 *
 * <p><b>Units.</b> Those of the potential, which has none; shares are 0 to 1. The deviation is that
 * of the batch (divided by the number of values).
 *
 * <p>The threshold is the configured one. Where a model trains or adapts it, or scales the
 * surrogate, {@code above} is not the firing rate and {@code open} is a rough number.
 *
 * <p>Masked steps count as potential 0.
 *
 * <p>Immutable.
 */
public final class MembraneStatistics implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double mean;
  private final double deviation;
  private final double min;
  private final double max;
  private final double aboveShare;
  private final double openShare;
  private final double threshold;

  private MembraneStatistics(MembraneSum sum, double threshold) {
    this.mean = sum.mean();
    this.deviation = sum.deviation();
    this.min = sum.min();
    this.max = sum.max();
    this.aboveShare = sum.aboveShare();
    this.openShare = sum.openShare();
    this.threshold = threshold;
  }

  private MembraneStatistics(DataInput in) throws IOException {
    this.mean = in.readDouble();
    this.deviation = in.readDouble();
    this.min = in.readDouble();
    this.max = in.readDouble();
    this.aboveShare = in.readDouble();
    this.openShare = in.readDouble();
    this.threshold = in.readDouble();
  }

  /**
   * Returns the statistics of membrane potentials.
   *
   * @param potentials floating point array of any shape, not empty
   * @param neuron threshold and surrogate of the neurons
   * @return the statistics
   * @throws IllegalArgumentException if the array is empty or holds NaN or infinity, or the neuron
   *     never fires
   */
  public static MembraneStatistics of(INDArray potentials, Neuron neuron) {
    Objects.requireNonNull(neuron, "neuron");
    return of(potentials, Threshold.of(neuron), Threshold.surrogate(neuron));
  }

  @SuppressWarnings("try") // the scope is entered and left, not used
  private static MembraneStatistics of(INDArray potentials, double threshold, Surrogate surrogate) {
    Objects.requireNonNull(potentials, "potentials");
    if (potentials.isEmpty()) {
      throw new IllegalArgumentException(
          "Expected potentials with at least one value, got shape "
              + Arrays.toString(potentials.shape()));
    }
    MembraneSum total = new MembraneSum();
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      INDArray u = DenseBlocks.asFloatOrDouble(potentials);
      if (u.rank() < 2) {
        u = u.reshape(1, u.length());
      }
      MembraneSumF32 floats = new MembraneSumF32(threshold, surrogate);
      MembraneSumF64 doubles = new MembraneSumF64(threshold, surrogate);
      DenseBlocks.forEach(
          u,
          DenseBlocks.MAX_BLOCK,
          block -> {
            DataBuffer data = block.data();
            int length = Math.toIntExact(block.length());
            if (block.dataType() == DataType.FLOAT) {
              floats.addTo(total, data.asNioFloat(), length);
            } else {
              doubles.addTo(total, data.asNioDouble(), length);
            }
            return true;
          });
    }
    if (!total.isFinite()) {
      throw new IllegalArgumentException("The membrane potentials hold NaN or infinite values");
    }
    return new MembraneStatistics(total, threshold);
  }

  /**
   * Mean potential.
   *
   * @return the mean
   */
  public double mean() {
    return mean;
  }

  /**
   * Standard deviation of the potentials.
   *
   * @return the deviation, 0 or more
   */
  public double deviation() {
    return deviation;
  }

  /**
   * Smallest potential.
   *
   * @return the minimum
   */
  public double min() {
    return min;
  }

  /**
   * Largest potential.
   *
   * @return the maximum
   */
  public double max() {
    return max;
  }

  /**
   * Share of potentials that reach the threshold.
   *
   * @return 0 to 1; the firing rate, if the threshold is fixed
   */
  public double aboveShare() {
    return aboveShare;
  }

  /**
   * Share of potentials at which the surrogate is at least half as steep as at the threshold.
   *
   * @return 0 to 1
   */
  public double openShare() {
    return openShare;
  }

  /**
   * Threshold of these neurons.
   *
   * @return {@code vTh}
   */
  public double threshold() {
    return threshold;
  }

  void writeTo(DataOutput out) throws IOException {
    for (double v : values()) {
      out.writeDouble(v);
    }
  }

  static MembraneStatistics readFrom(DataInput in) throws IOException {
    return new MembraneStatistics(in);
  }

  private double[] values() {
    return new double[] {mean, deviation, min, max, aboveShare, openShare, threshold};
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof MembraneStatistics
        && Arrays.equals(values(), ((MembraneStatistics) o).values());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values());
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "potential %.4f +- %.4f, %.4f to %.4f, %.1f %% above %s, surrogate open for %.1f %%",
        mean,
        deviation,
        min,
        max,
        100 * aboveShare,
        threshold,
        100 * openShare);
  }
}
