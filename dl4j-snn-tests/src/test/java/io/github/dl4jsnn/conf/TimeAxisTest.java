package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Reset;
import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.QuietSameDiff;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * All dimensions differ and every (example, feature) fires at a step of its own, so that exchanging
 * or folding any two axes fails.
 */
@ExtendWith(QuietSameDiff.class)
class TimeAxisTest {
  private static final int N = 2;
  private static final int T = 11;
  private static final int F = 5;

  /** Fires when the accumulated current reaches 1, and ever after. */
  private static final LifParameters INTEGRATOR =
      LifParameters.builder().decay(1).reset(Reset.NONE).build();

  /** First step at which neuron (n, f) fires: 0 to 9, each once. */
  private static int first(int n, int f) {
    return n * F + f;
  }

  private static INDArray sequence(Entry entry) {
    double[] v = new double[N * T * F];
    for (int i = 0; i < v.length; i++) {
      v[i] = entry.at(i / F / T, i / F % T, i % F);
    }
    return Values.array(v, DataType.FLOAT, N, T, F);
  }

  private interface Entry {
    double at(int n, int t, int f);
  }

  @ParameterizedTest
  @EnumSource(names = {"FUSED", "SAMEDIFF"})
  void anImpulseFiresAtItsStepFromThenOn(Backend backend) {
    INDArray x = sequence((n, t, f) -> t == first(n, f) ? 1 : 0);
    INDArray expected = sequence((n, t, f) -> t >= first(n, f) ? 1 : 0);
    LifLayer.Builder b = new LifLayer.Builder().neuron(INTEGRATOR).backend(backend);
    Tolerances.assertIdentical(
        "NWC",
        Backends.layer(b.build(), InputType.recurrent(F, T, RNNFormat.NWC), x, null).output,
        expected);
    Tolerances.assertIdentical(
        "NCW",
        Backends.layer(
                b.build(), InputType.recurrent(F, T, RNNFormat.NCW), x.permute(0, 2, 1), null)
            .output,
        expected.permute(0, 2, 1));
  }

  @ParameterizedTest
  @EnumSource(names = {"FUSED", "SAMEDIFF"})
  void aConstantCurrentFiresWhenItHasAddedUp(Backend backend) {
    double[] current = new double[N * F];
    for (int i = 0; i < current.length; i++) {
      // a little more than 1 / steps, so that rounding does not decide
      current[i] = 1.01 / (first(i / F, i % F) + 1);
    }
    LifLayer layer =
        new LifLayer.Builder().neuron(INTEGRATOR).timeSteps(T).backend(backend).build();
    INDArray x = Values.array(current, DataType.FLOAT, N, F);
    Tolerances.assertIdentical(
        "spikes",
        Backends.layer(layer, InputType.feedForward(F), x, null).output,
        sequence((n, t, f) -> t >= first(n, f) ? 1 : 0));
  }

  @ParameterizedTest
  @EnumSource(names = {"FUSED", "SAMEDIFF"})
  void theReadOutSumsOverTime(Backend backend) {
    INDArray spikes = sequence((n, t, f) -> t >= first(n, f) ? 1 : 0);
    double[] expected = new double[N * F];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (T - first(i / F, i % F)) / (double) T;
    }
    SpikeReadoutLayer layer = new SpikeReadoutLayer.Builder().backend(backend).build();
    Tolerances.assertClose(
        "rate",
        Backends.layer(layer, InputType.recurrent(F, T, RNNFormat.NWC), spikes, null).output,
        Values.array(expected, DataType.FLOAT, N, F),
        Tolerances.FLOAT);
  }
}
