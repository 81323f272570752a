package io.github.dl4jsnn.examples;

import static io.github.dl4jsnn.position.PositionalEncoding.CPG;
import static io.github.dl4jsnn.position.PositionalEncoding.FLOAT;
import static io.github.dl4jsnn.position.PositionalEncoding.NONE;

import io.github.dl4jsnn.position.PositionalEncoding;
import io.github.dl4jsnn.series.SeriesWindows;
import io.github.dl4jsnn.zoo.AbstractSequenceNetwork;
import io.github.dl4jsnn.zoo.AbstractSpikeNetwork;
import io.github.dl4jsnn.zoo.RnnForecaster;
import io.github.dl4jsnn.zoo.SpikeRnnForecaster;
import io.github.dl4jsnn.zoo.SpikeTcnForecaster;
import io.github.dl4jsnn.zoo.SpikformerForecaster;
import io.github.dl4jsnn.zoo.TcnForecaster;
import io.github.dl4jsnn.zoo.TransformerForecaster;
import java.util.EnumSet;
import java.util.Set;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** The networks that forecast series: spiking ones and their counterparts, all of one size. */
enum ForecastModel {
  /** Causal, dilated convolutions of spikes. */
  SPIKE_TCN("SpikeTCN", EnumSet.of(NONE, CPG)),
  /** Spiking neurons that are recurrent over positions. */
  SPIKE_RNN("SpikeRNN", EnumSet.of(NONE, CPG)),
  /** Spiking transformer. */
  SPIKFORMER("Spikformer", EnumSet.allOf(PositionalEncoding.class)),
  /** Causal, dilated convolutions. */
  TCN("TCN", EnumSet.of(NONE)),
  /** Recurrent layers. */
  RNN("RNN", EnumSet.of(NONE)),
  /** Transformer with softmax attention. */
  TRANSFORMER("Transformer", EnumSet.of(NONE, FLOAT));

  /** The name in tables. */
  final String system;

  private final Set<PositionalEncoding> encodings;

  ForecastModel(String system, Set<PositionalEncoding> encodings) {
    this.system = system;
    this.encodings = encodings;
  }

  /** Whether this system can have that encoding. */
  boolean takes(PositionalEncoding encoding) {
    return encodings.contains(encoding);
  }

  /** How it learns, for tables. */
  String method() {
    return takes(CPG) ? "STBP" : "BP";
  }

  /** A new network for these windows. */
  ComputationGraph network(
      SeriesWindows w, PositionalEncoding pe, ForecastSettings s, double rate, long seed) {
    return builder(w, pe, s)
        .hidden(s.hidden)
        .dropOut(1 - s.dropout)
        .adamW(s.optimizer(rate))
        .seed(seed)
        .build()
        .init();
  }

  private AbstractSequenceNetwork.Builder<?> builder(
      SeriesWindows w, PositionalEncoding pe, ForecastSettings s) {
    int channels = w.channels();
    int length = w.inputLength();
    int horizon = w.horizon();
    switch (this) {
      case SPIKE_TCN:
        return spiking(
            SpikeTcnForecaster.builder(channels, length, horizon)
                .blocks(s.blocks)
                .readout(s.readout)
                .level(s.level),
            pe,
            s);
      case SPIKE_RNN:
        return spiking(
            SpikeRnnForecaster.builder(channels, length, horizon)
                .layers(s.blocks)
                .readout(s.readout)
                .level(s.level),
            pe,
            s);
      case SPIKFORMER:
        return spiking(
            SpikformerForecaster.builder(channels, length, horizon)
                .blocks(s.blocks)
                .heads(s.heads)
                .readout(s.readout)
                .level(s.level),
            pe,
            s);
      case TCN:
        return TcnForecaster.builder(channels, length, horizon)
            .blocks(s.blocks)
            .readout(s.readout)
            .level(s.level);
      case RNN:
        return RnnForecaster.builder(channels, length, horizon)
            .layers(s.blocks)
            .readout(s.readout)
            .level(s.level);
      default:
        return TransformerForecaster.builder(channels, length, horizon)
            .blocks(s.blocks)
            .heads(s.heads)
            .readout(s.readout)
            .level(s.level)
            .positionalEncoding(pe == FLOAT);
    }
  }

  private static AbstractSpikeNetwork.Builder<?> spiking(
      AbstractSpikeNetwork.Builder<?> builder, PositionalEncoding pe, ForecastSettings s) {
    return builder.timeSteps(s.timeSteps).positionalEncoding(pe).code(s.code(pe));
  }

  /** The name of an encoding in tables. */
  static String label(PositionalEncoding encoding) {
    switch (encoding) {
      case NONE:
        return "none";
      case FLOAT:
        return "Float-PE";
      case RANDOM:
        return "Random-PE";
      case CPG_FULL:
        return "CPG-Full";
      default:
        return encoding.name();
    }
  }
}
