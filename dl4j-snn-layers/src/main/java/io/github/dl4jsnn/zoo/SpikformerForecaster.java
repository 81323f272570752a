package io.github.dl4jsnn.zoo;

/**
 * Spikformer that forecasts series: from the last L readings of C channels, the next H of each.
 *
 * <pre>
 *   embedding, positional encoding, blocks      [N, L, C] to [N, T*L, D]
 *   firing rates of the last position           [N, D], or of all: {@link ForecastReadout}
 *   affine map, mean squared error              [N, H*C], column h C + c
 * </pre>
 *
 * <p>With a {@link SeriesLevel}, it sees and forecasts differences from the level of the window.
 *
 * <pre>{@code
 * ComputationGraph net =
 *     SpikformerForecaster.builder(207, 12, 24).hidden(128).positionalEncoding(CPG).build().init();
 * }</pre>
 *
 * <p><b>Inputs.</b> {@code [N, L, C]} in NWC; a feature mask {@code [N, L]} marks missing readings
 * with 0, and the last position is the last that is there. <b>Labels.</b> {@code [N, H*C]}.
 *
 * <p><b>Source.</b> C. Lv, D. Han, Y. Wang, X. Zheng, X. Huang, D. Li, "Advancing Spiking Neural
 * Networks for Sequential Modeling with Central Pattern Generators", NeurIPS 2024, section 4.1 and
 * Appendix A: T = 4, 2 blocks, D = 256, R = 4.
 */
public final class SpikformerForecaster extends AbstractSpikformer {

  private SpikformerForecaster(Builder builder) {
    super(builder);
  }

  /**
   * A builder with the defaults.
   *
   * @param channels C, at least 1
   * @param inputLength L, at least 1
   * @param horizon H, at least 1
   * @return a builder
   */
  public static Builder builder(int channels, int inputLength, int horizon) {
    return new Builder(channels, inputLength, horizon);
  }

  /** Builder of {@link SpikformerForecaster}. */
  public static final class Builder extends AbstractSpikformer.Builder<Builder> {
    private ForecastTask task;

    private Builder(int channels, int inputLength, int horizon) {
      this.task = new ForecastTask(label(), channels, inputLength, horizon);
    }

    @Override
    SequenceTask task() {
      return task;
    }

    /**
     * Sets what the forecast is read from.
     *
     * @param readout default {@link ForecastReadout#LAST}
     * @return this builder
     */
    public Builder readout(ForecastReadout readout) {
      task = task.withReadout(readout);
      return this;
    }

    /**
     * Sets what is taken for the level of a window.
     *
     * @param level default {@link SeriesLevel#NONE}
     * @return this builder
     */
    public Builder level(SeriesLevel level) {
      task = task.withLevel(level);
      return this;
    }

    @Override
    public SpikformerForecaster build() {
      return new SpikformerForecaster(this);
    }
  }
}
