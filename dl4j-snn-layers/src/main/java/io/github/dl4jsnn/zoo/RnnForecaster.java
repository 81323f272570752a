package io.github.dl4jsnn.zoo;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.nd4j.linalg.activations.Activation;

/**
 * Recurrent network that forecasts series, without spikes: what {@link SpikeRnnForecaster} is
 * compared with. Made of DL4J's own SimpleRnn, or LSTM, layers.
 *
 * <pre>
 *   y[l] = tanh(W x[l] + U y[l-1] + b)          [N, L, C] to [N, L, D], "layer0", "layer1", ...
 *   last position, affine map, squared error    [N, H*C], column h C + c
 * </pre>
 *
 * <p>{@link ForecastReadout} and {@link SeriesLevel} as for its counterpart with spikes.
 *
 * <p><b>Inputs.</b> {@code [N, L, C]} in NWC; a feature mask {@code [N, L]} marks missing readings
 * at the end with 0, and the last position is the last that is there. <b>Labels.</b> {@code [N,
 * H*C]}.
 *
 * <p><b>Source.</b> J. L. Elman, "Finding structure in time", Cognitive Science 14 (1990); S.
 * Hochreiter, J. Schmidhuber, "Long short-term memory", Neural Computation 9 (1997).
 */
public final class RnnForecaster extends AbstractForecaster {
  private final Builder s;

  private RnnForecaster(Builder builder) {
    super(builder);
    this.s = builder.copy();
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
  String addEncoder(GraphBuilder graph, String input) {
    String last = input;
    for (int i = 0; i < s.layers; i++) {
      // the input itself is not dropped
      graph.addLayer("layer" + i, layer(i == 0 ? 1 : retain()), last);
      last = "layer" + i;
    }
    return last;
  }

  private Layer layer(double retain) {
    Layer layer =
        s.lstm
            ? new LSTM.Builder().nOut(hidden()).activation(Activation.TANH).build()
            : new SimpleRnn.Builder().nOut(hidden()).activation(Activation.TANH).build();
    if (retain != 1) {
      layer.setIDropout(new Dropout(retain));
    }
    return layer;
  }

  /** Builder of {@link RnnForecaster}. */
  public static final class Builder extends AbstractForecaster.Builder<Builder> {
    private int layers = 2;
    private boolean lstm;

    private Builder(int channels, int inputLength, int horizon) {
      super(channels, inputLength, horizon);
    }

    /**
     * Sets the number of recurrent layers.
     *
     * @param layers at least 1; default 2
     * @return this builder
     */
    public Builder layers(int layers) {
      this.layers = size("layers", layers);
      return this;
    }

    /**
     * Whether the layers are LSTM.
     *
     * @param lstm default false: SimpleRnn, as large as the spiking layers
     * @return this builder
     */
    public Builder lstm(boolean lstm) {
      this.lstm = lstm;
      return this;
    }

    @Override
    public RnnForecaster build() {
      return new RnnForecaster(this);
    }
  }
}
