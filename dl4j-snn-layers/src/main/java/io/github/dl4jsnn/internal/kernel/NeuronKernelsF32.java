package io.github.dl4jsnn.internal.kernel;

import io.github.dl4jsnn.neuron.AdaptiveLif;
import io.github.dl4jsnn.neuron.CustomNeuron;
import io.github.dl4jsnn.neuron.ExponentialIf;
import io.github.dl4jsnn.neuron.GatedLif;
import io.github.dl4jsnn.neuron.Izhikevich;
import io.github.dl4jsnn.neuron.KLif;
import io.github.dl4jsnn.neuron.LeakyIntegrator;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.ParametricLif;
import io.github.dl4jsnn.neuron.QuadraticIf;
import io.github.dl4jsnn.neuron.SynapticLif;

/** The kernel of each model of a neuron. */
public final class NeuronKernelsF32 {
  private NeuronKernelsF32() {}

  /**
   * The kernel of a neuron.
   *
   * @param neuron model and constants
   * @return its kernel
   * @throws IllegalArgumentException if there is none for its class
   */
  public static NeuronKernelF32 of(Neuron neuron) {
    if (neuron instanceof LifParameters) {
      return new LifStepKernelF32((LifParameters) neuron);
    }
    if (neuron instanceof AdaptiveLif) {
      return new AdaptiveLifKernelF32((AdaptiveLif) neuron);
    }
    if (neuron instanceof ExponentialIf) {
      return new ExponentialIfKernelF32((ExponentialIf) neuron);
    }
    if (neuron instanceof GatedLif) {
      return new GatedLifKernelF32((GatedLif) neuron);
    }
    if (neuron instanceof Izhikevich) {
      return new IzhikevichKernelF32((Izhikevich) neuron);
    }
    if (neuron instanceof KLif) {
      return new KLifKernelF32((KLif) neuron);
    }
    if (neuron instanceof LeakyIntegrator) {
      return new LeakyIntegratorKernelF32((LeakyIntegrator) neuron);
    }
    if (neuron instanceof ParametricLif) {
      return new ParametricLifKernelF32((ParametricLif) neuron);
    }
    if (neuron instanceof QuadraticIf) {
      return new QuadraticIfKernelF32((QuadraticIf) neuron);
    }
    if (neuron instanceof SynapticLif) {
      return new SynapticLifKernelF32((SynapticLif) neuron);
    }
    if (neuron instanceof CustomNeuron) {
      return new CustomKernelF32((CustomNeuron) neuron);
    }
    throw new IllegalArgumentException(
        "There is no kernel for "
            + neuron.getClass().getName()
            + "; a neuron of your own implements CustomNeuron");
  }
}
