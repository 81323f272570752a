package io.github.dl4jsnn.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.dl4jsnn.conf.LifLayer;
import io.github.dl4jsnn.neuron.LifParameters;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class MembranePlotTest {

  @TempDir Path folder;

  /** Integrate-and-fire on constant currents, two examples, three neurons, four steps. */
  private static MembranePotentials potentials() {
    LifParameters neuron = LifParameters.builder().decay(1).build();
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new LifLayer.Builder().name("lif").neuron(neuron).timeSteps(4).build())
                .layer(new RnnLossLayer.Builder().activation(Activation.IDENTITY).build())
                .setInputType(InputType.feedForward(3))
                .build());
    net.init();
    INDArray x = Nd4j.createFromArray(new float[][] {{0, 0, 0}, {0.5f, -0.25f, 2}});
    return MembranePotentials.of(net, "lif", x);
  }

  @Test
  void curvesArePotentialsAndTicksAreSpikes() {
    XYChart chart = SpikePlots.membrane(potentials(), 1, new int[] {2, 0, 1}, "three");
    assertThat(chart.getSeries("neuron 0").getYData()).containsExactly(0.5, 1, 0.5, 1);
    assertThat(chart.getSeries("neuron 1").getYData()).containsExactly(-0.25, -0.5, -0.75, -1);
    assertThat(chart.getSeries("neuron 2").getYData()).containsExactly(2, 2, 2, 2);
    assertThat(chart.getSeries("neuron 0").getXData()).containsExactly(0, 1, 2, 3);
    assertThat(chart.getSeries("threshold").getYData()).containsExactly(1, 1);
    // in the order given: neuron 2 fires always, 0 at every second step, 1 never
    assertThat(chart.getSeries(" spikes 0").getXData()).containsExactly(0, 1, 2, 3);
    assertThat(chart.getSeries(" spikes 1").getXData())
        .containsExactly(Double.NaN, 1, Double.NaN, 3);
    assertThat(chart.getSeries(" spikes 2").getXData()).containsOnly(Double.NaN);
    double[] rows = new double[3];
    for (int i = 0; i < 3; i++) {
      XYSeries spikes = chart.getSeries(" spikes " + i);
      rows[i] = spikes.getYData()[0];
      assertThat(spikes.isShowInLegend()).isFalse();
    }
    assertThat(rows[0]).isGreaterThan(rows[1]);
    assertThat(rows[1]).isGreaterThan(rows[2]);
    assertThat(rows[2]).as("above all potentials").isGreaterThan(2);
    assertThat(rows[0]).isLessThan(chart.getStyler().getYAxisMax());
  }

  @Test
  void pictureIsDrawnAlsoWithoutAnySpike() throws Exception {
    Path png = folder.resolve("a/trace.png");
    SpikePlots.saveMembrane(png, potentials(), 0, new int[] {0}, "silent");
    BufferedImage image = ImageIO.read(png.toFile());
    assertThat(image.getWidth()).isEqualTo(900);
    int blue = 0;
    for (int i = 0; i < 900 * 450; i++) {
      blue += (image.getRGB(i % 900, i / 900) & 0xFFFFFF) == 0x0072B2 ? 1 : 0;
    }
    assertThat(blue).isGreaterThan(500);
  }

  @Test
  void whatIsNotThereIsRefused() {
    MembranePotentials p = potentials();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpikePlots.membrane(p, 2, new int[] {0}, "x"))
        .withMessageContainingAll("0 to 1", "2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpikePlots.membrane(p, 0, new int[] {0, 3}, "x"))
        .withMessageContainingAll("0 to 2", "3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpikePlots.membrane(p, 0, new int[] {1, 1}, "x"))
        .withMessageContaining("different");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpikePlots.membrane(p, 0, new int[0], "x"))
        .withMessageContaining("at least one");
  }
}
