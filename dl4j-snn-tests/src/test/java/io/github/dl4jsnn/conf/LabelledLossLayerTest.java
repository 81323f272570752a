package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Score and gradient are means over the labelled examples, whatever else is in the batch. */
class LabelledLossLayerTest {
  private static final int LABELLED = 5;
  private static final int CLASSES = 3;

  private final INDArray x = Values.uniform(1, -1, 1, DataType.DOUBLE, LABELLED, 4);
  private final INDArray y = oneHot(LABELLED);

  static Stream<Arguments> losses() {
    return Stream.of(
        arguments(LossFunction.MCXENT, Activation.SOFTMAX, true),
        arguments(LossFunction.MCXENT, Activation.SOFTMAX, false),
        arguments(LossFunction.MSE, Activation.TANH, true),
        arguments(LossFunction.XENT, Activation.SIGMOID, false));
  }

  private static INDArray oneHot(int n) {
    double[] v = new double[n * CLASSES];
    for (int i = 0; i < n; i++) {
      v[i * CLASSES + i % CLASSES] = 1;
    }
    return Values.array(v, DataType.DOUBLE, n, CLASSES);
  }

  private static INDArray column(double... v) {
    return Values.array(v, DataType.DOUBLE, v.length, 1);
  }

  private static MultiLayerNetwork network(Layer loss, boolean minibatch) {
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.DOUBLE)
                .updater(new Sgd(1))
                .l2(0.01)
                .miniBatch(minibatch)
                .list()
                .layer(
                    new DenseLayer.Builder()
                        .nIn(4)
                        .nOut(CLASSES)
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(loss)
                .build());
    net.init();
    return net;
  }

  private static LabelledLossLayer labelled(LossFunction loss, Activation activation) {
    LabelledLossLayer.Builder b = new LabelledLossLayer.Builder(loss);
    b.activation(activation);
    return b.build();
  }

  /** One step of plain gradient descent: score before it, and parameters after it. */
  private static final class Step {
    private final double score;
    private final INDArray params;

    private Step(Layer loss, boolean minibatch, DataSet data) {
      MultiLayerNetwork net = network(loss, minibatch);
      net.fit(data);
      score = net.score();
      params = net.params().dup();
    }

    private void assertEquals(Step expected) {
      assertThat(score).isCloseTo(expected.score, within(Tolerances.DOUBLE));
      Tolerances.assertClose("parameters", params, expected.params, Tolerances.DOUBLE);
    }
  }

  @ParameterizedTest(name = "{0} minibatch {2}")
  @MethodSource("losses")
  void unlabelledExamplesChangeNothing(LossFunction loss, Activation act, boolean minibatch) {
    Step few = new Step(labelled(loss, act), minibatch, new DataSet(x, y));
    INDArray more = Values.uniform(2, -1, 1, DataType.DOUBLE, 8, 4);
    DataSet padded =
        new DataSet(
            Nd4j.concat(0, more, x),
            Nd4j.concat(0, oneHot(8), y),
            null,
            column(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1));
    new Step(labelled(loss, act), minibatch, padded).assertEquals(few);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("losses")
  void equalsTheLossLayerWhenAllAreLabelled(LossFunction loss, Activation act, boolean ignored) {
    LossLayer stock = new LossLayer.Builder(loss).activation(act).build();
    Step expected = new Step(stock, true, new DataSet(x, y));
    new Step(labelled(loss, act), true, new DataSet(x, y)).assertEquals(expected);
    DataSet masked = new DataSet(x, y, null, column(1, 1, 1, 1, 1));
    new Step(labelled(loss, act), true, masked).assertEquals(expected);
  }

  /** DL4J's minibatch(false) means sums instead of means; here the mean stays a mean. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("losses")
  void isAMeanWithoutMinibatchToo(LossFunction loss, Activation act, boolean ignored) {
    DataSet data = new DataSet(x, y, null, column(1, 0, 1, 1, 0));
    Step minibatch = new Step(labelled(loss, act), true, data);
    Step full = new Step(labelled(loss, act), false, data);
    full.assertEquals(minibatch);
  }

  @Test
  void theScoreIsTheMeanCrossEntropyOfTheLabelled() {
    MultiLayerNetwork net = network(new LabelledLossLayer.Builder().build(), true);
    INDArray p = net.output(x);
    double expected = -(Math.log(p.getDouble(1, 1)) + Math.log(p.getDouble(3, 0))) / 2;
    double l2 = 0.005 * net.getParam("0_W").norm2Number().doubleValue();
    l2 *= net.getParam("0_W").norm2Number().doubleValue();
    DataSet data = new DataSet(x, y, null, column(0, 1, 0, 1, 0));
    assertThat(net.score(data)).isCloseTo(expected + l2, within(Tolerances.DOUBLE));
  }

  @Test
  void refusesAMaskWithoutLabelledExamples() {
    MultiLayerNetwork net = network(new LabelledLossLayer.Builder().build(), true);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> net.fit(new DataSet(x, y, null, column(0, 0, 0, 0, 0))))
        .withMessageContaining("marks no example");
  }
}
