package io.github.dl4jsnn.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jsnn.conf.Backend;
import io.github.dl4jsnn.conf.GraphConvVertex;
import io.github.dl4jsnn.conf.LifLayer;
import io.github.dl4jsnn.conf.NeuronLayer;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikingGraphConvVertex;
import io.github.dl4jsnn.neuron.AdaptiveLif;
import io.github.dl4jsnn.neuron.Firing;
import io.github.dl4jsnn.neuron.LeakyIntegrator;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.Reset;
import io.github.dl4jsnn.neuron.SpikingNeuron;
import io.github.dl4jsnn.testing.LifCase;
import io.github.dl4jsnn.testing.NetworkSettings;
import io.github.dl4jsnn.testing.Networks;
import io.github.dl4jsnn.testing.NeuronModels;
import io.github.dl4jsnn.testing.PlainLif;
import io.github.dl4jsnn.testing.TestNetwork;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

class MembranePotentialsTest {

  static Stream<LifCase> cases() {
    return LifCase.all();
  }

  /** Every reset, static, both formats, masks: against the plain twin, in double. */
  @ParameterizedTest
  @MethodSource("cases")
  void potentialsOfALayerAreThoseOfThePlainNeuron(LifCase c) {
    MultiLayerNetwork net = new MultiLayerNetwork(c.network(DataType.DOUBLE));
    net.init();
    MembranePotentials p =
        MembranePotentials.of(net, "lif", c.input(DataType.DOUBLE), c.mask(DataType.DOUBLE));
    assertThat(p.potentials().shape()).containsExactly(c.N, c.T, c.F);
    PlainLif[][] twins = c.plain(DataType.DOUBLE);
    for (int n = 0; n < c.N; n++) {
      for (int f = 0; f < c.F; f++) {
        for (int t = 0; t < c.T; t++) {
          assertThat(p.potentials().getDouble(n, t, f))
              .isCloseTo(twins[n][f].u[t], within(Tolerances.DOUBLE));
          assertThat(p.spikes().getDouble(n, t, f)).isEqualTo(twins[n][f].o[t]);
        }
      }
    }
    assertThat(p.neuron()).isEqualTo(c.neuron);
  }

  static Stream<Neuron> models() {
    return NeuronModels.all().stream()
        .filter(n -> n instanceof SpikingNeuron && !(n instanceof AdaptiveLif));
  }

