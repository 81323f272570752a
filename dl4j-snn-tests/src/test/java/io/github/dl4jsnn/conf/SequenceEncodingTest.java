package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.dl4jsnn.encode.DeltaEncoder;
import io.github.dl4jsnn.encode.DirectEncoder;
import io.github.dl4jsnn.encode.EncodingPreProcessor;
import io.github.dl4jsnn.encode.PopulationEncoder;
import io.github.dl4jsnn.encode.RateEncoder;
import io.github.dl4jsnn.encode.SpikeEncoder;
import io.github.dl4jsnn.testing.DoublePrecision;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.MLNConfig;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Encoders that take sequences or change the number of features, inside networks. */
@ExtendWith(DoublePrecision.class)
class SequenceEncodingTest {
  private static final DataType TYPE = DataType.DOUBLE;
  private static final int N = 4;
  private static final int T = 6;
  private static final int F = 3;
  private static final DeltaEncoder DELTA = new DeltaEncoder(0.3, true, true);

  private final INDArray x = Values.uniform(1, -1, 1, TYPE, N, T, F);
  private final INDArray y = Values.array(new double[] {0, 1, 1, 0, 0, 1, 1, 0}, TYPE, N, 2);

  private static INDArray in(RNNFormat format, INDArray nwc) {
    return format == RNNFormat.NWC ? nwc : nwc.permute(0, 2, 1).dup('c');
  }

  private static SpikeEncodingLayer.Builder layer(SpikeEncoder encoder) {
    return new SpikeEncodingLayer.Builder().name("enc").encoder(encoder);
  }

  private static MultiLayerNetwork network(IUpdater updater, InputType type, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder().seed(8).dataType(TYPE).updater(updater).list();
    for (Layer l : layers) {
      list.layer(l);
    }
    MultiLayerNetwork net = new MultiLayerNetwork(list.setInputType(type).build());
    net.init();
    return net;
  }

