package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dl4jsnn.conf.NodeFeatureAttentionLayer.Squeeze;
import io.github.dl4jsnn.testing.Backends;
import io.github.dl4jsnn.testing.LayerRun;
import io.github.dl4jsnn.testing.QuietSameDiff;
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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Attention over nodes and features: fused kernels against the definition, and its symmetries. */
@ExtendWith(QuietSameDiff.class)
class NodeFeatureAttentionTest {

  static Stream<Arguments> cases() {
    return Stream.of(Squeeze.values())
        .flatMap(
            squeeze ->
                Stream.of(
                    arguments(squeeze, true, true, RNNFormat.NWC, new long[] {3, 5, 7}, false),
                    arguments(squeeze, true, true, RNNFormat.NCW, new long[] {67, 2, 9}, true),
                    arguments(squeeze, true, false, RNNFormat.NWC, new long[] {5, 3, 11}, true),
                    arguments(squeeze, false, true, RNNFormat.NCW, new long[] {2, 6, 3}, true),
                    arguments(squeeze, true, true, RNNFormat.NWC, new long[] {1, 1, 1}, false),
                    arguments(squeeze, true, true, RNNFormat.NWC, new long[] {2, 1, 5}, false),
                    arguments(squeeze, true, true, RNNFormat.NWC, new long[] {4, 13}, false),
                    arguments(squeeze, true, true, RNNFormat.NWC, new long[] {3, 1}, false)));
  }

  @ParameterizedTest(name = "{0} features {1} nodes {2} {3} {4} masked {5}")
  @MethodSource("cases")
  void fusedEqualsDefinition(
      Squeeze squeeze,
      boolean features,
      boolean nodes,
      RNNFormat format,
      long[] size,
      boolean masked) {
    for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
      INDArray x = Values.uniform(1, -1, 2, type, size);
      INDArray mask = masked ? Values.mask((int) size[0], (int) size[1], type) : null;
      NodeFeatureAttentionLayer.Builder b =
          new NodeFeatureAttentionLayer.Builder()
              .squeeze(squeeze)
              .reduction(3)
              .featureAttention(features)
              .nodeAttention(nodes);
      LayerRun fused = run(b.backend(Backend.FUSED).build(), format, x, mask);
      LayerRun defined = run(b.backend(Backend.SAMEDIFF).build(), format, x, mask);
      Tolerances.assertClose("output", fused.output, defined.output, Tolerances.of(type));
      fused.assertGradientsClose(defined, Tolerances.of(type));
      assertThat(fused.gradients).hasSize((features ? 4 : 0) + (nodes ? 2 : 0));
    }
  }

  private static LayerRun run(
      NodeFeatureAttentionLayer layer, RNNFormat format, INDArray x, INDArray mask) {
    boolean sequence = x.rank() == 3;
    boolean ncw = sequence && format == RNNFormat.NCW;
    InputType type =
        sequence
            ? InputType.recurrent(x.size(2), x.size(1), format)
            : InputType.feedForward(x.size(1));
    return Backends.layer(layer, type, ncw ? x.permute(0, 2, 1).dup('c') : x, mask);
  }

  @ParameterizedTest
  @EnumSource
  void startsAsTheIdentity(Squeeze squeeze) {
    INDArray x = Values.uniform(1, -1, 2, DataType.FLOAT, 5, 3, 7);
    NodeFeatureAttentionLayer layer =
        new NodeFeatureAttentionLayer.Builder().squeeze(squeeze).backend(Backend.FUSED).build();
    InputType type = InputType.recurrent(7, 3, RNNFormat.NWC);
    LayerRun run = Backends.layer(layer, type, x, Map.of(), Nd4j.ones(DataType.FLOAT, 5, 3, 7));
    Tolerances.assertIdentical("output", run.output, x);
  }

  @ParameterizedTest
  @EnumSource
  void relabellingNodesRelabelsTheOutput(Squeeze squeeze) {
    INDArray x = Values.binary(1, 0.4, DataType.DOUBLE, 6, 3, 7);
    NodeFeatureAttentionLayer.Builder b = new NodeFeatureAttentionLayer.Builder().squeeze(squeeze);
    b.backend(Backend.FUSED);
    int[] order = {3, 0, 5, 1, 4, 2};
    INDArray out = run(b.build(), RNNFormat.NWC, x, null).output;
    INDArray permuted = run(b.build(), RNNFormat.NWC, pick(x, order), null).output;
    Tolerances.assertClose("output", permuted, pick(out, order), Tolerances.DOUBLE);
  }

  @Test
  void onlyTheMeanOfTheGraphSharesBetweenNodes() {
    INDArray x = Values.binary(1, 0.4, DataType.DOUBLE, 6, 3, 7);
    int[] part = {4, 1};
    for (Squeeze squeeze : Squeeze.values()) {
      // As many hidden units as features, so that some are open.
      NodeFeatureAttentionLayer.Builder b =
          new NodeFeatureAttentionLayer.Builder().squeeze(squeeze).reduction(1);
      b.backend(Backend.FUSED);
      INDArray whole = run(b.build(), RNNFormat.NWC, x, null).output;
      INDArray alone = run(b.build(), RNNFormat.NWC, pick(x, part), null).output;
      double distance = alone.distance2(pick(whole, part));
      if (squeeze == Squeeze.NODE) {
        assertThat(distance).isZero();
      } else {
        assertThat(distance).isGreaterThan(1e-4);
      }
    }
  }

  private static INDArray pick(INDArray x, int... nodes) {
    INDArray picked = Nd4j.create(x.dataType(), nodes.length, x.size(1), x.size(2));
    for (int i = 0; i < nodes.length; i++) {
      picked.slice(i).assign(x.slice(nodes[i]));
    }
    return picked;
  }

  @Test
  void silentNodesStaySilent() {
    INDArray x = Nd4j.zeros(DataType.FLOAT, 2, 3, 5);
    NodeFeatureAttentionLayer.Builder b = new NodeFeatureAttentionLayer.Builder();
    LayerRun run = run(b.backend(Backend.FUSED).build(), RNNFormat.NWC, x, null);
    assertThat(run.output.maxNumber().doubleValue()).isZero();
    assertThat(run.inputGradient.norm2Number().doubleValue()).isFinite();
  }

  @Test
  void badInputIsNamed() {
    INDArray x = Values.uniform(1, -1, 2, DataType.FLOAT, 2, 3, 5);
    x.putScalar(1, 2, 4, Float.NaN);
    NodeFeatureAttentionLayer.Builder b = new NodeFeatureAttentionLayer.Builder().name("gate");
    assertThatThrownBy(() -> run(b.backend(Backend.FUSED).build(), RNNFormat.NWC, x, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("gate")
        .hasMessageContaining("example 1")
        .hasMessageContaining("NaN");
  }

  @Test
  void badConfigurationsAreRefused() {
    NodeFeatureAttentionLayer.Builder b = new NodeFeatureAttentionLayer.Builder();
    assertThatThrownBy(() -> b.reduction(0)).hasMessageContaining("reduction");
    assertThatThrownBy(() -> b.featureAttention(false).nodeAttention(false).build())
        .hasMessageContaining("both off");
  }
}
