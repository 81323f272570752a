package io.github.dl4jsnn.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** What every encoder promises; settings are off their defaults. */
class SpikeEncoderContractTest {

  private static final int N = 3;
  private static final int T = 5;
  private static final int F = 7;

  static Stream<SpikeEncoder> encoders() {
    return Stream.of(
        new DirectEncoder(),
        new BernoulliEncoder(-17),
        new PoissonEncoder(Long.MAX_VALUE, 0.75),
        new LatencyEncoder(0.125),
        new RateEncoder(),
        new PhaseEncoder(3),
        new PopulationEncoder(4, 0, 1, 1.25, new BernoulliEncoder(8)));
  }

  /** Of an input of F features. */
  private static long features(SpikeEncoder encoder) {
    return encoder.outputFeatures(F);
  }

  /** Those whose spikes, averaged over time, change smoothly enough for a difference of 0.2. */
  static Stream<SpikeEncoder> encodersOfSmoothMeans() {
    return encoders().filter(e -> !(e instanceof PhaseEncoder || e instanceof PopulationEncoder));
  }

  static Stream<ElementwiseEncoder> elementwiseEncoders() {
    return encoders()
        .filter(ElementwiseEncoder.class::isInstance)
        .map(ElementwiseEncoder.class::cast);
  }

  static Stream<SpikeEncoder> unitIntervalEncoders() {
    return encoders().filter(e -> !(e instanceof DirectEncoder));
  }

  /** Multiples of 1/32, 0 and 1 among them: exact in both data types. */
  private static INDArray values(DataType type) {
    INDArray x = Nd4j.create(type, N, F);
    for (int n = 0; n < N; n++) {
      for (int f = 0; f < F; f++) {
        x.putScalar(n, f, ((n * F + f) * 8 % 33) / 32.0);
      }
    }
    return x;
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void shapeOrderAndTypeAreAsDocumented(SpikeEncoder encoder) {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      INDArray spikes = encoder.encode(values(type), T, 9);
      assertThat(spikes.shape()).containsExactly(N, T, features(encoder));
      assertThat(spikes.ordering()).isEqualTo('c');
      assertThat(spikes.stride()).containsExactly(T * features(encoder), features(encoder), 1);
      assertThat(spikes.dataType()).isEqualTo(type);
    }
  }

