package io.github.dl4jsnn.conf;

import static io.github.dl4jsnn.testing.Networks.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jsnn.conf.BatchNormEquivalenceTest.Kind;
import io.github.dl4jsnn.testing.PlainBatchNorm;
import io.github.dl4jsnn.testing.QuietSameDiff;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Running mean and variance of batch normalisations: they follow the batches whatever updater,
 * weight decay and gradient clipping a network has, and inference uses them. Against plain loops.
 */
@ExtendWith(QuietSameDiff.class)
class RunningStatisticsTest {
  private static final DataType TYPE = DataType.DOUBLE;
  private static final int N = 5;
  private static final int T = 4;
  private static final int F = 3;
  private static final double DECAY = 0.8;
  private static final double EPS = 1e-3;

  @TempDir Path folder;

  private static MultiLayerNetwork network(
      Kind kind, Backend backend, GradientNormalization clipping) {
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(TYPE)
                .updater(new Adam(0.1))
                .l2(0.3)
                .l2Bias(0.3)
                .weightDecayBias(0.2)
                .gradientNormalization(clipping)
                .gradientNormalizationThreshold(1e-3)
                .list()
                .layer(kind.builder().decay(DECAY).eps(EPS).backend(backend).build())
                .layer(new SpikeReadoutLayer.Builder().backend(Backend.FUSED).build())
                .layer(
                    new LossLayer.Builder(LossFunction.MSE).activation(Activation.IDENTITY).build())
                .setInputType(InputType.recurrent(F, T, RNNFormat.NWC))
                .build());
    net.init();
    return net;
  }

  private static MultiLayerNetwork network(Kind kind) {
    return network(kind, Backend.FUSED, GradientNormalization.None);
  }

  private static DataSet batch(int n, long seed, boolean masked) {
    return new DataSet(
        Values.uniform(seed, -1 + seed, 2 + 2 * seed, TYPE, n, T, F),
        Values.uniform(9, -1, 1, TYPE, n, F),
        masked ? Values.mask(n, T, TYPE) : null,
        null);
  }

  static Stream<Arguments> settings() {
    return Arrays.stream(Kind.values())
        .flatMap(
            kind ->
                Stream.of(
                    Arguments.of(kind, Backend.FUSED, GradientNormalization.None),
                    Arguments.of(kind, Backend.SAMEDIFF, GradientNormalization.None),
                    Arguments.of(kind, Backend.SAMEDIFF, GradientNormalization.ClipL2PerLayer),
                    Arguments.of(kind, Backend.FUSED, GradientNormalization.ClipL2PerLayer),
                    Arguments.of(kind, Backend.FUSED, GradientNormalization.ClipL2PerParamType),
                    Arguments.of(kind, Backend.FUSED, GradientNormalization.RenormalizeL2PerLayer),
                    Arguments.of(
                        kind, Backend.FUSED, GradientNormalization.ClipElementWiseAbsoluteValue)));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("settings")
  void followTheBatches(Kind kind, Backend backend, GradientNormalization clipping) {
    MultiLayerNetwork net = network(kind, backend, clipping);
    double[][] mean = new double[T][F];
    double[][] var = new double[T][F];
    for (double[] row : var) {
      Arrays.fill(row, 1);
    }
    for (int i = 0; i < 3; i++) {
      boolean masked = i == 1;
      DataSet batch = batch(N + i, i, masked);
      net.fit(batch);
      PlainBatchNorm plain = plain(batch, isPerStep(kind));
      for (int t = 0; t < T; t++) {
        for (int f = 0; f < F; f++) {
          mean[t][f] = DECAY * mean[t][f] + (1 - DECAY) * plain.mean[t][f];
          var[t][f] = DECAY * var[t][f] + (1 - DECAY) * plain.var[t][f];
        }
      }
    }
    assertStatistic(net.getParam("0_mean"), mean);
    assertStatistic(net.getParam("0_var"), var);
  }

  private static void assertStatistic(INDArray actual, double[][] expected) {
    double[] all = Arrays.stream(expected).flatMapToDouble(Arrays::stream).toArray();
    double[] values = actual.rank() == 2 ? all : Arrays.copyOf(all, F);
    Tolerances.assertClose("statistic", Values.of(actual), values, Tolerances.DOUBLE);
  }

  private static boolean isPerStep(Kind kind) {
    return kind == Kind.BNTT || kind == Kind.BNTT_WITH_BIAS;
  }

  private static PlainBatchNorm plain(DataSet batch, boolean perStep) {
    INDArray mask = batch.getFeaturesMaskArray();
    double[][] ones = new double[batch.numExamples()][T];
    for (double[] row : ones) {
      Arrays.fill(row, 1);
    }
    return new PlainBatchNorm(
        cube(batch.getFeatures()), mask == null ? ones : mask.toDoubleMatrix(), perStep);
  }

  private static double[][][] cube(INDArray a) {
    double[][][] v = new double[(int) a.size(0)][][];
    for (int n = 0; n < v.length; n++) {
      v[n] = a.slice(n).toDoubleMatrix();
    }
    return v;
  }

  /** Gamma, beta and p are at 1, 0 and 1 in a new network. */
  @ParameterizedTest
  @EnumSource
  void trainingNormalisesByTheBatchAndInferenceByThem(Kind kind) {
    MultiLayerNetwork net = network(kind);
    DataSet batch = batch(N, 1, true);
    PlainBatchNorm plain = plain(batch, isPerStep(kind));
    double s = kind == Kind.TDBN ? 0.4 * 0.7 : 1;
    double[][] scale = new double[T][F];
    for (double[] row : scale) {
      Arrays.fill(row, s);
    }
    double[][] zero = new double[T][F];
    INDArray x = batch.getFeatures();
    INDArray mask = batch.getFeaturesMaskArray();
    assertOutput(
        net.feedForward(x, false).get(1), // without a mask, at inference: mean 0, variance 1
        plain(batch(N, 1, false), false).normalise(zero, constant(1), scale, zero, EPS));
    net.setLayerMaskArrays(mask, null);
    assertOutput(
        net.feedForward(x, true).get(1), plain.normalise(plain.mean, plain.var, scale, zero, EPS));
    INDArray start = net.params().dup();
    net.setParam("0_mean", net.getParam("0_mean").add(2));
    net.setParam("0_var", net.getParam("0_var").add(3));
    net.setLayerMaskArrays(mask, null);
    assertOutput(
        net.feedForward(x, false).get(1),
        plain.normalise(constant(2), constant(4), scale, zero, EPS));
    assertThat(net.params().distance2(start)).isGreaterThan(1);
  }

  private static double[][] constant(double v) {
    double[][] a = new double[T][F];
    for (double[] row : a) {
      Arrays.fill(row, v);
    }
    return a;
  }

  private static void assertOutput(INDArray actual, double[][][] expected) {
    double[] all =
        Arrays.stream(expected).flatMap(Arrays::stream).flatMapToDouble(Arrays::stream).toArray();
    Tolerances.assertClose("output", Values.of(actual), all, Tolerances.DOUBLE);
  }

  /** A variance of one value is 0: BNTT takes the running ones, and they stay. */
  @ParameterizedTest
  @EnumSource(names = {"BNTT", "BNTT_WITH_BIAS"})
  void areUsedInsteadOfTheStatisticsOfOneValue(Kind kind) {
    for (Backend backend : new Backend[] {Backend.FUSED, Backend.SAMEDIFF}) {
      MultiLayerNetwork net = network(kind, backend, GradientNormalization.None);
      net.fit(batch(N, 1, false));
      INDArray mean = net.getParam("0_mean").dup();
      INDArray var = net.getParam("0_var").dup();
      DataSet one = batch(1, 2, false);
      Tolerances.assertClose(
          "training",
          net.feedForward(one.getFeatures(), true).get(1),
          net.feedForward(one.getFeatures(), false).get(1),
          Tolerances.DOUBLE);
      INDArray gamma = net.getParam("0_gamma").dup();
      net.fit(one);
      assertSameBits(net.getParam("0_mean"), mean);
      assertSameBits(net.getParam("0_var"), var);
      assertThat(net.getParam("0_gamma").distance2(gamma)).isGreaterThan(1e-3);
    }
  }

  /** A step that the mask leaves out of all examples has no statistic and moves none. */
  @ParameterizedTest
  @EnumSource
  void aStepThatIsMissingEverywhereCountsForNothing(Kind kind) {
    DataSet batch = batch(N, 1, true);
    batch.getFeaturesMaskArray().getColumn(2).assign(0);
    MultiLayerNetwork a = network(kind);
    MultiLayerNetwork b = network(kind);
    a.fit(batch);
    DataSet other = batch(N, 1, true);
    other.getFeaturesMaskArray().getColumn(2).assign(0);
    for (int n = 0; n < N; n++) {
      other.getFeatures().putScalar(n, 2, 1, 1e6);
    }
    b.fit(other);
    assertSameBits(b.params(), a.params());
    if (isPerStep(kind)) {
      assertSameBits(a.getParam("0_mean").getRow(2), Values.array(new double[F], TYPE, F));
      assertThat(a.getParam("0_var").getRow(2).sumNumber().doubleValue()).isEqualTo(F);
    }
    a.setLayerMaskArrays(batch.getFeaturesMaskArray(), null);
    INDArray out = a.feedForward(batch.getFeatures(), true).get(1);
    for (int n = 0; n < N; n++) {
      assertThat(out.getDouble(n, 2, 1)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void surviveZipAndClone(Kind kind) throws Exception {
    MultiLayerNetwork net = network(kind);
    net.fit(batch(N, 1, false));
    INDArray x = batch(N, 3, false).getFeatures();
    INDArray expected = net.output(x);
    File zip = folder.resolve("net.zip").toFile();
    net.save(zip, true);
    assertSameBits(MultiLayerNetwork.load(zip, true).output(x), expected);
    assertSameBits(net.clone().output(x), expected);
    assertThat(net.getParam("0_var").distance2(network(kind).getParam("0_var")))
        .isGreaterThan(0.01);
  }

  @ParameterizedTest
  @EnumSource
  void areTheSameInAComputationGraph(Kind kind) {
    MultiLayerNetwork net = network(kind);
    ComputationGraph graph = net.toComputationGraph();
    for (int i = 0; i < 2; i++) {
      net.fit(batch(N, i, true));
      graph.fit(batch(N, i, true));
    }
    assertSameBits(graph.params(), net.params());
  }

  @Test
  void ofAFrozenLayerStay() {
    MultiLayerNetwork net = network(Kind.TDBN);
    net.fit(batch(N, 1, false));
    MultiLayerNetwork frozen = new TransferLearning.Builder(net).setFeatureExtractor(0).build();
    INDArray before = frozen.params().dup();
    frozen.fit(batch(N, 2, false));
    assertSameBits(frozen.params(), before);
    assertSameBits(
        frozen.feedForward(batch(N, 2, false).getFeatures(), true).get(1),
        net.feedForward(batch(N, 2, false).getFeatures(), false).get(1));
  }

  /** At inference an example's output does not depend on the others. */
  @ParameterizedTest
  @EnumSource
  void makeInferenceIndependentOfTheBatch(Kind kind) {
    MultiLayerNetwork net = network(kind);
    net.fit(batch(N, 1, false));
    INDArray x = batch(N, 2, false).getFeatures();
    INDArray all = net.output(x);
    for (int n = 0; n < N; n++) {
      INDArray one = x.slice(n).dup().reshape(1, T, F);
      assertSameBits(net.output(one).getRow(0), all.getRow(n));
    }
  }
}
