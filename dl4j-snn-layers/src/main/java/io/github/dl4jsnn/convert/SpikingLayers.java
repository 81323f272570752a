package io.github.dl4jsnn.convert;

import io.github.dl4jsnn.conf.AbstractNeuronLayer;
import io.github.dl4jsnn.conf.LifLayer;
import io.github.dl4jsnn.conf.NeuronLayer;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikingConvolution;
import io.github.dl4jsnn.conf.SpikingDense;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Recurrence;
import io.github.dl4jsnn.neuron.Reset;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;

/** The spiking counterparts of layers. */
final class SpikingLayers {

  private SpikingLayers() {}

  /** The affine map of a node, with a bias; {@code foldedSteps} 0 on constant currents. */
  static Layer affine(Node node, int foldedSteps) {
    if (node.layer instanceof ConvolutionLayer) {
      ConvolutionLayer c = (ConvolutionLayer) node.layer;
      return new SpikingConvolution.Builder(c.getKernelSize())
          .stride(c.getStride())
          .padding(c.getPadding())
          .dilation(c.getDilation())
          .convolutionMode(c.getConvolutionMode())
          .nOut(node.weights.size(0))
          .build();
    }
    SpikingDense.Builder dense = new SpikingDense.Builder().nOut(node.weights.size(1));
    return (foldedSteps > 0 ? dense.foldedTimeSteps(foldedSteps) : dense).build();
  }

  /**
   * Integrate-and-fire neurons with reset by subtraction.
   *
   * <p>An initial potential of half the threshold is had, exactly, by shifting potentials by it:
   * neurons that start at 0, fire at half the threshold, and lose the whole of it, one half by the
   * reset, the other by a feedback of their own spikes, whose weights {@link #feedback} gives.
   */
  static Layer neurons(double threshold, boolean half, boolean constant, int steps) {
    return half
        ? held(
                new NeuronLayer.Builder()
                    .neuron(integrator(threshold / 2))
                    .recurrence(Recurrence.ONE_TO_ONE),
                constant,
                steps)
            .build()
        : held(new LifLayer.Builder().neuron(integrator(threshold)), constant, steps).build();
  }

  /** Weight of the feedback of neurons that start at half their threshold. */
  static double feedback(double threshold) {
    return -threshold / 2;
  }

  private static <B extends AbstractNeuronLayer.Builder<B>> B held(
      B builder, boolean constant, int steps) {
    return constant ? builder.timeSteps(steps) : builder.foldedTimeSteps(steps);
  }

  private static LifParameters integrator(double threshold) {
    return LifParameters.builder().decay(1).reset(Reset.SOFT).threshold(threshold).build();
  }

  /** Mean over time, in the units of the network that was converted. */
  static Layer readout(double scale, int steps) {
    return new SpikeReadoutLayer.Builder(SpikeReadoutLayer.Mode.MEMBRANE_POTENTIAL)
        .scale(scale)
        .foldedTimeSteps(steps)
        .build();
  }

  static Layer loss(Node node) {
    if (node.layer instanceof LossLayer) {
      LossLayer loss = (LossLayer) node.layer;
      return new LossLayer.Builder(loss.getLossFn()).activation(loss.getActivationFn()).build();
    }
    BaseOutputLayer output = (BaseOutputLayer) node.layer;
    return new LossLayer.Builder(output.getLossFn()).activation(output.getActivationFn()).build();
  }
}
