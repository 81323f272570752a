package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.testing.DoublePrecision;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.GraphConfig;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The level of series is taken apart and given back: values, gradients, formats, errors. */
@ExtendWith(DoublePrecision.class)
class SeriesLevelVertexTest {
  private static final DataType TYPE = DataType.DOUBLE;
  private static final int N = 3;
  private static final int L = 5;
  private static final int C = 2;
  private static final int S = 4;

  private static SeriesLevelVertex split() {
    return new SeriesLevelVertex(SeriesLevelVertex.Op.SPLIT);
  }

  private static SeriesLevelVertex add() {
    return new SeriesLevelVertex(SeriesLevelVertex.Op.ADD);
  }

  private static INDArray run(SeriesLevelVertex vertex, InputType type, INDArray x, INDArray m) {
    ComputationGraph net =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .dataType(TYPE)
                .graphBuilder()
                .addInputs("x", "m")
                .addVertex("y", vertex, "x", "m")
                .setInputTypes(type, InputType.feedForward(m.size(1)))
                .setOutputs("y")
                .build());
    net.init();
    return net.outputSingle(x, m);
  }

  @ParameterizedTest
  @EnumSource
  void splitsDifferencesFromLevel(RNNFormat format) {
    INDArray x = Values.uniform(1, -1, 2, TYPE, N, L, C);
    INDArray m = Values.uniform(2, -1, 2, TYPE, N, C);
    boolean ncw = format == RNNFormat.NCW;
    INDArray in = ncw ? x.permute(0, 2, 1).dup('c') : x;
    INDArray out = run(split(), InputType.recurrent(C, L, format), in, m);
    INDArray y = ncw ? out.permute(0, 2, 1) : out;
    assertThat(y.shape()).containsExactly(N, L, 2 * C);
    for (int n = 0; n < N; n++) {
      for (int l = 0; l < L; l++) {
        for (int c = 0; c < C; c++) {
          double level = m.getDouble(n, c);
          assertThat(y.getDouble(n, l, c)).isEqualTo(x.getDouble(n, l, c) - level);
          assertThat(y.getDouble(n, l, C + c)).isEqualTo(level);
        }
      }
    }
  }

  @Test
  void addsTheLevelOfAColumnsChannel() {
    INDArray x = Values.uniform(1, -1, 2, TYPE, N, S * C);
    INDArray m = Values.uniform(2, -1, 2, TYPE, N, C);
    INDArray y = run(add(), InputType.feedForward(S * C), x, m);
    assertThat(y.shape()).containsExactly(N, S * C);
    for (int n = 0; n < N; n++) {
      for (int k = 0; k < S * C; k++) {
        assertThat(y.getDouble(n, k)).isEqualTo(x.getDouble(n, k) + m.getDouble(n, k % C));
      }
    }
  }

  /** Both inputs of both come from layers that are trained. */
  @ParameterizedTest
  @EnumSource
  void gradientsEqualFiniteDifferences(RNNFormat format) {
    ComputationGraphConfiguration conf =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .dataType(TYPE)
            .updater(new NoOp())
            .graphBuilder()
            .addInputs("in")
            .addLayer("x", lstm(format), "in")
            .addLayer("m", new LastTimeStepLayer.Builder().build(), "x")
            .addVertex("split", split(), "x", "m")
            .addLayer("y", lstm(format), "split")
            .addLayer("last", new LastTimeStepLayer.Builder().build(), "y")
            .addLayer("change", new DenseLayer.Builder().nOut(S * C).build(), "last")
            .addVertex("forecast", add(), "change", "m")
            .addLayer("out", new LossLayer.Builder(LossFunction.MSE).build(), "forecast")
            .setInputTypes(InputType.recurrent(3, L, format))
            .setOutputs("out")
            .build();
    ComputationGraph net = new ComputationGraph(conf);
    net.init();
    long[] shape = format == RNNFormat.NCW ? new long[] {N, 3, L} : new long[] {N, L, 3};
    GraphConfig check =
        new GraphConfig()
            .net(net)
            .inputs(new INDArray[] {Values.uniform(1, -1, 1, TYPE, shape)})
            .labels(new INDArray[] {Values.uniform(2, 0, 1, TYPE, N, S * C)})
            .maxRelError(Tolerances.FINITE_DIFFERENCE);
    assertThat(GradientCheckUtil.checkGradients(check)).isTrue();
    assertThat(ComputationGraphConfiguration.fromJson(conf.toJson())).isEqualTo(conf);
  }

  private static LSTM lstm(RNNFormat format) {
    return new LSTM.Builder().nOut(C).dataFormat(format).activation(Activation.TANH).build();
  }

  @Test
  void whatDoesNotFitIsRefused() {
    InputType sequence = InputType.recurrent(C, L, RNNFormat.NWC);
    InputType level = InputType.feedForward(C);
    assertThat(split().getOutputType(0, sequence, level))
        .isEqualTo(InputType.recurrent(2 * C, L, RNNFormat.NWC));
    assertThat(add().getOutputType(0, InputType.feedForward(S * C), level))
        .isEqualTo(InputType.feedForward(S * C));
    assertThatThrownBy(() -> split().getOutputType(0, sequence, InputType.feedForward(C + 1)))
        .hasMessageContainingAll("SeriesLevelVertex(SPLIT)", "a sequence of C channels");
    assertThatThrownBy(() -> split().getOutputType(0, InputType.feedForward(C), level))
        .hasMessageContaining("SeriesLevelVertex(SPLIT)");
    assertThatThrownBy(() -> add().getOutputType(0, InputType.feedForward(S * C + 1), level))
        .hasMessageContainingAll("SeriesLevelVertex(ADD)", "rows of S*C numbers");
    assertThatThrownBy(
            () -> run(split(), sequence, Nd4j.zeros(TYPE, N, L, C + 1), Nd4j.zeros(TYPE, N, C)))
        .hasMessageContainingAll("SeriesLevelVertex(SPLIT) \"y\"", "[N, L, C]", "[3, 5, 3]");
  }
}