  @ParameterizedTest
  @MethodSource("unitIntervalEncoders")
  void spikesAreZeroOrOneAndBothOccur(SpikeEncoder encoder) {
    assertThat(encoder.encode(values(DataType.FLOAT), T, 3).dup().data().asFloat())
        .containsOnly(0f, 1f)
        .contains(0f, 1f);
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void floatAndDoubleGiveTheSameSpikes(SpikeEncoder encoder) {
    INDArray fromFloat = encoder.encode(values(DataType.FLOAT), T, 4);
    INDArray fromDouble = encoder.encode(values(DataType.DOUBLE), T, 4);
    assertThat(fromFloat.castTo(DataType.DOUBLE)).isEqualTo(fromDouble);
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void inputIsNotChanged(SpikeEncoder encoder) {
    INDArray x = values(DataType.DOUBLE);
    encoder.encode(x, T, 1);
    assertThat(x).isEqualTo(values(DataType.DOUBLE));
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void resultDoesNotShareMemoryWithTheInput(SpikeEncoder encoder) {
    INDArray x = values(DataType.DOUBLE);
    INDArray spikes = encoder.encode(x, 1, 0);
    INDArray before = spikes.dup();
    x.addi(100);
    assertThat(spikes).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void viewsAndOrdersDoNotMatter(SpikeEncoder encoder) {
    INDArray expected = encoder.encode(values(DataType.FLOAT), T, 2);
    INDArray x = values(DataType.FLOAT);
    assertThat(encoder.encode(x.dup('f'), T, 2)).as("'f' order").isEqualTo(expected);
    assertThat(encoder.encode(x.transpose().dup().transpose(), T, 2))
        .as("transposed")
        .isEqualTo(expected);
    INDArray wide = Nd4j.valueArrayOf(new long[] {N + 2, 2 * F + 1}, -5.0, DataType.FLOAT);
    INDArray view =
        wide.get(NDArrayIndex.interval(1, N + 1), NDArrayIndex.interval(1, 2, 2 * F + 1));
    view.assign(x);
    assertThat(encoder.encode(view, T, 2)).as("strided view").isEqualTo(expected);
    INDArray rows = Nd4j.vstack(x.add(-9), x).get(NDArrayIndex.interval(N, 2 * N));
    assertThat(encoder.encode(rows, T, 2)).as("view with an offset").isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void laterRowsDoNotChangeEarlierOnes(SpikeEncoder encoder) {
    INDArray x = values(DataType.FLOAT);
    INDArray whole = encoder.encode(x, T, 8);
    INDArray part = encoder.encode(x.get(NDArrayIndex.interval(0, 2)), T, 8);
    assertThat(part).isEqualTo(whole.get(NDArrayIndex.interval(0, 2)));
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void sameDrawGivesTheSameSpikes(SpikeEncoder encoder) {
    INDArray x = values(DataType.FLOAT);
    assertThat(encoder.encode(x, T, -3)).isEqualTo(encoder.encode(x, T, -3));
    assertThat(encoder.encode(x, T)).isEqualTo(encoder.encode(x, T, 0));
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void worksInsideAWorkspace(SpikeEncoder encoder) {
    INDArray x = values(DataType.FLOAT);
    INDArray expected = encoder.encode(x, T, 5);
    for (int pass = 0; pass < 3; pass++) {
      try (MemoryWorkspace ws = Nd4j.getWorkspaceManager().getAndActivateWorkspace("ENCODERS")) {
        Nd4j.create(DataType.FLOAT, 11); // the result shall not begin where the workspace does
        INDArray spikes = encoder.encode(x, T, 5);
        assertThat(spikes).isEqualTo(expected);
        assertThat(spikes.data().getParentWorkspace()).isSameAs(ws);
      }
    }
  }

  /** A random encoder uses the same random numbers at both values, so their noise cancels. */
  @ParameterizedTest
  @MethodSource("encodersOfSmoothMeans")
  void slopeIsThatOfTheMeanSpike(SpikeEncoder encoder) {
    int steps = 100_000;
    double h = 0.1;
    for (double x : new double[] {0.3, 0.7}) {
      double rise = meanOutput(encoder, x + h, steps) - meanOutput(encoder, x - h, steps);
      INDArray gradient = Nd4j.createFromArray(new double[][] {{-3, 5}});
      encoder.multiplyByExpectedSlope(gradient, Nd4j.createFromArray(new double[][] {{x, x}}));
      // About 20000 of the steps differ, so their share has a relative deviation of 0.007.
      assertThat(gradient.getDouble(0)).isCloseTo(-3 * rise / (2 * h), offset(3 * 0.035));
      assertThat(gradient.getDouble(1)).isCloseTo(5 * rise / (2 * h), offset(5 * 0.035));
    }
  }

  private static double meanOutput(SpikeEncoder encoder, double x, int steps) {
    INDArray input = Nd4j.createFromArray(new double[][] {{x}});
    return encoder.encode(input, steps, 0).meanNumber().doubleValue();
  }

  /** Backends other than the CPU's take the rows from a Java array. */
  @ParameterizedTest
  @MethodSource("elementwiseEncoders")
  void javaArraysReceiveTheSameRowsAsNativeMemory(ElementwiseEncoder encoder) {
    double[] x = values(DataType.DOUBLE).data().asDouble();
    long[] shape = {N, T, F};
    RowKernel kernel = encoder.rowKernel(T, 6, DataType.FLOAT);
    float[] floats = new float[N * T * F];
    double[] doubles = new double[N * T * F];
    EncodedRows.write(kernel, x, shape, FloatBuffer.wrap(floats));
    EncodedRows.write(kernel, x, shape, DoubleBuffer.wrap(doubles));
    assertThat(Nd4j.create(floats, shape, DataType.FLOAT))
        .isEqualTo(encoder.encode(values(DataType.FLOAT), T, 6));
    assertThat(Nd4j.create(doubles, shape, DataType.DOUBLE))
        .isEqualTo(encoder.encode(values(DataType.DOUBLE), T, 6));
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void oneValueAndOneStepWork(SpikeEncoder encoder) {
    INDArray spike = encoder.encode(Nd4j.create(new float[] {1}, new long[] {1, 1}, 'c'), 1, 1);
    assertThat(spike.shape()).containsExactly(1, 1, encoder.outputFeatures(1));
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void jsonRoundTrip(SpikeEncoder encoder) throws Exception {
    for (ObjectMapper mapper :
        new ObjectMapper[] {new ObjectMapper(), NeuralNetConfiguration.mapper()}) {
      String json = mapper.writeValueAsString(encoder);
      assertThat(json).contains("@class").contains(encoder.getClass().getName());
      assertThat(mapper.readValue(json, SpikeEncoder.class))
          .isEqualTo(encoder)
          .hasSameHashCodeAs(encoder)
          .hasToString(encoder.toString());
    }
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void javaSerializationRoundTrip(SpikeEncoder encoder) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(encoder);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(encoder);
    }
  }

  @Test
  void equalityLooksAtEverySetting() {
    assertThat(encoders().distinct()).hasSize(7);
    assertThat(new BernoulliEncoder(1)).isNotEqualTo(new BernoulliEncoder(2));
    assertThat(new PoissonEncoder(1, 0.5))
        .isNotEqualTo(new PoissonEncoder(2, 0.5))
        .isNotEqualTo(new PoissonEncoder(1, 0.6));
    assertThat(new LatencyEncoder())
        .isEqualTo(new LatencyEncoder(0))
        .isNotEqualTo(new LatencyEncoder(0.1));
    assertThat(new PhaseEncoder()).isEqualTo(new PhaseEncoder(8)).isNotEqualTo(new PhaseEncoder(7));
    assertThat(new PopulationEncoder(5))
        .isEqualTo(new PopulationEncoder(5, 0, 1, 1.5, new LatencyEncoder(0.1)))
        .isNotEqualTo(new PopulationEncoder(6))
        .isNotEqualTo(new PopulationEncoder(5, -1, 1, 1.5, new LatencyEncoder(0.1)))
        .isNotEqualTo(new PopulationEncoder(5, 0, 2, 1.5, new LatencyEncoder(0.1)))
        .isNotEqualTo(new PopulationEncoder(5, 0, 1, 1.6, new LatencyEncoder(0.1)))
        .isNotEqualTo(new PopulationEncoder(5, 0, 1, 1.5, new LatencyEncoder(0.2)));
  }

  @ParameterizedTest
  @MethodSource("unitIntervalEncoders")
  void rejectsValuesOutsideTheUnitInterval(SpikeEncoder encoder) {
    double[] bad = {
      -1e-6, 1.0000002, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
    };
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      for (double value : bad) {
        INDArray x = values(type).putScalar(2, 5, value);
        assertThatIllegalArgumentException()
            .isThrownBy(() -> encoder.encode(x, T, 0))
            .withMessageContaining(encoder.getClass().getSimpleName())
            .withMessageContaining("input[2, 5] = " + x.getDouble(2, 5))
            .withMessageContaining("NormalizerMinMaxScaler");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void rejectsWrongArguments(SpikeEncoder encoder) {
    String name = encoder.getClass().getSimpleName();
    INDArray x = values(DataType.FLOAT);
    assertRejected(encoder, null, T, name, "got null");
    assertRejected(encoder, x, 0, name, "timeSteps must be >= 1, got 0");
    assertRejected(encoder, x, -4, name, "got -4");
    assertRejected(encoder, x, Integer.MAX_VALUE, name, "[3, 7]", "smaller batches");
    assertRejected(encoder, Nd4j.zeros(DataType.FLOAT, 2, 3, 4), T, name, "rank 2", "[2, 3, 4]");
    assertRejected(encoder, Nd4j.zeros(DataType.FLOAT, 4), T, name, "rank 2", "[4]");
    assertRejected(encoder, Nd4j.scalar(0.5f), T, name, "rank 2", "[]");
    assertRejected(encoder, Nd4j.empty(DataType.FLOAT).reshape(0, 3), T, name, "empty", "[0, 3]");
    for (DataType type : new DataType[] {DataType.UINT16, DataType.BFLOAT16, DataType.BOOL}) {
      assertRejected(encoder, Nd4j.zeros(type, 2, 3), T, name, type.name(), "castTo");
    }
  }

  private static void assertRejected(
      SpikeEncoder encoder, INDArray x, int timeSteps, String... parts) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> encoder.encode(x, timeSteps, 0))
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }
}
