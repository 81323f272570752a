package io.github.dl4jsnn.zoo;

import java.util.Objects;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;

/**
 * Spikformer that forecasts series: from the last L readings of C channels, the next H of each.
 *
 * <pre>
 *   embedding, positional encoding, blocks      [N, L, C] to [N, T*L, D]
 *   firing rates of the last position           [N, D]
 *   affine map, mean squared error              [N, H*C], column h C + c
 * </pre>
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

  /** What the forecast is read from. */
  public enum Readout {
    /** Firing rates of the last position. */
    LAST,
    /** Firing rates over all positions. */
    MEAN
  }

  private final Readout readout;

  private SpikformerForecaster(Builder builder) {
    super(builder);
    this.readout = builder.readout;
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

  @Override
  String addReadout(GraphBuilder graph, String input) {
    return readout == Readout.MEAN
        ? addMeanRates(graph, "readout", input)
        : super.addReadout(graph, input);
  }

  /** Builder of {@link SpikformerForecaster}. */
  public static final class Builder extends AbstractSpikformer.Builder<Builder> {
    private final ForecastTask task;
    private Readout readout = Readout.LAST;

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
     * @param readout default {@link Readout#LAST}
     * @return this builder
     */
    public Builder readout(Readout readout) {
      this.readout = Objects.requireNonNull(readout, "readout");
      return this;
    }

    @Override
    public SpikformerForecaster build() {
      return new SpikformerForecaster(this);
    }
  }
}
