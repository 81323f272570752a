package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.LifParameters;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;

/** Sequences of different lengths in one batch: padding changes nothing. */
class FeatureMaskTest {
  private static final int FEATURES = 4;
  private static final int LONGEST = 7;
  private static final int[] LENGTHS = {7, 3, 5, 1, 3};

  /** In double; sums over padded steps add zeros in another order. */
  private static final double TOLERANCE = 1e-12;

  @ParameterizedTest
  @EnumSource
  void paddedOutputsEqualUnpadded(RNNFormat format) {
    ComputationGraph net = network(format);
    INDArray x = sequences(format);
    INDArray padded = net.output(false, new INDArray[] {x}, new INDArray[] {mask()}, null)[0];
    for (int i = 0; i < LENGTHS.length; i++) {
      INDArray alone = net.output(cut(x, format, i, i + 1, LENGTHS[i]))[0];
      assertThat(padded.getRow(i, true).distance2(alone)).as("example %s", i).isLessThan(TOLERANCE);
    }
    INDArray unmasked = net.output(x)[0];
    assertThat(unmasked.distance2(padded)).as("the mask matters").isGreaterThan(1e-3);
  }

  @ParameterizedTest
  @EnumSource
  void paddedTrainingEqualsUnpadded(RNNFormat format) {
    INDArray x = cut(sequences(format), format, 0, LENGTHS.length, LONGEST);
    int length = 3;
    INDArray mask = Nd4j.zeros(DataType.DOUBLE, LENGTHS.length, LONGEST);
    mask.get(NDArrayIndex.all(), NDArrayIndex.interval(0, length)).assign(1);
    INDArray[] labels = {labels()};
    MultiDataSet padded = new MultiDataSet(new INDArray[] {x}, labels, new INDArray[] {mask}, null);
    MultiDataSet unpadded =
        new MultiDataSet(new INDArray[] {cut(x, format, 0, LENGTHS.length, length)}, labels);
    ComputationGraph a = network(format);
    ComputationGraph b = network(format);
    INDArray start = a.params().dup();
    for (int i = 0; i < 3; i++) {
      a.fit(padded);
      b.fit(unpadded);
    }
    assertThat(b.params().distance2(start)).isGreaterThan(1e-2);
    assertThat(a.params().distance2(b.params())).isLessThan(TOLERANCE);
    assertThat(a.score()).isCloseTo(b.score(), org.assertj.core.data.Offset.offset(TOLERANCE));
  }

  @ParameterizedTest
  @EnumSource
  void maskOfOnesEqualsNoMask(RNNFormat format) {
    ComputationGraph net = network(format);
    INDArray x = sequences(format);
    INDArray ones = Nd4j.ones(DataType.DOUBLE, LENGTHS.length, LONGEST);
    INDArray masked = net.output(false, new INDArray[] {x}, new INDArray[] {ones}, null)[0];
    assertThat(masked.distance2(net.output(x)[0])).isLessThan(TOLERANCE);
  }

  private static ComputationGraph network(RNNFormat format) {
    LifParameters neuron =
        LifParameters.builder().decay(0.8).threshold(0.15).surrogate(new ArctanSurrogate()).build();
    ComputationGraph net =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .updater(new Sgd(0.3))
                .graphBuilder()
                .addInputs("x")
                .addLayer("lstm", new LSTM.Builder().nOut(9).dataFormat(format).build(), "x")
                .addLayer("lif", new LifLayer.Builder().neuron(neuron).build(), "lstm")
                .addLayer(
                    "read",
                    new SpikeReadoutLayer.Builder(SpikeReadoutLayer.Mode.MEMBRANE_POTENTIAL)
                        .decay(0.9)
                        .trainScale(true)
                        .build(),
                    "lif")
                .addLayer(
                    "out",
                    new OutputLayer.Builder().nOut(2).activation(Activation.SOFTMAX).build(),
                    "read")
                .setOutputs("out")
                .setInputTypes(InputType.recurrent(FEATURES, format))
                .build());
    net.init();
    return net;
  }

  /** Padded steps hold large numbers, which must have no effect. */
  private static INDArray sequences(RNNFormat format) {
    Random random = new Random(9);
    INDArray x = Nd4j.create(DataType.DOUBLE, LENGTHS.length, LONGEST, FEATURES);
    for (int i = 0; i < LENGTHS.length; i++) {
      for (int t = 0; t < LONGEST; t++) {
        for (int f = 0; f < FEATURES; f++) {
          x.putScalar(i, t, f, t < LENGTHS[i] ? 2 * random.nextGaussian() : 50);
        }
      }
    }
    return format == RNNFormat.NWC ? x : x.permute(0, 2, 1).dup('c');
  }

  private static INDArray cut(INDArray x, RNNFormat format, int from, int to, int length) {
    INDArray part =
        format == RNNFormat.NWC
            ? x.get(
                NDArrayIndex.interval(from, to),
                NDArrayIndex.interval(0, length),
                NDArrayIndex.all())
            : x.get(
                NDArrayIndex.interval(from, to),
                NDArrayIndex.all(),
                NDArrayIndex.interval(0, length));
    return part.dup('c');
  }

  private static INDArray mask() {
    INDArray mask = Nd4j.zeros(DataType.DOUBLE, LENGTHS.length, LONGEST);
    for (int i = 0; i < LENGTHS.length; i++) {
      mask.get(NDArrayIndex.point(i), NDArrayIndex.interval(0, LENGTHS[i])).assign(1);
    }
    return mask;
  }

  private static INDArray labels() {
    INDArray y = Nd4j.zeros(DataType.DOUBLE, LENGTHS.length, 2);
    for (int i = 0; i < LENGTHS.length; i++) {
      y.putScalar(i, i % 2, 1);
    }
    return y;
  }
}
