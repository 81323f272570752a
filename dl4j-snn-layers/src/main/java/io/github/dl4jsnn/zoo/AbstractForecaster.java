package io.github.dl4jsnn.zoo;

import io.github.dl4jsnn.conf.LastTimeStepLayer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;

/** Forecasters without spikes, read from the last position that is there. */
abstract class AbstractForecaster extends AbstractSequenceNetwork {
  AbstractForecaster(Builder<?> builder) {
    super(builder);
  }

  @Override
  final String addReadout(GraphBuilder graph, String input) {
    graph.addLayer("readout", new LastTimeStepLayer.Builder().build(), input);
    return "readout";
  }

  /**
   * What the builders of these forecasters share.
   *
   * @param <T> the builder
   */
  public abstract static class Builder<T extends Builder<T>>
      extends AbstractSequenceNetwork.Builder<T> {
    private final ForecastTask task;

    Builder(int channels, int inputLength, int horizon) {
      this.task = new ForecastTask(label(), channels, inputLength, horizon);
    }

    @Override
    final SequenceTask task() {
      return task;
    }
  }
}