  /** Every model with a threshold that stands still: it fires where its potential reaches it. */
  @ParameterizedTest
  @MethodSource("models")
  void everyModelFiresAtItsThreshold(Neuron neuron) {
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .list()
                .layer(new NeuronLayer.Builder().name("n").neuron(neuron).build())
                .layer(new RnnLossLayer.Builder().activation(Activation.IDENTITY).build())
                .setInputType(InputType.recurrent(3, 7, RNNFormat.NWC))
                .build());
    net.init();
    INDArray mask = Values.mask(5, 7, DataType.DOUBLE);
    INDArray x = Values.uniform(3, -1, 2, DataType.DOUBLE, 5, 7, 3);
    MembranePotentials p = MembranePotentials.of(net, "n", x, mask);
    assertThat(p.spikes().sumNumber().doubleValue()).isPositive();
    for (int n = 0; n < 5; n++) {
      for (int t = 0; t < 7; t++) {
        for (int f = 0; f < 3; f++) {
          double u = p.potentials().getDouble(n, t, f);
          if (mask.getDouble(n, t) == 0) {
            assertThat(u).isZero();
          }
          assertThat(p.spikes().getDouble(n, t, f)).isEqualTo(u >= p.threshold() ? 1 : 0);
        }
      }
    }
    assertThat(p.statistics().aboveShare())
        .isCloseTo(p.spikes().meanNumber().doubleValue(), within(1e-9));
  }

  /** The currents come from a plain convolution with the same weights, through the plain twin. */
  @ParameterizedTest
  @EnumSource(Reset.class)
  void potentialsOfAVertexAreThoseOfItsCurrents(Reset reset) {
    LifParameters neuron = LifParameters.builder().decay(0.8).threshold(0.3).reset(reset).build();
    ComputationGraph net = new ComputationGraph(graphOf(neuron));
    net.init();
    net.getParam("plain_W").assign(net.getParam("spiking_W"));
    INDArray x = Values.uniform(2, -1, 1.5, DataType.DOUBLE, 5, 7, 3);
    INDArray e = Nd4j.createFromArray(new double[][] {{0, 1, 1}, {2, 1, 0.5}, {3, 0, 2}});
    MembranePotentials p = MembranePotentials.of(net, "spiking", x, e);
    INDArray current = net.output(x, e)[1];
    assertThat(p.potentials().shape()).containsExactly(5, 7, 2);
    for (int n = 0; n < 5; n++) {
      for (int f = 0; f < 2; f++) {
        double[] of = new double[7];
        for (int t = 0; t < 7; t++) {
          of[t] = current.getDouble(n, t, f);
        }
        PlainLif twin = new PlainLif(neuron, of, null);
        for (int t = 0; t < 7; t++) {
          assertThat(p.potentials().getDouble(n, t, f))
              .isCloseTo(twin.u[t], within(Tolerances.DOUBLE));
          assertThat(p.spikes().getDouble(n, t, f)).isEqualTo(twin.o[t]);
        }
      }
    }
  }

  private static org.deeplearning4j.nn.conf.ComputationGraphConfiguration graphOf(
      LifParameters neuron) {
    return new NeuralNetConfiguration.Builder()
        .dataType(DataType.DOUBLE)
        .seed(4)
        .graphBuilder()
        .addInputs("x", "e")
        .addVertex(
            "spiking",
            new SpikingGraphConvVertex.Builder().nOut(2).neuron(neuron).stfn(null).build(),
            "x",
            "e")
        .addVertex(
            "plain",
            new GraphConvVertex.Builder().nOut(2).activation(Activation.IDENTITY).build(),
            "x",
            "e")
        .addLayer(
            "a", new RnnLossLayer.Builder().activation(Activation.IDENTITY).build(), "spiking")
        .addLayer("b", new RnnLossLayer.Builder().activation(Activation.IDENTITY).build(), "plain")
        .setOutputs("a", "b")
        .setInputTypes(InputType.recurrent(3, 7, RNNFormat.NWC), InputType.feedForward(3))
        .build();
  }

  @ParameterizedTest
  @EnumSource(
      value = TestNetwork.class,
      // no spikes; thresholds that move
      names = {"PLAIN_GRAPH", "LAST_TIME_STEP", "SEQUENCE_NEURONS"},
      mode = EnumSource.Mode.EXCLUDE)
  void everyNetworkShowsWhereItsSpikesComeFrom(TestNetwork kind) {
    ComputationGraph net = kind.create();
    MultiDataSet data = kind.data(DataType.FLOAT);
    INDArray before = Networks.output(net, data).dup();
    MembranePotentials p = MembranePotentials.of(net, kind.hiddenLayer(), data.getFeatures());
    double th = p.threshold();
    for (int n = 0; n < p.spikes().size(0); n++) {
      for (int t = 0; t < p.spikes().size(1); t++) {
        for (int f = 0; f < p.spikes().size(2); f++) {
          assertThat(p.spikes().getDouble(n, t, f))
              .isEqualTo(p.potentials().getFloat(n, t, f) >= (float) th ? 1 : 0);
        }
      }
    }
    assertThat(p.statistics().aboveShare())
        .isCloseTo(p.spikes().meanNumber().doubleValue(), within(1e-6));
    Networks.assertSameBits(Networks.output(net, data), before);
    Networks.fit(net, data, 1, 3);
  }

  /**
   * A static input is held, NCW turned, and a smooth neuron shows the potential, not its output.
   */
  @Test
  void smoothFiringLeavesPotentialsAsTheyAre() {
    LifParameters smooth =
        LifParameters.builder().reset(Reset.NONE).decay(1).firing(Firing.SMOOTH).build();
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new LifLayer.Builder().neuron(smooth).timeSteps(3).build())
                .layer(new SpikeReadoutLayer.Builder().build())
                .layer(new LossLayer.Builder().activation(Activation.IDENTITY).build())
                .setInputType(InputType.feedForward(2))
                .build());
    net.init();
    INDArray x = Nd4j.createFromArray(new float[][] {{0.5f, -1}});
    MembranePotentials p = MembranePotentials.of(net, "layer0", x);
    assertThat(Values.of(p.potentials())).containsExactly(0.5, -1, 1, -2, 1.5, -3);
    assertThat(p.spikes().getDouble(0, 1, 0)).isEqualTo(0.5);
  }

  @Test
  void whatHasNoPotentialsIsRefused() {
    ComputationGraph net = TestNetwork.SEQUENCE_SPIKING_GRAPH.create();
    INDArray[] x = TestNetwork.SEQUENCE_SPIKING_GRAPH.data(DataType.FLOAT).getFeatures();
    for (String name : new String[] {"gc2", "read", "other"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> MembranePotentials.of(net, name, x))
          .withMessageContainingAll(name, "LifLayer", "gc1");
    }
    ComputationGraph defined =
        TestNetwork.STATIC_LIF.create(NetworkSettings.defaults().with(Backend.SAMEDIFF));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MembranePotentials.of(defined, "lif", x))
        .withMessageContaining("fused");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MembraneStatistics.of(x[0], new LeakyIntegrator(0.5)))
        .withMessageContaining("fires");
    ComputationGraph fresh = new ComputationGraph(net.getConfiguration());
    assertThatIllegalStateException()
        .isThrownBy(() -> MembranePotentials.of(fresh, "gc1", x))
        .withMessageContaining("init()");
  }
}
