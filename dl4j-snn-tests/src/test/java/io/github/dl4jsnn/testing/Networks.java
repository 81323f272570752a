package io.github.dl4jsnn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Steps and comparisons of network tests. */
public final class Networks {
  private Networks() {}

  /** Trains some iterations from a fixed state of ND4J's generator, which draws DL4J's dropout. */
  public static void fit(ComputationGraph net, MultiDataSet data, int iterations, long seed) {
    Nd4j.getRandom().setSeed(seed);
    for (int i = 0; i < iterations; i++) {
      net.fit(data);
    }
  }

  public static INDArray output(ComputationGraph net, MultiDataSet data) {
    return net.output(
            false, data.getFeatures(), data.getFeaturesMaskArrays(), data.getLabelsMaskArrays())[0];
  }

  /** Equal type, shape and values, bit for bit; ND4J's own equality allows 1e-5. */
  public static void assertSameBits(INDArray actual, INDArray expected) {
    assertThat(actual.dataType()).isEqualTo(expected.dataType());
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.dup('c').data().asDouble()).isEqualTo(expected.dup('c').data().asDouble());
  }

  public static void assertFinite(INDArray a) {
    for (double v : a.dup('c').data().asDouble()) {
      assertThat(v).isFinite();
    }
  }

  public static void assertSameParameters(ComputationGraph actual, ComputationGraph expected) {
    Map<String, INDArray> table = expected.paramTable();
    assertThat(actual.paramTable().keySet()).isEqualTo(table.keySet());
    for (String key : table.keySet()) {
      assertThat(actual.paramTable().get(key).dup('c').data().asDouble())
          .as(key)
          .isEqualTo(table.get(key).dup('c').data().asDouble());
    }
  }
}
