package io.github.dl4jsnn.position;

import java.util.Objects;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * CPG-PE: positions coded in spikes by pairs of rhythmic neurons (central pattern generators).
 *
 * <pre>
 *   c[2i-1](p) = H(cos(eta * p / tau^(i/P)) - vth),   c[2i](p) = H(sin(eta * p / tau^(i/P)) - vth)
 * </pre>
 *
 * <p>for the pairs {@code i = 1..P} at position {@code p}; {@code H} is 1 from 0 on. The code has
 * {@code 2P} numbers and no parameters to train.
 *
 * <p><b>Settings decide</b> whether positions share a code: with the usual P = 20 and eta = 1, 57 %
 * of 4096 positions do. The default here, P = 32 and eta = 2 pi, tells the first 4096 apart; {@link
 * #unique} finds the fewest pairs for a length, and {@link RepetitionRate} measures any code.
 *
 * <p><b>Source.</b> C. Lv, D. Han, Y. Wang, X. Zheng, X. Huang, D. Li, "Advancing Spiking Neural
 * Networks for Sequential Modeling with Central Pattern Generators", NeurIPS 2024, Eq. 11-12. Its
 * settings: threshold 0.8, P of 5 or 20, tau from 100 to 10,000.
 */
public final class CpgCode implements PositionalCode {
  private static final long serialVersionUID = 1L;

  /** Most pairs that {@link #unique} tries. */
  private static final int MOST_PAIRS = 512;

  @JsonProperty private final int pairs;
  @JsonProperty private final double period;
  @JsonProperty private final double eta;
  @JsonProperty private final double threshold;

  @JsonCreator
  private CpgCode(
      @JsonProperty("pairs") int pairs,
      @JsonProperty("period") double period,
      @JsonProperty("eta") double eta,
      @JsonProperty("threshold") double threshold) {
    this.pairs = pairs;
    this.period = period;
    this.eta = eta;
    this.threshold = threshold;
  }

  /**
   * A builder with the defaults.
   *
   * @return P = 32, tau = 10,000, eta = 2 pi, threshold 0.8
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The code with the fewest pairs, of the defaults otherwise, that tells positions apart.
   *
   * @param positions T times L, at least 1
   * @return a code of repetition rate 0 over these positions, and so over fewer
   * @throws IllegalArgumentException if positions is below 1, or there is none of up to 512 pairs
   */
  public static CpgCode unique(int positions) {
    if (positions < 1) {
      throw new IllegalArgumentException("CpgCode: positions must be at least 1, was " + positions);
    }
    for (int pairs = 1; pairs <= MOST_PAIRS; pairs++) {
      CpgCode code = builder().pairs(pairs).build();
      if (RepetitionRate.of(code, positions) == 0) {
        return code;
      }
    }
    throw new IllegalArgumentException(
        "CpgCode: no code of up to "
            + MOST_PAIRS
            + " pairs with eta 2 pi and tau 10,000 tells "
            + positions
            + " positions apart; set a larger period");
  }

  /**
   * Number of pairs of neurons.
   *
   * @return P
   */
  public int getPairs() {
    return pairs;
  }

  /**
   * Base period: the slowest pair has tau times the angle of a unit.
   *
   * @return tau
   */
  public double getPeriod() {
    return period;
  }

  /**
   * Angle of the fastest possible pair from one position to the next, in radians.
   *
   * @return eta
   */
  public double getEta() {
    return eta;
  }

  /**
   * Threshold of the neurons.
   *
   * @return vth
   */
  public double getThreshold() {
    return threshold;
  }

  @Override
  public int width() {
    return 2 * pairs;
  }

  @Override
  public boolean isBinary() {
    return true;
  }

  @Override
  public void encode(long position, double[] code) {
    for (int i = 0; i < pairs; i++) {
      double angle = eta * position / Math.pow(period, (i + 1.0) / pairs);
      code[2 * i] = Math.cos(angle) >= threshold ? 1 : 0;
      code[2 * i + 1] = Math.sin(angle) >= threshold ? 1 : 0;
    }
  }

  @Override
  public boolean equals(Object o) {
    if (!(o instanceof CpgCode)) {
      return false;
    }
    CpgCode c = (CpgCode) o;
    return pairs == c.pairs
        && Double.compare(period, c.period) == 0
        && Double.compare(eta, c.eta) == 0
        && Double.compare(threshold, c.threshold) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(pairs, period, eta, threshold);
  }

  @Override
  public String toString() {
    return String.format(
        "CpgCode(pairs=%d, period=%s, eta=%s, threshold=%s)", pairs, period, eta, threshold);
  }

  /** Builder of {@link CpgCode}. */
  public static final class Builder {
    private int pairs = 32;
    private double period = 10_000;
    private double eta = 2 * Math.PI;
    private double threshold = 0.8;

    private Builder() {}

    /**
     * Sets the number of pairs.
     *
     * @param pairs P, at least 1; default 32
     * @return this builder
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder pairs(int pairs) {
      check(pairs >= 1, "pairs must be at least 1", pairs);
      this.pairs = pairs;
      return this;
    }

    /**
     * Sets the base period.
     *
     * @param period tau, above 1; default 10,000
     * @return this builder
     * @throws IllegalArgumentException if it is not above 1
     */
    public Builder period(double period) {
      check(period > 1 && Double.isFinite(period), "period must be above 1", period);
      this.period = period;
      return this;
    }

    /**
     * Sets the angle from one position to the next.
     *
     * @param eta radians, above 0; default 2 pi
     * @return this builder
     * @throws IllegalArgumentException if it is not above 0
     */
    public Builder eta(double eta) {
      check(eta > 0 && Double.isFinite(eta), "eta must be above 0", eta);
      this.eta = eta;
      return this;
    }

    /**
     * Sets the threshold.
     *
     * @param threshold in (-1, 1); default 0.8
     * @return this builder
     * @throws IllegalArgumentException if neurons would always or never fire
     */
    public Builder threshold(double threshold) {
      check(threshold > -1 && threshold < 1, "threshold must be in (-1, 1)", threshold);
      this.threshold = threshold;
      return this;
    }

    /**
     * Builds the code.
     *
     * @return an immutable code
     */
    public CpgCode build() {
      return new CpgCode(pairs, period, eta, threshold);
    }

    private static void check(boolean holds, String what, Number value) {
      if (!holds) {
        throw new IllegalArgumentException("CpgCode: " + what + ", was " + value);
      }
    }
  }
}
