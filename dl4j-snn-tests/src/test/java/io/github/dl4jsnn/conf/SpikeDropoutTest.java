package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.util.HashSet;
import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Dropout of spikes: one mask for all steps, in both passes, a function of seed and iteration. */
class SpikeDropoutTest {
  private static final int N = 53;
  private static final int T = 5;
  private static final int F = 71;

  private static LayerRun run(
      double p, RNNFormat format, Backend backend, INDArray x, boolean training) {
    return Backends.layer(
        new SpikeDropoutLayer.Builder().dropProbability(p).backend(backend).build(),
        InputType.recurrent(F, T, format),
        format == RNNFormat.NWC ? x : x.permute(0, 2, 1).dup('c'),
        null,
        training);
  }

  @ParameterizedTest
  @CsvSource({"NWC, 0.5, FLOAT", "NCW, 0.2, FLOAT", "NWC, 0.7, DOUBLE", "NCW, 0, DOUBLE"})
  void oneMaskServesAllSteps(RNNFormat format, double p, DataType type) {
    LayerRun run = run(p, format, Backend.FUSED, Nd4j.ones(type, N, T, F), true);
    INDArray y = format == RNNFormat.NWC ? run.output : run.output.permute(0, 2, 1);
    INDArray g = Backends.fromAbove(run.output);
    Tolerances.assertClose("gradient", run.inputGradient, g.mul(run.output), Tolerances.of(type));
    double scale = 1 / (1 - p);
    int dropped = 0;
    for (int n = 0; n < N; n++) {
      for (int f = 0; f < F; f++) {
        double first = y.getDouble(n, 0, f);
        dropped += first == 0 ? 1 : 0;
        for (int t = 0; t < T; t++) {
          assertThat(y.getDouble(n, t, f)).isEqualTo(first);
        }
        if (first != 0) {
          assertThat(first).isCloseTo(scale, within(1e-6 * scale));
        }
      }
    }
    // four standard deviations of a binomial share
    assertThat(dropped / (double) (N * F)).isCloseTo(p, within(4 * Math.sqrt(p * (1 - p) / N / F)));
  }

  @ParameterizedTest
  @CsvSource({"NWC, FLOAT", "NCW, DOUBLE"})
  void bothBackendsDrawTheSameMask(RNNFormat format, DataType type) {
    INDArray x = Values.binary(3, 0.4, type, N, T, F);
    run(0.3, format, Backend.FUSED, x, true)
        .assertIdentical(run(0.3, format, Backend.SAMEDIFF, x, true));
  }

  @ParameterizedTest
  @CsvSource({"FUSED", "SAMEDIFF"})
  void inferenceChangesNothing(Backend backend) {
    INDArray x = Values.binary(3, 0.4, DataType.FLOAT, N, T, F);
    LayerRun run = run(0.3, RNNFormat.NWC, backend, x, false);
    Tolerances.assertIdentical("output", run.output, x);
    Tolerances.assertIdentical("gradient", run.inputGradient, Backends.fromAbove(run.output));
  }

  /** Another iteration, layer or network seed draws another mask; the same ones the same. */
  @Test
  void maskIsAFunctionOfSeedLayerAndIteration() {
    Set<String> masks = new HashSet<>();
    for (long seed : new long[] {1, 2}) {
      for (int layer : new int[] {0, 1}) {
        for (int iteration : new int[] {0, 1, 2}) {
          String mask = mask(seed, layer, iteration);
          assertThat(mask(seed, layer, iteration)).isEqualTo(mask);
          masks.add(mask);
        }
      }
    }
    assertThat(masks).hasSize(12);
  }

  private static String mask(long seed, int layer, int iteration) {
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(seed)
                .list()
                .layer(new SpikeDropoutLayer.Builder().build())
                .layer(new SpikeDropoutLayer.Builder().build())
                .validateOutputLayerConfig(false)
                .setInputType(InputType.recurrent(F, T, RNNFormat.NWC))
                .build());
    net.init();
    Layer l = net.getLayer(layer);
    l.setIterationCount(iteration);
    l.setInput(Nd4j.ones(2, T, F), LayerWorkspaceMgr.noWorkspaces());
    return l.activate(true, LayerWorkspaceMgr.noWorkspaces()).toStringFull();
  }
}
