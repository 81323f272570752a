package io.github.dl4jsnn.zoo;

import io.github.dl4jsnn.conf.SpikeRecurrent;
import io.github.dl4jsnn.conf.SpikingLinear;

/** What recurs in a spiking recurrent network. */
public enum SpikeRnnCell {
  /** Spikes go from position to position: {@link SpikeRecurrent}. */
  POSITIONS,
  /**
   * Only the membrane goes on, over the spike steps of one position, and no position sees another:
   * {@link SpikingLinear} without batch normalisation. This is the SpikeRNN of SeqSNN, the code
   * that the CPG-PE paper's figures come from.
   */
  STEPS
}
