package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dl4jsnn.neuron.AdaptiveLif;
import io.github.dl4jsnn.neuron.GatedLif;
import io.github.dl4jsnn.neuron.Izhikevich;
import io.github.dl4jsnn.neuron.KLif;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.ParametricLif;
import io.github.dl4jsnn.neuron.QuadraticIf;
import io.github.dl4jsnn.neuron.SpikingNeuron;
import io.github.dl4jsnn.neuron.SynapticLif;
import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.QuietSameDiff;
import io.github.dl4jsnn.testing.Values;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Ties of all neurons: a potential equal to the threshold fires, the next smaller does not. */
@ExtendWith(QuietSameDiff.class)
class NeuronThresholdTest {
  private static final double THRESHOLD = 0.1;

  /** Neurons whose first potential is the current itself, or half of it. */
  static Stream<Arguments> neurons() {
    return Stream.of(
            arguments(at(ParametricLif.builder().trainDecay(null)).build(), 1),
            arguments(at(ParametricLif.builder().trainDecay(null).decayInput(true)).build(), 2),
            arguments(at(SynapticLif.builder()).build(), 1),
            arguments(at(AdaptiveLif.builder()).build(), 1),
            arguments(at(KLif.builder().trainScale(null)).build(), 1),
            arguments(at(QuadraticIf.builder()).build(), 2),
            arguments(at(Izhikevich.builder().restPotential(0)).build(), 2),
            arguments(at(GatedLif.builder().train(null).leakGate(1).inputGate(0)).build(), 1))
        .flatMap(
            a ->
                typesAndBackends()
                    .map(b -> arguments(a.get()[0], a.get()[1], b.get()[0], b.get()[1])));
  }

  static Stream<Arguments> typesAndBackends() {
    return Stream.of(DataType.FLOAT, DataType.DOUBLE)
        .flatMap(t -> Stream.of(arguments(t, Backend.FUSED), arguments(t, Backend.SAMEDIFF)));
  }

  private static <B extends SpikingNeuron.Builder<B>> B at(B builder) {
    return builder.threshold(THRESHOLD);
  }

  private static double[] spikes(
      Neuron neuron, DataType type, Backend backend, int steps, double... x) {
    return Values.of(
        Backends.layer(
                new NeuronLayer.Builder().neuron(neuron).backend(backend).build(),
                InputType.recurrent(x.length / steps, steps, RNNFormat.NWC),
                Values.array(x, type, 1, steps, x.length / steps),
                null)
            .output);
  }

  private static double next(double v, DataType type, boolean up) {
    double to = up ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    return type == DataType.FLOAT ? Math.nextAfter((float) v, to) : Math.nextAfter(v, to);
  }

  @ParameterizedTest(name = "{0} {2} {3}")
  @MethodSource("neurons")
  void aTieFiresAndTheNextSmallerPotentialDoesNot(
      SpikingNeuron neuron, double factor, DataType type, Backend backend) {
    double tie = type == DataType.FLOAT ? (float) THRESHOLD : THRESHOLD;
    double[] x = {tie, next(tie, type, false), next(tie, type, true), 0};
    for (int i = 0; i < x.length; i++) {
      x[i] *= factor; // 1 or 2, exact
    }
    assertThat(spikes(neuron, type, backend, 1, x)).containsExactly(1, 0, 1, 0);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("typesAndBackends")
  void aTieWithAnAdaptedThresholdFires(DataType type, Backend backend) {
    // one spike raises the threshold to 1 + 0.5
    Neuron neuron = AdaptiveLif.builder().adaptationDecay(0.5).build();
    double below = next(1.5, type, false);
    assertThat(spikes(neuron, type, backend, 2, 1, 1, 1.5, below)).containsExactly(1, 1, 1, 0);
  }
}
