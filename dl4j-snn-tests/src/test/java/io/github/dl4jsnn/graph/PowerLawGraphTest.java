package io.github.dl4jsnn.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;

class PowerLawGraphTest {

  @ParameterizedTest
  @CsvSource({"1,0", "2,1", "3,0", "7,21", "7,20", "50,3", "101,1013", "2000,20000"})
  void hasTheEdgesAskedForBothWaysOnceWithoutLoops(int nodes, int edges) {
    CsrGraph graph = PowerLawGraph.builder(nodes, edges).features(3).classes(2).build();
    assertThat(graph.numNodes()).isEqualTo(nodes);
    assertThat(graph.numEdges()).isEqualTo(2 * edges);
    Set<Long> seen = new HashSet<>();
    for (int v = 0; v < nodes; v++) {
      for (int e = graph.firstEntry(v); e < graph.firstEntry(v + 1); e++) {
        assertThat(graph.source(e)).isNotEqualTo(v);
        assertThat(seen.add((long) v * nodes + graph.source(e))).isTrue();
      }
    }
    for (long edge : seen) {
      assertThat(seen.contains(edge % nodes * nodes + edge / nodes)).isTrue();
    }
  }

  @Test
  void theSeedDecidesEverything() {
    PowerLawGraph.Builder settings = PowerLawGraph.builder(300, 2000).features(5);
    CsrGraph graph = settings.build();
    assertThat(settings.build().edges(DataType.FLOAT)).isEqualTo(graph.edges(DataType.FLOAT));
    assertThat(settings.build().features(DataType.FLOAT)).isEqualTo(graph.features(DataType.FLOAT));
    CsrGraph other = settings.seed(2).build();
    assertThat(other.edges(DataType.FLOAT)).isNotEqualTo(graph.edges(DataType.FLOAT));
    assertThat(other.features(DataType.FLOAT)).isNotEqualTo(graph.features(DataType.FLOAT));
  }

  /** Of a Barabasi-Albert graph, P(degree >= d) falls like (m / d)^2. */
  @Test
  void degreesFollowAPowerLaw() {
    int n = 20_000;
    int m = 5;
    CsrGraph graph = PowerLawGraph.builder(n, m * n).features(1).build();
    for (int d : new int[] {10, 20, 50, 100}) {
      int above = 0;
      for (int v = 0; v < n; v++) {
        above += graph.inDegree(v) >= d ? 1 : 0;
      }
      double expected = (double) m * (m + 1) / (d * (d + 1.0));
      assertThat(above / (double) n).isBetween(expected / 1.4, expected * 1.4);
    }
    assertThat(graph.maxInDegree()).isGreaterThan(300);
  }

  @Test
  void neighboursAndFeaturesTellTheClass() {
    CsrGraph graph =
        PowerLawGraph.builder(4000, 40_000).classes(4).features(16).signal(0.5).build();
    int same = 0;
    for (int v = 0; v < graph.numNodes(); v++) {
      for (int e = graph.firstEntry(v); e < graph.firstEntry(v + 1); e++) {
        same += graph.label(graph.source(e)) == graph.label(v) ? 1 : 0;
      }
    }
    // 0.8 within the community, and a quarter of the rest by chance
    assertThat(same / (double) graph.numEdges()).isCloseTo(0.85, within(0.03));
    double[] mean = new double[4];
    int[] count = new int[4];
    double[][] x = graph.features(DataType.DOUBLE).toDoubleMatrix();
    double square = 0;
    for (int v = 0; v < x.length; v++) {
      mean[graph.label(v)] += x[v][3];
      count[graph.label(v)]++;
      square += x[v][3] * x[v][3];
    }
    for (int c = 0; c < 4; c++) {
      assertThat(Math.abs(mean[c] / count[c])).isCloseTo(0.5, within(0.15));
      assertThat(count[c]).isBetween(850, 1150);
    }
    assertThat(square / x.length).isCloseTo(1.25, within(0.1));
    assertThat(graph.nodes(Split.TRAIN).length).isBetween(330, 470);
    assertThat(graph.nodes(Split.NONE)).isEmpty();
  }

  @Test
  void badSettingsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PowerLawGraph.builder(3, 4))
        .withMessageContaining("got 3 nodes and 4 edges");
    PowerLawGraph.Builder builder = PowerLawGraph.builder(3, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PowerLawGraph.builder(1 << 20, 0).features(1 << 11).build())
        .withMessage("expected at most 2147483647 feature values, got 1048576 nodes times 2048");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.features(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.classes(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.homophily(1.5));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.signal(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.splits(0.9, 0.2));
  }
}
