package io.github.dl4jsnn.learning;

import java.util.Objects;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Cosine learning-rate schedule with linear warm-up and warm restarts (SGDR).
 *
 * <pre>
 *   warm-up, s &lt; W:   v(s) = max * (s + 1) / (W + 1)
 *   then, c = s - W:     v(s) = min + (max - min) / 2 * (1 + cos(pi * r / P))
 * </pre>
 *
 * <p>{@code s} counts iterations or epochs from 0, as DL4J does; {@code r} is the number of steps
 * since the last restart and {@code P} the length of the running cycle: {@code period} at first,
 * each next one {@code periodFactor} times as long (rounded). Each restart begins again at {@code
 * max * maxFactor^restarts}. Without restarts the value stays at min once the cycle is over.
 *
 * <p>It goes wherever DL4J takes an {@link ISchedule}: {@code new Adam(schedule)}. Immutable; saved
 * with the network.
 *
 * <p><b>Source.</b> I. Loshchilov, F. Hutter, "SGDR: Stochastic Gradient Descent with Warm
 * Restarts", ICLR 2017, Eq. 5; the warm-up is the usual linear one.
 */
public final class CosineSchedule implements ISchedule {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final ScheduleType scheduleType;
  @JsonProperty private final double max;
  @JsonProperty private final double min;
  @JsonProperty private final int warmUp;
  @JsonProperty private final int period;
  @JsonProperty private final boolean restarts;
  @JsonProperty private final double periodFactor;
  @JsonProperty private final double maxFactor;

  @JsonCreator
  private CosineSchedule(
      @JsonProperty("scheduleType") ScheduleType scheduleType,
      @JsonProperty("max") double max,
      @JsonProperty("min") double min,
      @JsonProperty("warmUp") int warmUp,
      @JsonProperty("period") int period,
      @JsonProperty("restarts") boolean restarts,
      @JsonProperty("periodFactor") double periodFactor,
      @JsonProperty("maxFactor") double maxFactor) {
    this.scheduleType = Objects.requireNonNull(scheduleType, "scheduleType");
    this.max = max;
    this.min = min;
    this.warmUp = warmUp;
    this.period = period;
    this.restarts = restarts;
    this.periodFactor = periodFactor;
    this.maxFactor = maxFactor;
  }

  private CosineSchedule(Builder b) {
    this(b.scheduleType, b.max, b.min, b.warmUp, b.period, b.restarts, b.periodFactor, b.maxFactor);
  }

  /**
   * A builder.
   *
   * @param scheduleType what is counted: iterations or epochs
   * @param max highest value, above 0
   * @param period steps of the first cosine cycle, at least 1
   * @return a builder of a schedule that ends at 0, without warm-up and restarts
   * @throws IllegalArgumentException if a value is outside
   */
  public static Builder builder(ScheduleType scheduleType, double max, int period) {
    return new Builder(scheduleType, max, period);
  }

  @Override
  public double valueAt(int iteration, int epoch) {
    int step = scheduleType == ScheduleType.EPOCH ? epoch : iteration;
    if (step < warmUp) {
      return max * (step + 1) / (warmUp + 1);
    }
    long sinceRestart = step - warmUp;
    long cycle = period;
    double top = max;
    while (restarts && sinceRestart >= cycle) {
      sinceRestart -= cycle;
      cycle = Math.max(1, Math.round(cycle * periodFactor));
      top *= maxFactor;
    }
    double share = Math.min(1, (double) sinceRestart / cycle);
    return min + (Math.max(top, min) - min) / 2 * (1 + Math.cos(Math.PI * share));
  }

  @Override
  @SuppressWarnings({"PMD.ProperCloneImplementation", "MethodDoesntCallSuperMethod"}) // immutable
  public ISchedule clone() {
    return this;
  }

  @Override
  public boolean equals(Object o) {
    if (!(o instanceof CosineSchedule)) {
      return false;
    }
    CosineSchedule s = (CosineSchedule) o;
    return scheduleType == s.scheduleType
        && Double.compare(max, s.max) == 0
        && Double.compare(min, s.min) == 0
        && warmUp == s.warmUp
        && period == s.period
        && restarts == s.restarts
        && Double.compare(periodFactor, s.periodFactor) == 0
        && Double.compare(maxFactor, s.maxFactor) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(scheduleType, max, min, warmUp, period, restarts, periodFactor, maxFactor);
  }

  @Override
  public String toString() {
    return String.format(
        "CosineSchedule(%s, max=%s, min=%s, warmUp=%d, period=%d, restarts=%s, periodFactor=%s,"
            + " maxFactor=%s)",
        scheduleType, max, min, warmUp, period, restarts, periodFactor, maxFactor);
  }

  /** Builder of {@link CosineSchedule}. */
  public static final class Builder {
    private final ScheduleType scheduleType;
    private final double max;
    private final int period;
    private double min;
    private int warmUp;
    private boolean restarts;
    private double periodFactor = 1;
    private double maxFactor = 1;

    private Builder(ScheduleType scheduleType, double max, int period) {
      this.scheduleType = Objects.requireNonNull(scheduleType, "scheduleType");
      check(max > 0 && Double.isFinite(max), "max must be above 0", max);
      check(period >= 1, "period must be at least 1", period);
      this.max = max;
      this.period = period;
    }

    /**
     * Sets the lowest value.
     *
     * @param min at least 0 and not above max; default 0
     * @return this builder
     * @throws IllegalArgumentException if it is outside
     */
    public Builder min(double min) {
      check(min >= 0 && min <= max, "min must be in [0, max]", min);
      this.min = min;
      return this;
    }

    /**
     * Sets the length of the warm-up, which comes before the first cycle.
     *
     * @param warmUp steps, at least 0; default 0
     * @return this builder
     * @throws IllegalArgumentException if it is negative
     */
    public Builder warmUp(int warmUp) {
      check(warmUp >= 0, "warmUp must be at least 0", warmUp);
      this.warmUp = warmUp;
      return this;
    }

    /**
     * Restarts at the end of each cycle.
     *
     * @param periodFactor length of a cycle over that of the one before, at least 1; T_mult of SGDR
     * @param maxFactor highest value of a cycle over that of the one before, in (0, 1]; 1 in SGDR
     * @return this builder
     * @throws IllegalArgumentException if a value is outside
     */
    public Builder restarts(double periodFactor, double maxFactor) {
      check(
          periodFactor >= 1 && Double.isFinite(periodFactor),
          "periodFactor must be at least 1",
          periodFactor);
      check(maxFactor > 0 && maxFactor <= 1, "maxFactor must be in (0, 1]", maxFactor);
      this.restarts = true;
      this.periodFactor = periodFactor;
      this.maxFactor = maxFactor;
      return this;
    }

    /**
     * Builds the schedule.
     *
     * @return an immutable schedule
     */
    public CosineSchedule build() {
      return new CosineSchedule(this);
    }

    private static void check(boolean holds, String what, Number value) {
      if (!holds) {
        throw new IllegalArgumentException("CosineSchedule: " + what + ", was " + value);
      }
    }
  }
}
