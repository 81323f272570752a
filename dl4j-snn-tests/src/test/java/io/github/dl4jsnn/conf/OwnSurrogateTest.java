package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.SoftSignSurrogate;
import io.github.dl4jsnn.neuron.Surrogate;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.LifCase;
import io.github.dl4jsnn.testing.QuietSameDiff;
import io.github.dl4jsnn.testing.Tolerances;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** A surrogate that a user wrote. */
@ExtendWith(QuietSameDiff.class)
class OwnSurrogateTest {

  /** A soft sign, so that there is something to compare with. */
  public static final class Own implements Surrogate {
    private static final long serialVersionUID = 1L;

    @JsonProperty private final double slope;

    @JsonCreator
    Own(@JsonProperty("slope") double slope) {
      this.slope = slope;
    }

    @Override
    public void derivative(float[] u, float threshold, float[] dest, int n) {
      for (int i = 0; i < n; i++) {
        dest[i] = (float) (slope / 2 / Math.pow(1 + slope * Math.abs(u[i] - threshold), 2));
      }
    }

    @Override
    public void derivative(double[] u, double threshold, double[] dest, int n) {
      for (int i = 0; i < n; i++) {
        dest[i] = slope / 2 / Math.pow(1 + slope * Math.abs(u[i] - threshold), 2);
      }
    }

    @Override
    public void primitive(float[] u, float threshold, float[] dest, int n) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void primitive(double[] u, double threshold, double[] dest, int n) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Own && ((Own) o).slope == slope;
    }

    @Override
    public int hashCode() {
      return Double.hashCode(slope);
    }
  }

  private static LifParameters neuron(Surrogate s) {
    return LifParameters.builder().surrogate(s).build();
  }

  private static LifCase layer(Surrogate s) {
    return new LifCase(neuron(s), LifCase.Form.NWC, new int[] {3, 5, 7}, 1);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void worksFused(DataType type) {
    LayerRun own = layer(new Own(1.7)).run(Backend.FUSED, type);
    LayerRun ours = layer(new SoftSignSurrogate(1.7)).run(Backend.FUSED, type);
    Tolerances.assertIdentical("spikes", own.output, ours.output);
    own.assertGradientsClose(ours, Tolerances.of(type));
  }

  @Test
  void isNamedWhenSameDiffHasNoDefinition() {
    assertThatThrownBy(() -> layer(new Own(1.7)).run(Backend.SAMEDIFF, DataType.DOUBLE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(Own.class.getName())
        .hasMessageContaining("no SameDiff definition")
        .hasMessageContaining("use Backend.FUSED");
  }

  @Test
  void survivesJson() {
    MultiLayerConfiguration conf =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(new LifLayer.Builder().neuron(neuron(new Own(3))).timeSteps(2).build())
            .validateOutputLayerConfig(false)
            .build();
    assertThat(MultiLayerConfiguration.fromJson(conf.toJson())).isEqualTo(conf);
  }
}
