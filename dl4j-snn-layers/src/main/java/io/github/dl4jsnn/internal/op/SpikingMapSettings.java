package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.neuron.Neuron;

/** What a {@link SpikingMapOp} must know besides its parameters. Immutable. */
public final class SpikingMapSettings {
  final String layer;
  final int timeSteps;
  final boolean repeat;
  final Neuron neuron;
  final boolean normalised;
  final double eps;
  final double decay;
  final ConvolutionTaps taps;

  /**
   * Settings.
   *
   * @param layer what error messages call the layer
   * @param timeSteps T
   * @param repeat whether the input is a constant current for all steps
   * @param neuron model and constants
   * @param normalised whether there is a batch normalisation
   * @param eps added to the variance
   * @param decay of the running statistics
   * @param taps of a convolution over the positions, or null for a map of each position
   */
  public SpikingMapSettings(
      String layer,
      int timeSteps,
      boolean repeat,
      Neuron neuron,
      boolean normalised,
      double eps,
      double decay,
      ConvolutionTaps taps) {
    this.layer = layer;
    this.timeSteps = timeSteps;
    this.repeat = repeat;
    this.neuron = neuron;
    this.normalised = normalised;
    this.eps = eps;
    this.decay = decay;
    this.taps = taps;
  }
}
