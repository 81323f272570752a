package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.Networks;
import io.github.dl4jsnn.testing.QuietSameDiff;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.weights.WeightInitDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * SpikingDense computes what its definition and DL4J's DenseLayer compute, on sparse spikes, where
 * it adds rows of weights, on dense ones and on real values, where it multiplies, and in between,
 * where it adds in the forward pass and multiplies in the backward one.
 */
@ExtendWith(QuietSameDiff.class)
class SpikingDenseEquivalenceTest {

  /** What the input holds. */
  enum Kind {
    NOTHING(0),
    RARE_SPIKES(0.03),
    SPIKES(0.15),
    DENSE_SPIKES(0.6),
    RARE_VALUES(0.05),
    VALUES(1);

    private final double density;

    Kind(double density) {
      this.density = density;
    }

    INDArray input(DataType type, long... shape) {
      INDArray x = Values.binary(1, density, type, shape);
      return name().endsWith("VALUES") ? x.mul(Values.uniform(2, -2, 2, type, shape)) : x;
    }
  }

  static Stream<Arguments> cases() {
    // N, T, nIn, nOut; the first two are wide enough for row sums
    int[][] sizes = {{3, 5, 97, 211}, {67, 2, 31, 149}, {5, 7, 11, 3}, {1, 3, 1, 2}};
    List<Arguments> cases = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (int[] size : sizes) {
        int i = cases.size() + kind.ordinal();
        RNNFormat format = i % 2 == 0 ? RNNFormat.NWC : RNNFormat.NCW;
        DataType type = i % 5 == 0 ? DataType.FLOAT : DataType.DOUBLE;
        cases.add(arguments(kind, format, size, i % 3 == 0, type));
      }
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0} {1} {2} masked {3} {4}")
  @MethodSource("cases")
  void fusedEqualsDefinition(
      Kind kind, RNNFormat format, int[] size, boolean masked, DataType type) {
    LayerRun fused = sequence(kind, format, size, masked, type, Backend.FUSED);
    LayerRun defined = sequence(kind, format, size, masked, type, Backend.SAMEDIFF);
    // in single precision the sums here have up to 211 terms
    double tolerance = 3 * Tolerances.of(type);
    Tolerances.assertClose("output", fused.output, defined.output, tolerance);
    fused.assertGradientsClose(defined, tolerance);
  }

  private static LayerRun sequence(
      Kind kind, RNNFormat format, int[] size, boolean masked, DataType type, Backend backend) {
    INDArray x = kind.input(type, size[0], size[1], size[2]);
    return Backends.layer(
        layer(size[3], backend).hasBias(!masked || size[0] != 2).build(),
        InputType.recurrent(size[2], size[1], format),
        format == RNNFormat.NWC ? x : x.permute(0, 2, 1),
        masked ? Values.mask(size[0], size[1], type) : null);
  }

  private static SpikingDense.Builder layer(long nOut, Backend backend) {
    return new SpikingDense.Builder().nOut(nOut).biasInit(0.3).backend(backend);
  }

