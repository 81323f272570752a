package io.github.dl4jsnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jsnn.position.PositionalEncoding;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.zoo.SpikformerTextClassifier;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import picocli.CommandLine;

class SpikformerOptionsTest {
  private static final int D = 8;

  private static SpikformerOptions options(String... args) {
    SpikformerOptions options = new SpikformerOptions();
    new CommandLine(options).parseArgs(args);
    return options;
  }

  private static ComputationGraph network(SpikformerOptions options) {
    return options.init(
        SpikformerTextClassifier.builder(5, 4, 2)
            .hidden(D)
            .blocks(1)
            .positionalEncoding(PositionalEncoding.CPG_FULL)
            .code(options.code(PositionalEncoding.CPG_FULL))
            .build());
  }

  private static INDArray part(ComputationGraph network, int i) {
    return network
        .getParam("block0.qkv_W2")
        .get(NDArrayIndex.all(), NDArrayIndex.interval(i * D, (i + 1) * D));
  }

  @Test
  void attentionCanBeginAmongNeighbours() {
    ComputationGraph plain = network(options());
    ComputationGraph local = network(options("--local-attention=3"));
    Tolerances.assertIdentical("queries", part(local, 0), part(plain, 0).mul(3));
    Tolerances.assertIdentical("keys", part(local, 1), part(local, 0));
    assertThat(part(local, 2).norm1Number().doubleValue()).isZero();
    assertThat(part(plain, 1)).isNotEqualTo(part(plain, 0));
    for (String layer : new String[] {"projection", "mlp1", "mlp2"}) {
      String name = "block0." + layer + "_W2";
      assertThat(local.getParam(name).norm1Number().doubleValue()).as(name).isZero();
      assertThat(plain.getParam(name).norm1Number().doubleValue()).as(name).isPositive();
    }
    Tolerances.assertIdentical(
        "other weights", local.getParam("block0.qkv_W"), plain.getParam("block0.qkv_W"));
  }

  @Test
  void settingsNameTheCodeOfAnEncodingThatHasOne() {
    SpikformerOptions options = options("--cpg-pairs=7", "--cpg-eta=2", "--local-attention=3");
    assertThat(options.settings(PositionalEncoding.CPG_FULL))
        .contains("CpgCode(pairs=7, period=100.0, eta=2.0, threshold=0.8) local 3.0");
    assertThat(options.settings(PositionalEncoding.NONE)).doesNotContain("CpgCode", "local");
  }
}
