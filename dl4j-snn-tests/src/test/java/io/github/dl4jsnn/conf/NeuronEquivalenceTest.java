package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.Recurrence;
import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.NeuronModels;
import io.github.dl4jsnn.testing.QuietSameDiff;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Layers of neurons: fused kernels and SameDiff definition agree, in every gradient. */
@ExtendWith(QuietSameDiff.class)
class NeuronEquivalenceTest {
  private static final int[][] SIZES = {{3, 5, 7}, {1, 4, 2}, {2, 1, 3}, {2, 6, 1}};

  static Stream<Arguments> sequences() {
    List<Arguments> cases = new ArrayList<>();
    for (Neuron neuron : NeuronModels.all()) {
      int turn = cases.size();
      Recurrence recurrence = Recurrence.values()[turn % 3];
      cases.add(
          Arguments.of(
              NeuronModels.name(neuron), neuron, recurrence, SIZES[turn * 7 / 3 % 4], turn % 5));
    }
    return cases.stream();
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("sequences")
  void fusedEqualsDefinition(
      String name, Neuron neuron, Recurrence recurrence, int[] size, int form) {
    LayerRun fused = run(neuron, recurrence, size, form, Backend.FUSED);
    LayerRun defined = run(neuron, recurrence, size, form, Backend.SAMEDIFF);
    Tolerances.assertClose("output", fused.output, defined.output, Tolerances.DOUBLE);
    fused.assertGradientsClose(defined, Tolerances.DOUBLE);
  }

  static Stream<Arguments> smooth() {
    return NeuronModels.smooth().stream()
        .map(n -> Arguments.of(NeuronModels.name(n), n, Recurrence.ALL_TO_ALL));
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("smooth")
  void smoothFusedEqualsDefinition(String name, Neuron neuron, Recurrence recurrence) {
    LayerRun fused = run(neuron, recurrence, SIZES[0], 2, Backend.FUSED);
    LayerRun defined = run(neuron, recurrence, SIZES[0], 2, Backend.SAMEDIFF);
    Tolerances.assertClose("output", fused.output, defined.output, Tolerances.DOUBLE);
    fused.assertGradientsClose(defined, Tolerances.DOUBLE);
  }

  /** Forms: NWC, NCW, NWC with mask, NCW with mask, static. */
  private static LayerRun run(
      Neuron neuron, Recurrence recurrence, int[] size, int form, Backend backend) {
    int N = size[0];
    int T = size[1];
    int F = size[2];
    boolean ncw = form == 1 || form == 3;
    NeuronLayer.Builder b =
        new NeuronLayer.Builder().neuron(neuron).recurrence(recurrence).backend(backend);
    if (form == 4) {
      INDArray x = Values.uniform(3, -0.5, 1.2, DataType.DOUBLE, N, F);
      return Backends.layer(b.timeSteps(T).build(), InputType.feedForward(F), x, null);
    }
    INDArray x = Values.uniform(3, -1, 1.5, DataType.DOUBLE, N, T, F);
    return Backends.layer(
        b.build(),
        InputType.recurrent(F, T, ncw ? RNNFormat.NCW : RNNFormat.NWC),
        ncw ? x.permute(0, 2, 1).dup('c') : x,
        form >= 2 ? Values.mask(N, T, DataType.DOUBLE) : null);
  }
}
