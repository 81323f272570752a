package io.github.dl4jsnn.zoo;

import io.github.dl4jsnn.neuron.BpsaSurrogate;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.RectangularSurrogate;
import io.github.dl4jsnn.neuron.ResetGradient;

/**
 * How errors pass through spikes in a {@link BpsaNetwork}; the forward pass is the same.
 *
 * <p><b>Source.</b> G. Shen, D. Zhao, Y. Zeng, "Backpropagation with Biologically Plausible
 * Spatio-Temporal Adjustment for Training Deep Spiking Neural Networks", 2021, Eq. 9-10 and its
 * ablation; the baseline is that of Y. Wu et al., "Spatio-Temporal Backpropagation for Training
 * High-Performance Spiking Neural Networks", 2018.
 */
public enum TrainingRule {
  /** Rectangular window around the threshold; no error passes a spike in time. */
  STBP,
  /** Spatial adjustment: error flows only where a neuron fired, see {@link BpsaSurrogate}. */
  BPSA,
  /** And temporal adjustment: error crosses spikes, see {@link ResetGradient#BPTA}. */
  BPSA_BPTA;

  /**
   * Sets surrogate and reset gradient of a neuron.
   *
   * @param neuron its constants; hard reset to 0
   * @param alpha share of the error that crosses a spike, used by {@link #BPSA_BPTA}
   * @return the same neuron under this rule
   */
  LifParameters applyTo(LifParameters neuron, double alpha) {
    LifParameters.Builder b = neuron.toBuilder();
    b.surrogate(this == STBP ? new RectangularSurrogate() : new BpsaSurrogate());
    return this == BPSA_BPTA
        ? b.bpta(alpha).build()
        : b.resetGradient(ResetGradient.DETACHED).build();
  }
}
