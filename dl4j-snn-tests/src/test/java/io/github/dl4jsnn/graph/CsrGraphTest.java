package io.github.dl4jsnn.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.MultiDataSet;

class CsrGraphTest {

  private static CsrGraph.Builder three() {
    return CsrGraph.builder("three", 3);
  }

  @Test
  void sortsByTargetAndKeepsTheOrderOfTheData() {
    CsrGraph graph =
        three()
            .edges(
                new int[] {2, 0, 1, 0, 2, 2},
                new int[] {2, 1, 0, 2, 0, 1},
                new float[] {1, 2, 3, 0, 5, 6})
            .build();
    assertThat(graph.numEdges()).isEqualTo(5);
    assertThat(graph.edges(DataType.DOUBLE).toDoubleMatrix())
        .isDeepEqualTo(new double[][] {{1, 0, 3}, {2, 0, 5}, {0, 1, 2}, {2, 1, 6}, {2, 2, 1}});
    assertThat(graph.inDegree(0)).isEqualTo(2);
    assertThat(graph.firstEntry(3)).isEqualTo(5);
    assertThat(graph.maxInDegree()).isEqualTo(2);
  }

  @Test
  void holdsTheSameAsGraphData() {
    GraphData club = KarateClub.load();
    CsrGraph csr = CsrGraph.of(club);
    assertThat(csr.features(DataType.FLOAT)).isEqualTo(club.features());
    assertThat(csr.nodes(Split.TRAIN)).containsExactly(club.nodes(Split.TRAIN));
    assertThat(csr.numEdges()).isEqualTo(club.numEdges());
    MultiDataSet batch = csr.dataSet(Split.TEST, DataType.DOUBLE);
    MultiDataSet expected = club.dataSet(Split.TEST, DataType.DOUBLE);
    assertThat(batch.getLabels(0)).isEqualTo(expected.getLabels(0));
    assertThat(batch.getLabelsMaskArray(0)).isEqualTo(expected.getLabelsMaskArray(0));
    assertThat(csr)
        .hasToString("CsrGraph(karate-club: 34 nodes, 156 edges, 34 features, 2 classes)");
  }

  @Test
  void aGraphWithoutEdgesGivesOneRowThatIsNone() {
    CsrGraph graph = three().build();
    assertThat(graph.maxInDegree()).isZero();
    assertThat(graph.edges(DataType.FLOAT).toDoubleMatrix())
        .isDeepEqualTo(new double[][] {{0, 0, 0}});
  }

  @Test
  void nodeNumbersThatAFloatDoesNotHoldAreRefused() {
    CsrGraph graph = CsrGraph.builder("huge", (1 << 24) + 2).build();
    assertThatIllegalStateException()
        .isThrownBy(() -> graph.edges(DataType.FLOAT))
        .withMessage(
            "huge: node number 16777217 is above 2^24 = 16777216, up to which float is exact;"
                + " use DataType.DOUBLE or smaller sub-graphs");
    assertThat(graph.edges(DataType.DOUBLE).rows()).isEqualTo(1);
  }

  @Test
  void arraysAboveTwoGigabytesAreRefusedBeforeTheyAreMade() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ArrayWriter.create("g", DataType.FLOAT, 1 << 20, 4, 128))
        .withMessageContaining("g: an array [1048576, 4, 128] of FLOAT takes 2,147,483,648 bytes");
  }

  @Test
  void badPartsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> three().edges(new int[] {0}, new int[] {3}).build())
        .withMessage("three: edge row 0: expected a target of 0 to 2, got 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> three().edges(new int[] {0, 1}, new int[] {1}).build())
        .withMessageContaining("got 2, 1 and 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> three().features(new float[5], 2).build())
        .withMessage("three: expected 6 feature values, 3 nodes times 2 features, got 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> three().features(new float[] {0, 0, 0, Float.NaN, 0, 0}, 2).build())
        .withMessage("three: feature 1 of node 1 is NaN");
    assertThatIllegalStateException()
        .isThrownBy(() -> three().build().features(DataType.FLOAT))
        .withMessage("three has no features");
  }
}
