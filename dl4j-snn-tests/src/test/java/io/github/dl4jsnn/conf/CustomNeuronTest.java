package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.CustomNeuron;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.ParametricLif;
import io.github.dl4jsnn.neuron.Recurrence;
import io.github.dl4jsnn.neuron.ResetGradient;
import io.github.dl4jsnn.neuron.Surrogate;
import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.QuietSameDiff;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** A neuron that a user wrote. */
@ExtendWith(QuietSameDiff.class)
class CustomNeuronTest {
  private static final double DECAY = 0.7;

  /** A LIF neuron with hard reset, so that there is something to compare with. */
  public static final class Own implements CustomNeuron {
    private static final long serialVersionUID = 1L;

    @JsonProperty private final double threshold;

    @JsonCreator
    Own(@JsonProperty("threshold") double threshold) {
      this.threshold = threshold;
    }

    @Override
    public double charge(double v, double x) {
      return DECAY * v + x;
    }

    @Override
    public double chargeByPotential(double v, double x) {
      return DECAY;
    }

    @Override
    public double chargeByInput(double v, double x) {
      return 1;
    }

    @Override
    public double reset(double u, double o) {
      return u * (1 - o);
    }

    @Override
    public double resetByPotential(double u, double o) {
      return 1 - o;
    }

    @Override
    public double resetBySpike(double u, double o) {
      return -u;
    }

    @Override
    public double threshold() {
      return threshold;
    }

    @Override
    public Surrogate surrogate() {
      return new ArctanSurrogate();
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Own && ((Own) o).threshold == threshold;
    }

    @Override
    public int hashCode() {
      return Double.hashCode(threshold);
    }
  }

  private static NeuronLayer layer(Neuron neuron, Recurrence recurrence, Backend backend) {
    return new NeuronLayer.Builder().neuron(neuron).recurrence(recurrence).backend(backend).build();
  }

  private static LayerRun run(Neuron neuron, Recurrence recurrence, DataType type) {
    return Backends.layer(
        layer(neuron, recurrence, Backend.FUSED),
        InputType.recurrent(7, 5, RNNFormat.NWC),
        Values.uniform(3, -1, 1.5, type, 3, 5, 7),
        Values.mask(3, 5, type));
  }

  @ParameterizedTest
  @EnumSource(Recurrence.class)
  void equalsTheSameNeuronOfTheLibrary(Recurrence recurrence) {
    ParametricLif same =
        ParametricLif.builder()
            .decay(DECAY)
            .trainDecay(null)
            .threshold(0.6)
            .resetGradient(ResetGradient.EXACT)
            .surrogate(new ArctanSurrogate())
            .build();
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      LayerRun own = run(new Own(0.6), recurrence, type);
      LayerRun ours = run(same, recurrence, type);
      Tolerances.assertIdentical("spikes", own.output, ours.output);
      own.assertGradientsClose(ours, Tolerances.of(type));
    }
  }

  @Test
  void survivesJson() {
    MultiLayerConfiguration conf =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(layer(new Own(0.4), Recurrence.NONE, Backend.AUTO))
            .validateOutputLayerConfig(false)
            .build();
    assertThat(MultiLayerConfiguration.fromJson(conf.toJson())).isEqualTo(conf);
  }

  @Test
  void isNamedWhenSameDiffHasNoDefinition() {
    assertThatThrownBy(
            () ->
                Backends.layer(
                    layer(new Own(0.4), Recurrence.NONE, Backend.SAMEDIFF),
                    InputType.recurrent(7, 5, RNNFormat.NWC),
                    Values.uniform(3, -1, 1.5, DataType.DOUBLE, 3, 5, 7),
                    null))
        .hasMessageContaining(Own.class.getName())
        .hasMessageContaining("use Backend.FUSED");
  }

  @Test
  void refusesAThresholdThatIsNone() {
    assertThatThrownBy(() -> run(new Own(0), Recurrence.NONE, DataType.FLOAT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("threshold()")
        .hasMessageContaining("0.0");
  }
}
