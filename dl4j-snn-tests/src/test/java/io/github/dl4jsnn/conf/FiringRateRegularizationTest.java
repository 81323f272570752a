package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Penalty of firing rates: its value, its gradient, and that it cures. */
class FiringRateRegularizationTest {
  private static final int N = 5;
  private static final int T = 7;
  private static final int F = 3;

  private static FiringRateRegularizationLayer.Builder layer() {
    return new FiringRateRegularizationLayer.Builder().lower(0.2).upper(0.4).coefficient(1.7);
  }

  @ParameterizedTest
  @CsvSource({
    "NWC, FUSED, false",
    "NWC, FUSED, true",
    "NCW, FUSED, true",
    "NWC, SAMEDIFF, false",
    "NCW, SAMEDIFF, true"
  })
  void gradientIsThatOfTheFormula(RNNFormat format, Backend backend, boolean masked) {
    // features at rates far below, between and far above the bounds
    INDArray x = Values.binary(1, 0.5, DataType.DOUBLE, N, T, F);
    x.muli(Nd4j.createFromArray(0.1, 0.6, 1.5).reshape(1, 1, F));
    INDArray mask = masked ? Values.mask(N, T, DataType.DOUBLE) : null;
    boolean nwc = format == RNNFormat.NWC;
    LayerRun run =
        Backends.layer(
            layer().backend(backend).build(),
            InputType.recurrent(F, T, format),
            nwc ? x : x.permute(0, 2, 1).dup('c'),
            mask);
    INDArray output = nwc ? run.output : run.output.permute(0, 2, 1);
    Tolerances.assertIdentical("output", output, x);
    INDArray g = Backends.fromAbove(run.output);
    INDArray expected = (nwc ? g : g.permute(0, 2, 1)).dup('c');
    double count = masked ? mask.sumNumber().doubleValue() : N * T;
    for (int f = 0; f < F; f++) {
      double rate = rate(x, mask, f, count);
      double outside = rate > 0.4 ? rate - 0.4 : rate < 0.2 ? rate - 0.2 : 0;
      for (int n = 0; n < N; n++) {
        for (int t = 0; t < T; t++) {
          // DL4J divides by the N examples later
          double d = N * 1.7 / F * 2 * outside / count;
          double present = masked ? mask.getDouble(n, t) : 1;
          expected.putScalar(n, t, f, expected.getDouble(n, t, f) + present * d);
        }
      }
    }
    INDArray actual = nwc ? run.inputGradient : run.inputGradient.permute(0, 2, 1);
    Tolerances.assertClose("gradient", actual, expected, Tolerances.DOUBLE);
  }

  private static double rate(INDArray x, INDArray mask, int f, double count) {
    double sum = 0;
    for (int n = 0; n < N; n++) {
      for (int t = 0; t < T; t++) {
        sum += x.getDouble(n, t, f) * (mask == null ? 1 : mask.getDouble(n, t));
      }
    }
    return sum / count;
  }

  @Test
  void scoreHoldsThePenalty() {
    MultiLayerNetwork with = network(layer().build(), 0.4, new Sgd(0), true);
    MultiLayerNetwork without = network(layer().coefficient(0).build(), 0.4, new Sgd(0), true);
    DataSet data = data();
    double expected = 0;
    double[] rates = rates(with);
    for (double r : rates) {
      double outside = r > 0.4 ? r - 0.4 : r < 0.2 ? 0.2 - r : 0;
      expected += 1.7 * outside * outside / rates.length;
    }
    assertThat(expected).isGreaterThan(0.01);
    assertThat(with.score(data) - without.score(data)).isCloseTo(expected, within(1e-6));
    with.fit(data);
    without.fit(data);
    assertThat(with.score() - without.score()).isCloseTo(expected, within(1e-6));
    assertThat(with.calcRegularizationScore(true)).isCloseTo(expected, within(1e-6));
  }

  /** DL4J divides gradients by the number of examples, or not: the penalty weighs the same. */
  @Test
  void isAsStrongWithoutMiniBatchDivision() {
    MultiLayerNetwork divided = network(layer().build(), 0.4, new Sgd(1), true);
    MultiLayerNetwork summed = network(layer().build(), 0.4, new Sgd(1), false);
    INDArray start = divided.params().dup();
    divided.fit(data());
    summed.fit(data());
    assertThat(divided.params().distance2(start)).isGreaterThan(0.01);
    assertThat(divided.params().distance2(summed.params())).isLessThan(1e-9);
  }

  /** Silent neurons start to fire, neurons that fire at every step slow down. */
  @ParameterizedTest
  @CsvSource({"0.05, 0", "3, 1"})
  void pullsRatesIntoTheBounds(double current, double rateBefore) {
    MultiLayerNetwork net = network(layer().build(), current, new Adam(0.05), true);
    assertThat(rates(net)).as("before").containsOnly(rateBefore);
    for (int i = 0; i < 150; i++) {
      net.fit(data());
    }
    for (double r : rates(net)) {
      assertThat(r).as("after").isBetween(0.15, 0.45);
    }
  }

  /** Without it nothing changes. */
  @ParameterizedTest
  @CsvSource({"0.05, 0", "3, 1"})
  void withoutItTheyStayDeadOrSaturated(double current, double rate) {
    MultiLayerNetwork net = network(layer().coefficient(0).build(), current, new Adam(0.05), true);
    for (int i = 0; i < 150; i++) {
      net.fit(data());
    }
    assertThat(rates(net)).containsOnly(rate);
  }

  /** Neurons of threshold 1 that start with about this current; the loss asks next to nothing. */
  private static MultiLayerNetwork network(
      FiringRateRegularizationLayer layer, double current, IUpdater updater, boolean miniBatch) {
    LifParameters neuron =
        LifParameters.builder().decay(0.5).surrogate(new ArctanSurrogate(2)).build();
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.DOUBLE)
                .updater(updater)
                .miniBatch(miniBatch)
                .list()
                .layer(new DenseLayer.Builder().nOut(4).activation(Activation.IDENTITY).build())
                .layer(new LifLayer.Builder().neuron(neuron).timeSteps(T).build())
                .layer(layer)
                .layer(new SpikeReadoutLayer.Builder().scale(1e-9).build())
                .layer(
                    new LossLayer.Builder(LossFunction.MSE).activation(Activation.IDENTITY).build())
                .setInputType(InputType.feedForward(2))
                .build());
    net.init();
    net.getParam("0_W").muli(0.1);
    net.getParam("0_b").assign(current);
    return net;
  }

  private static DataSet data() {
    return new DataSet(
        Values.uniform(3, -1, 1, DataType.DOUBLE, N, 2), Nd4j.zeros(DataType.DOUBLE, N, 4));
  }

  private static double[] rates(MultiLayerNetwork net) {
    return net.feedForward(data().getFeatures(), false).get(2).mean(0, 1).toDoubleVector();
  }
}
