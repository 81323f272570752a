package io.github.dl4jsnn.conf;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** What an example gives does not depend on the examples beside it. */
class BatchIndependenceTest {
  private static final int N = 7;
  private static final int T = 3;
  private static final int F = 5;
  private static final int[] SHUFFLED = {4, 0, 6, 2, 5, 1, 3};

  static Stream<Arguments> layers() {
    return Stream.of(
        arguments("LIF", (Supplier<Layer>) () -> new LifLayer.Builder().build()),
        arguments("STFN", (Supplier<Layer>) () -> new StfnLayer.Builder().build()),
        arguments(
            "attention", (Supplier<Layer>) () -> new NodeFeatureAttentionLayer.Builder().build()),
        arguments("read-out", (Supplier<Layer>) () -> new SpikeReadoutLayer.Builder().build()));
  }

  private final INDArray x = Values.uniform(1, -1, 2, DataType.FLOAT, N, T, F);

  private static INDArray run(Supplier<Layer> layer, INDArray input) {
    return Backends.layer(layer.get(), InputType.recurrent(F, T, RNNFormat.NWC), input, null)
        .output;
  }

  private static INDArray examples(INDArray a, int from, int to) {
    return a.get(NDArrayIndex.interval(from, to));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void shufflingTheBatchShufflesTheOutput(String name, Supplier<Layer> layer) {
    INDArray whole = run(layer, x);
    INDArray[] rows = new INDArray[N];
    INDArray[] expected = new INDArray[N];
    for (int n = 0; n < N; n++) {
      rows[n] = examples(x, SHUFFLED[n], SHUFFLED[n] + 1);
      expected[n] = examples(whole, SHUFFLED[n], SHUFFLED[n] + 1);
    }
    Tolerances.assertIdentical(name, run(layer, Nd4j.concat(0, rows)), Nd4j.concat(0, expected));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void splittingTheBatchSplitsTheOutput(String name, Supplier<Layer> layer) {
    INDArray whole = run(layer, x);
    Tolerances.assertIdentical(name, run(layer, examples(x, 0, 2).dup()), examples(whole, 0, 2));
    Tolerances.assertIdentical(name, run(layer, examples(x, 2, N).dup()), examples(whole, 2, N));
    Tolerances.assertIdentical(name, run(layer, examples(x, 6, 7).dup()), examples(whole, 6, 7));
  }
}
