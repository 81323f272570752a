package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dl4jsnn.neuron.AdaptiveLif;
import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.ParametricLif;
import io.github.dl4jsnn.neuron.Sharing;
import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.PlainSpikingAttention;
import io.github.dl4jsnn.testing.QuietSameDiff;
import io.github.dl4jsnn.testing.Threads;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Spiking self-attention: fused kernels, SameDiff definition and plain loops agree. */
@ExtendWith(QuietSameDiff.class)
class SpikingAttentionTest {
  private static final LifParameters LIF =
      LifParameters.builder().decay(0.7).threshold(0.4).surrogate(new ArctanSurrogate()).build();

  /** N, T, L, heads and features of a head, all different: both orders of the products. */
  static Stream<Arguments> cases() {
    return Stream.of(
        arguments(new int[] {2, 3, 5, 1, 4}, RNNFormat.NWC, Missing.NOTHING),
        arguments(new int[] {3, 2, 7, 4, 5}, RNNFormat.NWC, Missing.ENTRIES),
        arguments(new int[] {2, 4, 3, 2, 5}, RNNFormat.NCW, Missing.ENTRIES),
        arguments(new int[] {1, 5, 2, 3, 4}, RNNFormat.NCW, Missing.NOTHING),
        arguments(new int[] {1, 1, 1, 1, 1}, RNNFormat.NWC, Missing.NOTHING),
        arguments(new int[] {4, 1, 6, 2, 1}, RNNFormat.NWC, Missing.ENTRIES),
        arguments(new int[] {2, 3, 1, 5, 2}, RNNFormat.NCW, Missing.ENTRIES),
        arguments(new int[] {3, 2, 7, 2, 3}, RNNFormat.NWC, Missing.POSITIONS),
        arguments(new int[] {4, 3, 2, 3, 5}, RNNFormat.NCW, Missing.POSITIONS));
  }

  /** What the mask says is missing. */
  private enum Missing {
    NOTHING,
    /** Entries: a position may be there at some steps. */
    ENTRIES,
    /** Positions, at all steps, as behind padded sequences. */
    POSITIONS;

    INDArray mask(int[] size, DataType type) {
      switch (this) {
        case ENTRIES:
          return Values.mask(size[0], size[1] * size[2], type);
        case POSITIONS:
          return Nd4j.tile(Values.mask(size[0], size[2], type), 1, size[1]);
        default:
          return null;
      }
    }
  }

  private static SpikingAttention.Builder layer(int[] size, Neuron neuron) {
    return new SpikingAttention.Builder()
        .name("attention")
        .timeSteps(size[1])
        .heads(size[3])
        .scale(0.2)
        .neuron(neuron);
  }

  private static InputType type(int[] size, RNNFormat format) {
    return InputType.recurrent(3L * size[3] * size[4], size[1] * size[2], format);
  }

  private static INDArray real(int[] size, DataType type) {
    return Values.uniform(1, -0.5, 1.5, type, size[0], size[1] * size[2], 3 * size[3] * size[4]);
  }

  private static INDArray spikes(int[] size, DataType type) {
    return Values.binary(2, 0.4, type, size[0], size[1] * size[2], 3 * size[3] * size[4]);
  }

  private static INDArray inFormat(INDArray nwc, RNNFormat format) {
    return format == RNNFormat.NCW ? nwc.permute(0, 2, 1).dup('c') : nwc;
  }

  @ParameterizedTest(name = "{0} {1} missing {2}")
  @MethodSource("cases")
  void equalsDefinitionAndPlainLoops(int[] size, RNNFormat format, Missing missing) {
    DataType type = DataType.DOUBLE;
    INDArray nwc = real(size, type);
    INDArray mask = missing.mask(size, type);
    INDArray in = inFormat(nwc, format);
    InputType inputType = type(size, format);
    SpikingAttention.Builder b = layer(size, LIF);
    LayerRun fused = Backends.layer(b.backend(Backend.FUSED).build(), inputType, in, mask);
    LayerRun defined = Backends.layer(b.backend(Backend.SAMEDIFF).build(), inputType, in, mask);
    Tolerances.assertIdentical("spikes", fused.output, defined.output);
    fused.assertGradientsClose(defined, Tolerances.DOUBLE);
    PlainSpikingAttention plain = new PlainSpikingAttention(size, 0.2, LIF, nwc, mask);
    INDArray out = inFormat(fused.output, format);
    assertThat(Values.of(out)).isEqualTo(plain.spikes());
  }

