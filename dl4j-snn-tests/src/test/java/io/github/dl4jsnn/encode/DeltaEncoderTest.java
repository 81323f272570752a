package io.github.dl4jsnn.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.dl4jsnn.testing.Values;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.databind.ObjectMapper;

class DeltaEncoderTest {
  private static final int N = 3;
  private static final int T = 7;
  private static final int F = 2;

  static Stream<DeltaEncoder> encoders() {
    return Stream.of(
        new DeltaEncoder(0.25),
        new DeltaEncoder(0.5, true, false),
        new DeltaEncoder(0.25, false, true),
        new DeltaEncoder(0.125, true, true));
  }

  /** Multiples of 1/8, so that ties occur and both data types agree. */
  private static INDArray values(DataType type) {
    INDArray x = Values.uniform(4, -8, 8, DataType.DOUBLE, N, T, F);
    return Nd4j.math().floor(x).div(8).castTo(type);
  }

  /** As the definition reads. */
  private static INDArray plain(DeltaEncoder e, INDArray x, INDArray mask) {
    INDArray out = Nd4j.zeros(x.dataType(), N, T, e.isOffSpikes() ? 2 * F : F);
    for (int n = 0; n < N; n++) {
      for (int f = 0; f < F; f++) {
        Double before = e.isRepeatFirst() ? null : 0.0;
        for (int t = 0; t < T; t++) {
          if (mask != null && mask.getDouble(n, t) == 0) {
            continue;
          }
          double now = x.getDouble(n, t, f);
          double d = before == null ? 0 : now - before;
          out.putScalar(n, t, f, d >= e.getThreshold() ? 1 : 0);
          if (e.isOffSpikes()) {
            out.putScalar(n, t, F + f, d <= -e.getThreshold() ? 1 : 0);
          }
          before = now;
        }
      }
    }
    return out;
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void equalsTheDefinition(DeltaEncoder encoder) {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      INDArray x = values(type);
      INDArray spikes = encoder.encodeSequence(x, null);
      assertThat(spikes.dataType()).isEqualTo(type);
      assertThat(spikes.ordering()).isEqualTo('c');
      assertThat(spikes).isEqualTo(plain(encoder, x, null));
      assertThat(Values.of(spikes)).contains(0, 1).containsOnly(0, 1);
      assertThat(x).as("input").isEqualTo(values(type));
      assertThat(encoder.encode(x, T)).isEqualTo(spikes);
      INDArray mask = Values.mask(N, T, type);
      assertThat(encoder.encodeSequence(x, mask)).isEqualTo(plain(encoder, x, mask));
    }
  }

  /** From the examples of snnTorch's manual, with off-spikes on lines of their own. */
  @Test
  void equalsTheExamplesOfSnnTorch() {
    INDArray a = Values.array(new double[] {1, 2, 2.9, 3, 3.9}, DataType.DOUBLE, 1, 5, 1);
    assertSpikes(new DeltaEncoder(1), a, 1, 1, 0, 0, 0);
    assertSpikes(new DeltaEncoder(1, false, true), a, 0, 1, 0, 0, 0);
    INDArray b = Values.array(new double[] {1, 2, 0, 2, 2.9}, DataType.DOUBLE, 1, 5, 1);
    assertSpikes(new DeltaEncoder(1, true, false), b, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0);
    assertSpikes(new DeltaEncoder(1, true, true), b, 0, 0, 1, 0, 0, 1, 1, 0, 0, 0);
  }

  private static void assertSpikes(DeltaEncoder encoder, INDArray x, double... spikes) {
    assertThat(Values.of(encoder.encodeSequence(x, null))).containsExactly(spikes);
  }

