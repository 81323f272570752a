package io.github.dl4jsnn.testing;

import io.github.dl4jsnn.neuron.AdaptiveLif;
import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.ExponentialIf;
import io.github.dl4jsnn.neuron.Firing;
import io.github.dl4jsnn.neuron.GatedLif;
import io.github.dl4jsnn.neuron.Izhikevich;
import io.github.dl4jsnn.neuron.KLif;
import io.github.dl4jsnn.neuron.LeakyIntegrator;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.ParametricLif;
import io.github.dl4jsnn.neuron.QuadraticIf;
import io.github.dl4jsnn.neuron.Reset;
import io.github.dl4jsnn.neuron.ResetGradient;
import io.github.dl4jsnn.neuron.Sharing;
import io.github.dl4jsnn.neuron.SpikingNeuron;
import io.github.dl4jsnn.neuron.SynapticLif;
import java.util.ArrayList;
import java.util.List;

/** One neuron of each model, with constants off their defaults, in each variant that it has. */
public final class NeuronModels {
  private static final double THRESHOLD = 0.6;

  private NeuronModels() {}

  /**
   * Each model with hard, soft and no reset, exact, detached and BPTA.
   *
   * @return neurons
   */
  public static List<Neuron> all() {
    List<Neuron> neurons = new ArrayList<>();
    for (Reset reset : Reset.values()) {
      for (ResetGradient gradient : ResetGradient.values()) {
        if (gradient != ResetGradient.BPTA || reset == Reset.HARD) {
          neurons.addAll(spiking(reset, gradient, Firing.SPIKE));
        }
      }
    }
    neurons.add(new LeakyIntegrator(0.7));
    neurons.add(new LeakyIntegrator(0.6, Sharing.FEATURE, true));
    return neurons;
  }

  /**
   * Each model, differentiable: smooth firing, exact reset.
   *
   * @return neurons
   */
  public static List<Neuron> smooth() {
    List<Neuron> neurons = new ArrayList<>();
    for (Reset reset : Reset.values()) {
      neurons.addAll(spiking(reset, ResetGradient.EXACT, Firing.SMOOTH));
    }
    neurons.add(new LeakyIntegrator(0.7));
    neurons.add(new LeakyIntegrator(0.6, Sharing.FEATURE, true));
    return neurons;
  }

  private static List<Neuron> spiking(Reset reset, ResetGradient gradient, Firing firing) {
    List<Neuron> neurons = new ArrayList<>(leaky(reset, gradient, firing));
    neurons.addAll(nonlinear(reset, gradient, firing));
    if (reset == Reset.NONE) {
      neurons.add(
          common(
                  GatedLif.builder()
                      .leakGate(0.4)
                      .inputGate(0.3)
                      .resetGate(0.6)
                      .decay(0.7)
                      .train(Sharing.FEATURE),
                  reset,
                  gradient,
                  firing)
              .build());
    }
    return neurons;
  }

  private static List<Neuron> nonlinear(Reset reset, ResetGradient gradient, Firing firing) {
    return List.of(
        common(
                KLif.builder()
                    .decay(0.7)
                    .scale(1.2)
                    .trainScale(Sharing.FEATURE)
                    .trainDecay(Sharing.LAYER)
                    .decayInput(true),
                reset,
                gradient,
                firing)
            .build(),
        common(QuadraticIf.builder().tau(1.5).curvature(0.8), reset, gradient, firing).build(),
        common(ExponentialIf.builder().tau(1.6).sharpness(1.2), reset, gradient, firing).build(),
        common(
                Izhikevich.builder().recoverySensitivity(0.3).recoveryJump(0.2).recoveryTau(3),
                reset,
                gradient,
                firing)
            .build());
  }

  private static List<Neuron> leaky(Reset reset, ResetGradient gradient, Firing firing) {
    return List.of(
        common(
                ParametricLif.builder().decay(0.7).trainThreshold(Sharing.FEATURE),
                reset,
                gradient,
                firing)
            .build(),
        common(
                ParametricLif.builder().decay(0.6).decayInput(true).trainDecay(Sharing.FEATURE),
                reset,
                gradient,
                firing)
            .build(),
        common(
                AdaptiveLif.builder()
                    .decay(0.8)
                    .adaptationDecay(0.7)
                    .adaptationStrength(0.4)
                    .trainDecay(Sharing.FEATURE)
                    .trainAdaptationDecay(Sharing.LAYER)
                    .trainAdaptationStrength(Sharing.FEATURE)
                    .trainThreshold(Sharing.LAYER),
                reset,
                gradient,
                firing)
            .build(),
        common(
                SynapticLif.builder()
                    .decay(0.7)
                    .currentDecay(0.6)
                    .trainDecay(Sharing.LAYER)
                    .trainCurrentDecay(Sharing.FEATURE),
                reset,
                gradient,
                firing)
            .build());
  }

  private static <B extends SpikingNeuron.Builder<B>> B common(
      B builder, Reset reset, ResetGradient gradient, Firing firing) {
    return builder
        .threshold(THRESHOLD)
        .reset(reset)
        .resetGradient(gradient)
        .resetPotential(reset == Reset.HARD ? -0.15 : 0)
        .surrogate(new ArctanSurrogate(2.5))
        .firing(firing);
  }

  /**
   * Short name.
   *
   * @param neuron of any model
   * @return model, reset, reset gradient
   */
  public static String name(Neuron neuron) {
    String model = neuron.getClass().getSimpleName();
    if (!(neuron instanceof SpikingNeuron)) {
      return model;
    }
    SpikingNeuron p = (SpikingNeuron) neuron;
    return model + " " + p.getReset() + " " + p.getResetGradient();
  }
}