  @ParameterizedTest
  @EnumSource
  void equalsDenseLayer(Kind kind) {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      INDArray x = kind.input(type, 67, 97);
      InputType in = InputType.feedForward(97);
      INDArray mask = Values.binary(5, 0.7, type, 67, 1);
      for (INDArray m : new INDArray[] {null, mask}) {
        LayerRun ours = Backends.layer(layer(211, Backend.FUSED).build(), in, x, m);
        LayerRun defined = Backends.layer(layer(211, Backend.SAMEDIFF).build(), in, x, m);
        LayerRun dl4j = Backends.layer(denseLayer(211), in, x, m);
        double tolerance = 3 * Tolerances.of(type);
        Tolerances.assertClose("output", ours.output, dl4j.output, tolerance);
        ours.assertGradientsClose(dl4j, tolerance);
        Tolerances.assertClose("definition", defined.output, dl4j.output, tolerance);
        defined.assertGradientsClose(dl4j, tolerance);
      }
    }
  }

  private static DenseLayer denseLayer(long nOut) {
    return new DenseLayer.Builder()
        .nOut(nOut)
        .biasInit(0.3)
        .activation(Activation.IDENTITY)
        .build();
  }

  @Test
  void startsWhereDenseLayerStartsAndTakesItsSteps() {
    MultiLayerNetwork ours = network(layer(60, Backend.FUSED).build());
    MultiLayerNetwork dl4j = network(denseLayer(60));
    Networks.assertSameBits(ours.params(), dl4j.params());
    INDArray x = Kind.SPIKES.input(DataType.DOUBLE, 40, 9);
    INDArray y = Values.binary(4, 0.5, DataType.DOUBLE, 40, 2);
    for (int i = 0; i < 5; i++) {
      ours.fit(new DataSet(x, y));
      dl4j.fit(new DataSet(x, y));
    }
    assertThat(ours.params().distance2(network(denseLayer(60)).params())).isGreaterThan(0.1);
    Tolerances.assertClose("parameters", ours.params(), dl4j.params(), Tolerances.DOUBLE);
  }

  @Test
  void weightsMoveBetweenTheTwo() {
    MultiLayerNetwork ours = network(layer(60, Backend.FUSED).build());
    MultiLayerNetwork dl4j = network(denseLayer(60));
    dl4j.setParam("0_W", Values.uniform(1, -1, 1, DataType.DOUBLE, 9, 60));
    dl4j.setParam("0_b", Values.uniform(2, -1, 1, DataType.DOUBLE, 60));
    INDArray x = Kind.VALUES.input(DataType.DOUBLE, 40, 9);
    INDArray expected = dl4j.output(x);
    assertThat(ours.output(x).distance2(expected)).isGreaterThan(0.1);
    dl4j.paramTable().forEach(ours::setParam);
    Tolerances.assertClose("by name", ours.output(x), expected, Tolerances.DOUBLE);
    MultiLayerNetwork another = network(layer(60, Backend.FUSED).build());
    another.setParams(dl4j.params());
    Tolerances.assertClose("at once", another.output(x), expected, Tolerances.DOUBLE);
  }

  /** The network's options hold for both. */
  private static MultiLayerNetwork network(Layer layer) {
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(DataType.DOUBLE)
                .updater(new Sgd(0.3))
                .weightInit(WeightInit.LECUN_UNIFORM)
                .l2(0.01)
                .list()
                .layer(layer)
                .layer(new OutputLayer.Builder().nOut(2).activation(Activation.SOFTMAX).build())
                .setInputType(InputType.feedForward(9))
                .build());
    net.init();
    return net;
  }

  @Test
  void constraintsHold() {
    MultiLayerNetwork net =
        network(layer(60, Backend.FUSED).constrainWeights(new NonNegativeConstraint()).build());
    assertThat(net.getParam("0_W").minNumber().doubleValue()).isNegative();
    net.fit(
        new DataSet(
            Kind.VALUES.input(DataType.DOUBLE, 40, 9),
            Values.binary(4, 0.5, DataType.DOUBLE, 40, 2)));
    assertThat(net.getParam("0_W").minNumber().doubleValue()).isZero();
    assertThat(net.getParam("0_W").maxNumber().doubleValue()).isPositive();
  }

  @Test
  void otherInitialWeights() {
    IWeightInit distribution = new WeightInitDistribution(new UniformDistribution(4, 5));
    INDArray w =
        network(layer(60, Backend.FUSED).weightInit("W", distribution).build()).getParam("0_W");
    assertThat(w.minNumber().doubleValue()).isBetween(4.0, 4.1);
    assertThat(w.maxNumber().doubleValue()).isBetween(4.9, 5.0);
    INDArray ones =
        network(layer(60, Backend.FUSED).weightInit(WeightInit.ONES).build()).getParam("0_W");
    assertThat(ones.minNumber().doubleValue()).isEqualTo(1);
  }

  /** Sums of another order, so not to the last bit. */
  @ParameterizedTest
  @EnumSource
  void examplesDoNotDependOnThoseBesideThem(Kind kind) {
    INDArray x = kind.input(DataType.FLOAT, 7, 3, 97);
    InputType in = InputType.recurrent(97, 3, RNNFormat.NWC);
    INDArray whole = Backends.layer(layer(211, Backend.FUSED).build(), in, x, null).output;
    for (int[] part : new int[][] {{0, 2}, {2, 7}, {6, 7}}) {
      INDArray some = x.get(NDArrayIndex.interval(part[0], part[1])).dup();
      Tolerances.assertClose(
          "examples from " + part[0],
          Backends.layer(layer(211, Backend.FUSED).build(), in, some, null).output,
          whole.get(NDArrayIndex.interval(part[0], part[1])),
          3 * Tolerances.FLOAT);
    }
  }

  @Test
  void whatAMaskLeavesOutMayHoldAnything() {
    INDArray mask = Values.mask(3, 5, DataType.DOUBLE);
    INDArray x = Kind.SPIKES.input(DataType.DOUBLE, 3, 5, 97);
    InputType in = InputType.recurrent(97, 5, RNNFormat.NWC);
    LayerRun clean = Backends.layer(layer(211, Backend.FUSED).build(), in, x, mask);
    for (int n = 0; n < 3; n++) {
      for (int t = 0; t < 5; t++) {
        if (mask.getDouble(n, t) == 0) {
          x.putScalar(n, t, 7, Double.NaN);
          assertThat(clean.output.getDouble(n, t, 0)).isZero();
        }
      }
    }
    LayerRun padded = Backends.layer(layer(211, Backend.FUSED).build(), in, x, mask);
    padded.assertIdentical(clean);
  }
}