  @Test
  void whatMissingStepsHoldDoesNotMatter() {
    INDArray mask = Values.mask(N, T, DataType.DOUBLE);
    INDArray x = values(DataType.DOUBLE);
    DeltaEncoder encoder = new DeltaEncoder(0.25, true, true);
    INDArray expected = encoder.encodeSequence(x, mask);
    for (int n = 0; n < N; n++) {
      for (int t = 0; t < T; t++) {
        if (mask.getDouble(n, t) == 0) {
          x.putScalar(n, t, 0, Double.NaN).putScalar(n, t, 1, 1e9);
        }
      }
    }
    assertThat(encoder.encodeSequence(x, mask)).isEqualTo(expected);
  }

  /** Where the threshold is small and every change is one step of it, both lines give it back. */
  @Test
  void changesOfOneThresholdAddUpToTheValue() {
    double threshold = 0.25;
    double[] walk = {0.25, 0.5, 0.5, 0.25, 0, -0.25, -0.25, 0, 0.25};
    INDArray spikes =
        new DeltaEncoder(threshold, true, false)
            .encodeSequence(Values.array(walk, DataType.DOUBLE, 1, walk.length, 1), null);
    double value = 0;
    for (int t = 0; t < walk.length; t++) {
      value += threshold * (spikes.getDouble(0, t, 0) - spikes.getDouble(0, t, 1));
      assertThat(value).isEqualTo(walk[t]);
    }
  }

  @Test
  void aFloatThresholdIsMetByTheSameFloat() {
    INDArray x = Values.array(new double[] {0, 0.1}, DataType.FLOAT, 1, 2, 1);
    assertSpikes(new DeltaEncoder(0.1), x, 0, 1);
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void viewsAndWorkspacesDoNotMatter(DeltaEncoder encoder) {
    INDArray x = values(DataType.FLOAT);
    INDArray expected = encoder.encodeSequence(x, null);
    INDArray permuted = x.permute(0, 2, 1).dup('c').permute(0, 2, 1);
    assertThat(encoder.encodeSequence(permuted, null)).isEqualTo(expected);
    for (int pass = 0; pass < 3; pass++) {
      try (MemoryWorkspace ws = Nd4j.getWorkspaceManager().getAndActivateWorkspace("DELTA")) {
        assertThat(encoder.encodeSequence(x, null)).isEqualTo(expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("encoders")
  void jsonAndSerializationRoundTrip(DeltaEncoder encoder) throws Exception {
    for (ObjectMapper mapper :
        new ObjectMapper[] {new ObjectMapper(), NeuralNetConfiguration.mapper()}) {
      String json = mapper.writeValueAsString(encoder);
      assertThat(mapper.readValue(json, SpikeEncoder.class))
          .isEqualTo(encoder)
          .hasSameHashCodeAs(encoder)
          .hasToString(encoder.toString());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(encoder);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(encoder);
    }
    assertThat(encoders().distinct()).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void rejectsThresholdsThatAreNotPositive(double threshold) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DeltaEncoder(threshold))
        .withMessageContaining("threshold must be above 0 and finite, got " + threshold);
  }

  @Test
  void rejectsWrongInput() {
    INDArray x = values(DataType.FLOAT);
    assertRejected(null, null, "[N, T, F]", "null");
    assertRejected(Nd4j.zeros(2, 3), null, "rank 3", "[2, 3]", "sequences");
    assertRejected(Nd4j.zeros(DataType.INT, 2, 3, 4), null, "INT", "castTo");
    assertRejected(x.dup().putScalar(1, 2, 1, Double.NaN), null, "input[1, 2, 1] = NaN");
    assertRejected(
        x.dup().putScalar(2, 0, 0, Double.NEGATIVE_INFINITY), null, "input[2, 0, 0] = -Infinity");
    assertRejected(x, Nd4j.ones(N, 2), "[N, T] = [3, 7]", "[3, 2]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DeltaEncoder(1).encode(x, 6))
        .withMessageContaining("6 steps, got 7");
  }

  private static void assertRejected(INDArray x, INDArray mask, String... parts) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DeltaEncoder(1).encodeSequence(x, mask))
        .withMessageContaining("DeltaEncoder")
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }
}