  private static Layer softmax() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(2)
        .activation(Activation.SOFTMAX)
        .build();
  }

  private static MultiLayerNetwork delta(RNNFormat format) {
    return network(
        new Sgd(0.5),
        InputType.recurrent(F, T, format),
        layer(DELTA).build(),
        new LifLayer.Builder().build(),
        new SpikeReadoutLayer.Builder().scale(4).build(),
        softmax());
  }

  @ParameterizedTest
  @EnumSource(RNNFormat.class)
  void deltaEncodesAndPassesTheMaskOn(RNNFormat format) {
    MultiLayerNetwork net = delta(format);
    INDArray expected = DELTA.encodeSequence(x, null);
    assertThat(net.feedForward(in(format, x), false).get(1)).isEqualTo(in(format, expected));
    INDArray mask = Values.mask(N, T, TYPE);
    net.setLayerMaskArrays(mask, null);
    INDArray rates = net.feedForward(in(format, x), false).get(3);
    net.clear();
    MultiLayerNetwork behind =
        network(
            new NoOp(),
            InputType.recurrent(2 * F, T, format),
            new LifLayer.Builder().build(),
            new SpikeReadoutLayer.Builder().scale(4).build(),
            softmax());
    behind.setLayerMaskArrays(mask, null);
    INDArray spikes = in(format, DELTA.encodeSequence(x, mask));
    assertThat(rates).isEqualTo(behind.feedForward(spikes, false).get(2));
    assertThat(rates.sumNumber().doubleValue()).isPositive();
  }

  @ParameterizedTest
  @EnumSource(RNNFormat.class)
  void bothFormatsTrainAlikeAndInGraphs(RNNFormat format) {
    DataSet data = new DataSet(in(format, x), y, Values.mask(N, T, TYPE), null);
    DataSet nwc = new DataSet(x, y, Values.mask(N, T, TYPE), null);
    MultiLayerNetwork net = delta(format);
    MultiLayerNetwork expected = delta(RNNFormat.NWC);
    org.deeplearning4j.nn.graph.ComputationGraph graph = delta(format).toComputationGraph();
    INDArray start = net.params().dup();
    for (int i = 0; i < 3; i++) {
      net.fit(data);
      graph.fit(data);
      expected.fit(nwc);
    }
    Tolerances.assertClose("network", net.params(), expected.params(), Tolerances.DOUBLE);
    Tolerances.assertClose("graph", graph.params(), expected.params(), Tolerances.DOUBLE);
    assertThat(net.params().distance2(start)).isPositive();
    MultiLayerConfiguration conf = net.getLayerWiseConfigurations();
    assertThat(MultiLayerConfiguration.fromJson(conf.toJson())).isEqualTo(conf);
  }

  @Test
  void layersBeforeDeltaReceiveNoGradient() {
    MultiLayerNetwork net =
        network(
            new Sgd(1),
            InputType.recurrent(F, T, RNNFormat.NCW),
            new SimpleRnn.Builder().nOut(5).activation(Activation.TANH).build(),
            layer(DELTA).dropOut(0.5).build(),
            new SpikeReadoutLayer.Builder().scale(4).build(),
            softmax());
    INDArray before = net.getParam("0_W").dup();
    net.fit(new DataSet(in(RNNFormat.NCW, x), y));
    Tolerances.assertIdentical("before", net.getParam("0_W"), before);
  }

  /** Activities themselves as output: the gradient is exact then. */
  @ParameterizedTest
  @EnumSource(RNNFormat.class)
  void populationGradientCheck(RNNFormat format) {
    PopulationEncoder encoder = new PopulationEncoder(5, -1, 1, 1.5, new DirectEncoder());
    MultiLayerNetwork net =
        network(
            new NoOp(),
            InputType.feedForward(F),
            new DenseLayer.Builder().nOut(2).activation(Activation.TANH).build(),
            layer(encoder).timeSteps(2).dataFormat(format).build(),
            new SpikeReadoutLayer.Builder().scale(2).build(),
            softmax());
    assertThat(net.getLayer(3).getParam("W").size(0)).isEqualTo(10);
    MLNConfig check =
        new MLNConfig()
            .net(net)
            .input(Values.uniform(2, -1, 1, TYPE, N, F))
            .labels(y)
            // activities are rounded to float, so differences are taken far apart
            .epsilon(1e-2)
            .minAbsoluteError(1e-4)
            .maxRelError(1e-2);
    assertThat(GradientCheckUtil.checkGradients(check)).isTrue();
  }

  @Test
  void populationAndLifLearnInBothKindsOfNetworks() {
    PopulationEncoder encoder = new PopulationEncoder(6, -1, 1, 1.5, new RateEncoder());
    MultiLayerNetwork net =
        network(
            new Sgd(0.5),
            InputType.feedForward(F),
            layer(encoder).timeSteps(9).build(),
            new LifLayer.Builder().build(),
            new SpikeReadoutLayer.Builder().scale(4).build(),
            softmax());
    DataSet data = new DataSet(Values.uniform(2, -1, 1, TYPE, N, F), y);
    org.deeplearning4j.nn.graph.ComputationGraph graph = net.toComputationGraph();
    double before = net.score(data);
    for (int i = 0; i < 10; i++) {
      net.fit(data);
      graph.fit(data);
    }
    assertThat(net.score(data)).isLessThan(before);
    Tolerances.assertClose("graph", graph.params(), net.params(), Tolerances.DOUBLE);
  }

  @ParameterizedTest
  @EnumSource(RNNFormat.class)
  void thePreProcessorEncodesSequencesAndKeepsMasks(RNNFormat format) {
    EncodingPreProcessor processor =
        new EncodingPreProcessor.Builder().encoder(DELTA).format(format).build();
    INDArray mask = Values.mask(N, T, TYPE);
    DataSet data = new DataSet(in(format, x), y, mask, null);
    processor.preProcess(data);
    assertThat(data.getFeatures()).isEqualTo(in(format, DELTA.encodeSequence(x, mask)));
    assertThat(data.getFeaturesMaskArray()).isEqualTo(mask);
    assertThatIllegalStateException()
        .isThrownBy(() -> processor.preProcess(new DataSet(x.tensorAlongDimension(0, 0, 2), y)))
        .withMessageContaining("[N, T, F]")
        .withMessageContaining("[4, 3]");
    assertThatIllegalStateException()
        .isThrownBy(() -> new EncodingPreProcessor.Builder().encoder(DELTA).timeSteps(3).build())
        .withMessageContaining("leave timeSteps unset");
  }

  @Test
  void wrongSettingsAndInputsAreNamed() {
    assertThatIllegalStateException()
        .isThrownBy(() -> layer(DELTA).timeSteps(4).build())
        .withMessageContaining("leave timeSteps unset");
    SpikeEncodingLayer ncw = layer(DELTA).dataFormat(RNNFormat.NCW).build();
    assertThatIllegalStateException()
        .isThrownBy(() -> ncw.getOutputType(0, InputType.recurrent(F, T, RNNFormat.NWC)))
        .withMessageContaining("\"enc\"")
        .withMessageContaining("NCW");
    assertThatIllegalStateException()
        .isThrownBy(() -> ncw.getOutputType(0, InputType.feedForward(F)))
        .withMessageContaining("recurrent");
    MultiLayerNetwork net = delta(RNNFormat.NWC);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> net.output(x.tensorAlongDimension(0, 0, 2)))
        .withMessageContaining("SpikeEncodingLayer \"enc\"")
        .withMessageContaining("[4, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> net.output(x.dup().putScalar(1, 2, 0, Double.NaN)))
        .withMessageContaining("SpikeEncodingLayer \"enc\": DeltaEncoder: input[1, 2, 0] = NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> net.output(x, false, Values.mask(N, 2, TYPE), null))
        .withMessageContaining("SpikeEncodingLayer \"enc\"")
        .withMessageContaining("[N, T] = [4, 6]");
  }
}
