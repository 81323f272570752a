package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.Firing;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.ParametricLif;
import io.github.dl4jsnn.neuron.Reset;
import io.github.dl4jsnn.neuron.ResetGradient;
import io.github.dl4jsnn.neuron.Sharing;
import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.DoublePrecision;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.QuietSameDiff;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.util.stream.Stream;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.MLNConfig;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

@ExtendWith({QuietSameDiff.class, DoublePrecision.class})
class TrainableEncodingLayerTest {
  private static final DataType TYPE = DataType.DOUBLE;

  private static LifParameters neuron() {
    return LifParameters.builder()
        .decay(0.8)
        .threshold(0.5)
        .reset(Reset.SOFT)
        .resetGradient(ResetGradient.EXACT)
        .surrogate(new ArctanSurrogate(2))
        .build();
  }

  private static TrainableEncodingLayer.Builder layer(int nOut) {
    return new TrainableEncodingLayer.Builder().name("enc").nOut(nOut).neuron(neuron());
  }

  /** With a parameter of its own a neuron. */
  private static Neuron trained(Firing firing) {
    return ParametricLif.of(neuron().toBuilder().firing(firing).build()).toBuilder()
        .trainDecay(Sharing.FEATURE)
        .build();
  }

  /** N, T, nIn, nOut. */
  static Stream<Arguments> sizes() {
    int[][] sizes = {
      {1, 1, 1, 1}, {5, 1, 3, 2}, {1, 4, 2, 1}, {2, 3, 1, 5}, {3, 5, 7, 11}, {4, 2, 6, 3}
    };
    return Stream.of(sizes)
        .flatMap(
            s ->
                Stream.of("static", "NWC", "NCW trained", "NWC masked", "NCW masked, no bias")
                    .map(form -> arguments(s, form)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("sizes")
  void fusedEqualsDefinition(int[] s, String form) {
    LayerRun fused = run(s, form, Backend.FUSED);
    LayerRun defined = run(s, form, Backend.SAMEDIFF);
    Tolerances.assertIdentical("spikes", fused.output, defined.output);
    fused.assertGradientsClose(defined, Tolerances.DOUBLE);
  }

  private static LayerRun run(int[] s, String form, Backend backend) {
    TrainableEncodingLayer.Builder b =
        layer(s[3]).backend(backend).hasBias(!form.endsWith("no bias"));
    if (form.endsWith("trained")) {
      b.neuron(trained(Firing.SPIKE));
    }
    if (form.equals("static")) {
      INDArray x = Values.uniform(1, -1, 2, TYPE, s[0], s[2]);
      return Backends.layer(b.timeSteps(s[1]).build(), InputType.feedForward(s[2]), x, null);
    }
    boolean ncw = form.startsWith("NCW");
    INDArray x = Values.uniform(1, -1, 2, TYPE, s[0], s[1], s[2]);
    return Backends.layer(
        b.build(),
        InputType.recurrent(s[2], s[1], ncw ? RNNFormat.NCW : RNNFormat.NWC),
        ncw ? x.permute(0, 2, 1).dup('c') : x,
        form.contains("masked") ? Values.mask(s[0], s[1], TYPE) : null);
  }

  private static MultiLayerNetwork network(IUpdater updater, InputType type, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder().seed(6).dataType(TYPE).updater(updater).list();
    for (Layer l : layers) {
      list.layer(l);
    }
    list.layer(new SpikeReadoutLayer.Builder().scale(3).build())
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(2)
                .activation(Activation.SOFTMAX)
                .build());
    MultiLayerNetwork net = new MultiLayerNetwork(list.setInputType(type).build());
    net.init();
    return net;
  }

  private static INDArray labels(int n) {
    double[] y = new double[2 * n];
    for (int i = 0; i < n; i++) {
      y[2 * i + i % 2] = 1;
    }
    return Values.array(y, TYPE, n, 2);
  }

  /** Parameters lie where DenseLayer has them, so they can be moved as a whole. */
  @Test
  void trainsLikeADenseLayerBeforeLif() {
    DataSet data = new DataSet(Values.uniform(3, -1, 2, TYPE, 7, 5), labels(7));
    MultiLayerNetwork expected =
        network(
            new Sgd(0.5),
            InputType.feedForward(5),
            new DenseLayer.Builder().nOut(4).activation(Activation.IDENTITY).build(),
            new LifLayer.Builder().neuron(neuron()).timeSteps(6).build());
    MultiLayerNetwork net =
        network(new Sgd(0.5), InputType.feedForward(5), layer(4).timeSteps(6).build());
    Tolerances.assertIdentical("initial values", net.params(), expected.params());
    for (int i = 0; i < 5; i++) {
      net.fit(data);
      expected.fit(data);
    }
    Tolerances.assertClose("parameters", net.params(), expected.params(), Tolerances.DOUBLE);
    Tolerances.assertIdentical(
        "spikes",
        net.feedForward(data.getFeatures()).get(1),
        expected.feedForward(data.getFeatures()).get(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"static", "static trained", "NWC", "NCW masked"})
  void gradientCheck(String form) {
    LifParameters smooth = neuron().toBuilder().firing(Firing.SMOOTH).build();
    TrainableEncodingLayer.Builder b = layer(3).neuron(smooth).backend(Backend.FUSED);
    boolean ncw = form.startsWith("NCW");
    boolean isStatic = form.startsWith("static");
    if (form.endsWith("trained")) {
      b.neuron(trained(Firing.SMOOTH));
    }
    if (isStatic) {
      b.timeSteps(4);
    }
    InputType type =
        isStatic
            ? InputType.feedForward(2)
            : InputType.recurrent(2, 4, ncw ? RNNFormat.NCW : RNNFormat.NWC);
    INDArray x =
        isStatic
            ? Values.uniform(1, -1, 2, TYPE, 5, 2)
            : Values.uniform(1, -1, 2, TYPE, 5, ncw ? 2 : 4, ncw ? 4 : 2);
    MLNConfig check =
        new MLNConfig()
            .net(network(new NoOp(), type, b.build()))
            .input(x)
            .labels(labels(5))
            .inputMask(form.endsWith("masked") ? Values.mask(5, 4, TYPE) : null)
            .maxRelError(Tolerances.FINITE_DIFFERENCE);
    assertThat(GradientCheckUtil.checkGradients(check)).isTrue();
  }

  @Test
  void weightInitHasItsEffect() {
    MultiLayerNetwork net =
        network(
            new NoOp(),
            InputType.feedForward(5),
            layer(4).timeSteps(2).weightInit(WeightInit.ONES).build());
    assertThat(net.getParam("0_W").minNumber().doubleValue()).isEqualTo(1);
    assertThat(net.getParam("0_W").shape()).containsExactly(5, 4);
    assertThat(net.getParam("0_b").maxNumber().doubleValue()).isZero();
  }

  @Test
  void wrongInputsAndSettingsAreNamed() {
    MultiLayerNetwork net =
        network(new NoOp(), InputType.feedForward(5), layer(4).timeSteps(3).build());
    assertBad(net, Values.uniform(1, 0, 1, TYPE, 2, 4), null, "expected 5", "got 4", "[2, 4]");
    assertBad(net, Values.uniform(1, 0, 1, TYPE, 2, 3, 5, 1), null, "rank", "[2, 3, 5, 1]");
    INDArray x = Values.uniform(1, 0, 1, TYPE, 2, 5);
    assertBad(net, x.putScalar(1, 3, Double.NaN), null, "NaN");
    MultiLayerNetwork sequence =
        network(new NoOp(), InputType.recurrent(5, 3, RNNFormat.NWC), layer(4).build());
    INDArray s = Values.uniform(1, 0, 1, TYPE, 2, 3, 5);
    INDArray mask = Values.array(new double[] {1, 1, 0, 1, 1, 1}, TYPE, 2, 3);
    assertBad(sequence, s.dup().putScalar(0, 2, 1, Double.NaN), mask, "NaN");
    assertBad(sequence, s, Values.mask(2, 4, TYPE), "[N, T] = [2, 3]", "[2, 4]");
    assertThatIllegalStateException()
        .isThrownBy(() -> network(new NoOp(), InputType.feedForward(5), layer(4).build()))
        .withMessageContaining("TrainableEncodingLayer \"enc\"")
        .withMessageContaining("timeSteps");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TrainableEncodingLayer.Builder().build())
        .withMessageContaining("nOut must be at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> layer(4).weightInit(WeightInit.DISTRIBUTION))
        .withMessageContaining("DISTRIBUTION");
    MultiLayerNetwork unknown =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(layer(4).timeSteps(2).build())
                .layer(new SpikeReadoutLayer.Builder().build())
                .layer(new LabelledLossLayer.Builder().build())
                .build());
    assertThatIllegalStateException()
        .isThrownBy(unknown::init)
        .withMessageContaining("nIn is not known");
  }

  private static void assertBad(MultiLayerNetwork net, INDArray x, INDArray mask, String... parts) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> net.output(x, false, mask, null))
        .withMessageContaining("TrainableEncodingLayer \"enc\"")
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }
}
