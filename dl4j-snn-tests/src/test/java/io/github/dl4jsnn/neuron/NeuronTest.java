package io.github.dl4jsnn.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.conf.NeuronLayer;
import io.github.dl4jsnn.testing.NeuronModels;
import java.util.HashSet;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The values that describe neurons. */
class NeuronTest {

  static List<Neuron> neurons() {
    return NeuronModels.all();
  }

  @ParameterizedTest
  @MethodSource("neurons")
  void survivesJson(Neuron neuron) {
    MultiLayerConfiguration conf =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(new NeuronLayer.Builder().neuron(neuron).nIn(3).build())
            .validateOutputLayerConfig(false)
            .build();
    MultiLayerConfiguration back = MultiLayerConfiguration.fromJson(conf.toJson());
    assertThat(((NeuronLayer) back.getConf(0).getLayer()).getNeuron()).isEqualTo(neuron);
    assertThat(((NeuronLayer) back.getConf(0).getLayer()).getNeuron()).hasSameHashCodeAs(neuron);
  }

  @Test
  void allDiffer() {
    assertThat(new HashSet<>(neurons())).hasSameSizeAs(neurons());
  }

  @Test
  void toBuilderKeepsEverything() {
    for (Neuron n : neurons()) {
      if (n instanceof ParametricLif) {
        assertThat(((ParametricLif) n).toBuilder().build()).isEqualTo(n);
      } else if (n instanceof GatedLif) {
        assertThat(((GatedLif) n).toBuilder().build()).isEqualTo(n);
      } else if (n instanceof AdaptiveLif) {
        assertThat(((AdaptiveLif) n).toBuilder().build()).isEqualTo(n);
      } else if (n instanceof SynapticLif) {
        assertThat(((SynapticLif) n).toBuilder().build()).isEqualTo(n);
      } else if (n instanceof KLif) {
        assertThat(((KLif) n).toBuilder().build()).isEqualTo(n);
      } else if (n instanceof QuadraticIf) {
        assertThat(((QuadraticIf) n).toBuilder().build()).isEqualTo(n);
      } else if (n instanceof ExponentialIf) {
        assertThat(((ExponentialIf) n).toBuilder().build()).isEqualTo(n);
      } else if (n instanceof Izhikevich) {
        assertThat(((Izhikevich) n).toBuilder().build()).isEqualTo(n);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("neurons")
  void rangesOfConstantsAreInverse(Neuron neuron) {
    for (NeuronConstant c : neuron.constants()) {
      if (c.trained()) {
        double w = c.range().parameter(c.value());
        double h = 1e-6;
        double slope = (c.range().constant(w + h) - c.range().constant(w - h)) / (2 * h);
        assertThat(c.range().constant(w)).isCloseTo(c.value(), offset());
        assertThat(c.range().derivative(c.value())).isCloseTo(slope, offset());
      }
    }
  }

  private static org.assertj.core.data.Offset<Double> offset() {
    return org.assertj.core.data.Offset.offset(1e-8);
  }

  @Test
  void badConstantsAreNamed() {
    assertThatThrownBy(() -> ParametricLif.builder().decay(1).build())
        .hasMessageContaining("decay = 1.0 cannot be trained")
        .hasMessageContaining("UNIT");
    assertThatThrownBy(() -> ParametricLif.builder().decay(1.2).build())
        .hasMessageContaining("decay must be in (0, 1], was 1.2");
    assertThatThrownBy(() -> AdaptiveLif.builder().surrogate(new BpsaSurrogate()).build())
        .hasMessageContaining("BpsaSurrogate needs one fixed threshold")
        .hasMessageContaining("adaptive");
    assertThatThrownBy(() -> GatedLif.builder().reset(Reset.HARD).build())
        .hasMessageContaining("reset must be NONE, was HARD");
    assertThatThrownBy(() -> QuadraticIf.builder().tau(0).build())
        .hasMessageContaining("tau must be above 0 and finite, was 0.0");
    LifParameters reset = LifParameters.builder().resetPotential(-0.2).build();
    assertThatThrownBy(() -> ParametricLif.of(reset)).hasMessageContaining("was -0.2");
  }
}
