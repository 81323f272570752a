package io.github.dl4jsnn.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GraphShapesTest {
  private final List<GraphExample> graphs = GraphShapes.generate(300, 7);

  @Test
  void isSeededAndBalanced() {
    assertThat(GraphShapes.generate(300, 7)).isEqualTo(graphs);
    assertThat(GraphShapes.generate(300, 8)).isNotEqualTo(graphs);
    assertThat(GraphShapes.generate(0, 7)).isEmpty();
    for (int label = 0; label < GraphShapes.CLASSES; label++) {
      int c = label;
      assertThat(graphs.stream().filter(g -> g.label(c) == 1)).hasSize(100);
    }
    assertThatThrownBy(() -> GraphShapes.generate(-1, 7)).hasMessageContaining("got -1");
  }

  @Test
  void featuresAreTheDegreeAndEdgesAreSimpleAndUndirected() {
    for (GraphExample example : graphs) {
      GraphData g = example.graph();
      assertThat(g.numNodes()).isBetween(4, 13);
      assertThat(g.numFeatures()).isEqualTo(GraphShapes.FEATURES);
      assertThat(g.inDegrees()).isEqualTo(g.outDegrees());
      assertThat(NegativeSampling.edges(g)).hasSize(g.numEdges() / 2);
      int[] degrees = g.inDegrees();
      for (int i = 0; i < g.numNodes(); i++) {
        assertThat(degrees[i]).isPositive();
        assertThat(g.feature(i, Math.min(degrees[i], GraphShapes.FEATURES - 1))).isEqualTo(1f);
        assertThat(g.rowPointers()[i + 1]).isEqualTo(i + 1);
      }
    }
  }

  @Test
  void shapesAreThere() {
    for (GraphExample example : graphs) {
      int[] degrees = example.graph().inDegrees();
      int largest = Arrays.stream(degrees).max().getAsInt();
      if (example.label(GraphShapes.STAR) == 1) {
        assertThat(largest).isGreaterThanOrEqualTo(3);
      } else if (example.label(GraphShapes.CLIQUE) == 1) {
        assertThat(Arrays.stream(degrees).filter(d -> d >= 3).count()).isGreaterThanOrEqualTo(4);
      } else {
        assertThat(Arrays.stream(degrees).filter(d -> d >= 2).count()).isGreaterThanOrEqualTo(4);
      }
    }
  }
}