  /** The gradient from above that {@code Backends} makes is hidden, so a given one is used. */
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("cases")
  void gradientEqualsPlainLoops(int[] size, RNNFormat format, Missing missing) {
    DataType type = DataType.DOUBLE;
    INDArray nwc = real(size, type);
    INDArray g = Values.uniform(5, -1, 1, type, size[0], size[1] * size[2], size[3] * size[4]);
    LayerRun run =
        Backends.layer(
            layer(size, LIF).backend(Backend.FUSED).build(),
            type(size, format),
            inFormat(nwc, format),
            Map.of(),
            inFormat(g, format));
    double[] expected =
        new PlainSpikingAttention(size, 0.2, LIF, nwc, null).inputGradient(Values.of(g));
    Tolerances.assertClose(
        "input gradient",
        Values.of(inFormat(run.inputGradient, format)),
        expected,
        Tolerances.DOUBLE);
  }

  /** Counts are exact, so float and double, both orders and the definition give equal spikes. */
  @ParameterizedTest(name = "{0} {1} missing {2}")
  @MethodSource("cases")
  void spikesInSpikesOutExactly(int[] size, RNNFormat format, Missing missing) {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      INDArray in = inFormat(spikes(size, type), format);
      INDArray mask = missing.mask(size, type);
      SpikingAttention.Builder b = layer(size, LIF).scale(0.25);
      InputType inputType = type(size, format);
      LayerRun fused = Backends.layer(b.backend(Backend.FUSED).build(), inputType, in, mask);
      LayerRun defined = Backends.layer(b.backend(Backend.SAMEDIFF).build(), inputType, in, mask);
      Tolerances.assertIdentical("spikes", fused.output, defined.output);
      fused.assertGradientsClose(defined, Tolerances.of(type));
    }
  }

  @Test
  void otherNeuronsEqualDefinition() {
    int[] size = {2, 3, 4, 2, 3};
    Neuron neuron = AdaptiveLif.builder().threshold(0.5).surrogate(new ArctanSurrogate()).build();
    INDArray in = real(size, DataType.DOUBLE);
    INDArray mask = Values.mask(2, 12, DataType.DOUBLE);
    InputType type = type(size, RNNFormat.NWC);
    SpikingAttention.Builder b = layer(size, neuron);
    LayerRun fused = Backends.layer(b.backend(Backend.FUSED).build(), type, in, mask);
    LayerRun defined = Backends.layer(b.backend(Backend.SAMEDIFF).build(), type, in, mask);
    Tolerances.assertIdentical("spikes", fused.output, defined.output);
    fused.assertGradientsClose(defined, Tolerances.DOUBLE);
  }

  /** T steps of L positions are not L steps of T positions. */
  @Test
  void stepsAndPositionsAreNotExchanged() {
    int[] size = {2, 3, 5, 2, 3};
    int[] exchanged = {2, 5, 3, 2, 3};
    INDArray in = real(size, DataType.DOUBLE);
    INDArray right = run(size, in, null).output;
    INDArray wrong = run(exchanged, in, null).output;
    assertThat(right.sub(wrong).norm1Number().doubleValue()).isGreaterThan(1);
    // positions in another order give outputs in that order; steps in another order do not
    int[] order = {4, 0, 3, 1, 2};
    INDArray moved = permuted(in, size, order);
    Tolerances.assertIdentical(
        "moved", run(size, moved, null).output, permuted(right, size, order));
  }

  private static INDArray permuted(INDArray a, int[] size, int[] order) {
    INDArray moved = a.dup('c');
    for (int t = 0; t < size[1]; t++) {
      for (int l = 0; l < size[2]; l++) {
        moved
            .get(NDArrayIndex.all(), NDArrayIndex.point(t * size[2] + l), NDArrayIndex.all())
            .assign(
                a.get(
                    NDArrayIndex.all(),
                    NDArrayIndex.point(t * size[2] + order[l]),
                    NDArrayIndex.all()));
      }
    }
    return moved;
  }

  private static LayerRun run(int[] size, INDArray in, INDArray mask) {
    SpikingAttention conf = layer(size, LIF).backend(Backend.FUSED).build();
    return Backends.layer(conf, type(size, RNNFormat.NWC), in, mask);
  }

  /** What masked entries hold has no effect: not even NaN. */
  @Test
  void maskedEntriesAreNotThere() {
    int[] size = {2, 2, 4, 2, 3};
    INDArray mask = Values.array(new double[] {1, 1, 0, 1, 1, 1, 0, 1}, DataType.DOUBLE, 1, 8);
    mask = mask.broadcast(2, 8).dup('c');
    INDArray in = real(size, DataType.DOUBLE);
    INDArray other = in.dup();
    for (int p : new int[] {2, 6}) {
      other
          .get(NDArrayIndex.all(), NDArrayIndex.point(p), NDArrayIndex.all())
          .assign(p == 2 ? Double.NaN : 50);
    }
    run(size, in, mask).assertIdentical(run(size, other, mask));
    LayerRun shorter = run(new int[] {2, 2, 3, 2, 3}, without(in, 2, 6), null);
    INDArray rest = without(run(size, in, mask).output, 2, 6);
    Tolerances.assertIdentical("positions that are there", rest, shorter.output);
  }

  private static INDArray without(INDArray a, int... entries) {
    INDArray kept =
        Values.uniform(
            1,
            0,
            0,
            a.dataType(),
            (int) a.size(0),
            (int) a.size(1) - entries.length,
            (int) a.size(2));
    int to = 0;
    for (int p = 0; p < a.size(1); p++) {
      int q = p;
      if (java.util.Arrays.stream(entries).noneMatch(e -> e == q)) {
        kept.get(NDArrayIndex.all(), NDArrayIndex.point(to++), NDArrayIndex.all())
            .assign(a.get(NDArrayIndex.all(), NDArrayIndex.point(p), NDArrayIndex.all()));
      }
    }
    return kept;
  }

  @Test
  void examplesDoNotMeet() {
    int[] size = {5, 3, 4, 2, 3};
    INDArray in = spikes(size, DataType.FLOAT);
    INDArray all = run(size, in, null).output;
    for (int n = 0; n < 5; n++) {
      INDArray one = in.slice(n).reshape('c', 1, 12, 18).dup('c');
      Tolerances.assertIdentical(
          "example " + n, all.slice(n).reshape('c', 1, 12, 6), run(size, one, null).output);
    }
  }

  @Test
  void threadsDoNotChangeResults() {
    int[] size = {7, 4, 33, 3, 8};
    INDArray in = real(size, DataType.FLOAT);
    INDArray mask = Values.mask(7, 4 * 33, DataType.FLOAT);
    for (INDArray m : new INDArray[] {null, mask}) {
      LayerRun one = Threads.with(1, () -> run(size, in, m));
      LayerRun five = Threads.with(5, () -> run(size, in, m));
      five.assertIdentical(one);
    }
  }

  @Test
  void badInputIsRefused() {
    int[] size = {1, 3, 2, 2, 3};
    INDArray in = spikes(size, DataType.FLOAT);
    assertThatThrownBy(() -> run(new int[] {1, 4, 2, 2, 3}, in, null))
        .hasMessageContainingAll("\"attention\"", "timeSteps T = 4", "got 6");
    assertThatThrownBy(() -> run(new int[] {1, 3, 2, 4, 3}, in, null))
        .hasMessageContainingAll("\"attention\"", "heads = 4", "got 18 features");
    INDArray nan = in.dup();
    nan.putScalar(0, 3, 4, Double.NaN);
    assertThatThrownBy(() -> run(size, nan, null))
        .hasMessageContainingAll("\"attention\"", "example 0", "NaN");
    INDArray ones = Values.uniform(1, 1, 1, DataType.FLOAT, 1, 6);
    assertThatThrownBy(() -> run(size, nan, ones))
        .hasMessageContainingAll("\"attention\"", "example 0", "NaN");
  }

  @Test
  void badConfigurationIsRefused() {
    SpikingAttention.Builder b = new SpikingAttention.Builder();
    assertThatThrownBy(b::build).hasMessageContainingAll("SpikingAttention", "timeSteps", "was 0");
    assertThatThrownBy(() -> b.heads(0)).hasMessageContainingAll("SpikingAttention", "heads");
    assertThatThrownBy(() -> b.scale(0)).hasMessageContainingAll("SpikingAttention", "scale");
    assertThatThrownBy(() -> b.neuron(ParametricLif.builder().trainDecay(Sharing.LAYER).build()))
        .hasMessageContainingAll("SpikingAttention", "trained");
  }
}
