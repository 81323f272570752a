package io.github.dl4jsnn.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.learning.AdamW;
import io.github.dl4jsnn.monitor.AttentionMap;
import io.github.dl4jsnn.testing.Networks;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;

/** The Transformer learns a small task, comes back from a file, and does what its options say. */
class TransformerForecasterTest {

  private static TransformerForecaster.Builder small() {
    return TransformerForecaster.builder(2, 5, 3)
        .hidden(16)
        .blocks(1)
        .heads(2)
        .mlpRatio(2)
        .updater(new Adam(0.01));
  }

  @Test
  void forecasts(@TempDir Path dir) throws Exception {
    SpikformerTest.assertLearnsAndComesBack(small().build(), SpikformerTest.series(), dir);
  }

  @Test
  void trainsWithDropoutAndWeightDecay(@TempDir Path dir) throws Exception {
    ZooNetwork zoo =
        small()
            .dropOut(0.95)
            .positionalEncoding(false)
            .adamW(AdamW.builder().learningRate(0.01).build())
            .build();
    ComputationGraphConfiguration conf = zoo.conf();
    assertThat(conf.getVertices()).doesNotContainKey("position");
    SpikformerTest.assertLearnsAndComesBack(zoo, SpikformerTest.series(), dir);
  }

  @Test
  void weightsOfAPositionAddUpToOne() {
    ComputationGraph net = small().build().init();
    MultiDataSet data = SpikformerTest.series();
    Networks.fit(net, data, 3, 1);
    AttentionMap maps = AttentionMap.of(net, "block0.attention", data.getFeatures(0));
    INDArray sums = maps.of(2, 1).sum(2);
    assertThat(sums.shape()).containsExactly(1, 5);
    assertThat(sums.sub(1).norm2Number().doubleValue()).isLessThan(1e-5);
  }

  @Test
  void badSettingsAreRefused() {
    assertThatThrownBy(() -> small().heads(3).build())
        .hasMessageContainingAll("TransformerForecaster", "multiple of heads, 3");
    assertThatThrownBy(() -> small().hidden(0)).hasMessageContainingAll("hidden", "was 0");
  }
}
