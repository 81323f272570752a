package io.github.dl4jsnn.zoo;

import io.github.dl4jsnn.conf.LastTimeStepLayer;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;

/** Forecasters without spikes. */
abstract class AbstractForecaster extends AbstractSequenceNetwork {
  AbstractForecaster(Builder<?> builder) {
    super(builder);
  }

  @Override
  final String addReadout(GraphBuilder graph, String input) {
    graph.addLayer(
        "readout",
        task().readsLastPosition()
            ? new LastTimeStepLayer.Builder().build()
            : new SpikeReadoutLayer.Builder().build(),
        input);
    return "readout";
  }

  /**
   * What the builders of these forecasters share.
   *
   * @param <T> the builder
   */
  @SuppressWarnings("unchecked")
  public abstract static class Builder<T extends Builder<T>>
      extends AbstractSequenceNetwork.Builder<T> {
    private ForecastTask task;

    Builder(int channels, int inputLength, int horizon) {
      this.task = new ForecastTask(label(), channels, inputLength, horizon);
    }

    @Override
    final SequenceTask task() {
      return task;
    }

    /**
     * Sets what the forecast is read from.
     *
     * @param readout default {@link ForecastReadout#LAST}
     * @return this builder
     */
    public T readout(ForecastReadout readout) {
      task = task.withReadout(readout);
      return (T) this;
    }

    /**
     * Sets what is taken for the level of a window.
     *
     * @param level default {@link SeriesLevel#NONE}
     * @return this builder
     */
    public T level(SeriesLevel level) {
      task = task.withLevel(level);
      return (T) this;
    }
  }
}
