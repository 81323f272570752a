package io.github.dl4jsnn.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/** Checks the published counts on the real files; skipped where they are not. */
class PlanetoidTest {

  @BeforeAll
  static void needsData() {
    assumeTrue(
        DataFolder.find().isPresent(),
        "no data folder: set -D" + DataFolder.PROPERTY + " or " + DataFolder.ENVIRONMENT);
  }

  @Test
  void cora() throws IOException {
    GraphData cora = Planetoid.cora();
    assertCounts(cora, 2708, 5278, 1433, 7);
    assertThat(cora.isolatedNodes()).isEmpty();
    assertThat(cora.numUnlabelledNodes()).isZero();
    assertThat(cora.numNonZeros()).isEqualTo(49216);
    assertThat(cora.values()).containsOnly(1f);
    assertThat(cora.labels().sum(0).toDoubleVector())
        .containsExactly(351, 217, 418, 818, 426, 298, 180);
    assertThat(cora.nodes(Split.TRAIN)[139]).isEqualTo(139);
    assertThat(cora.nodes(Split.TEST)[0]).isEqualTo(1708);
    // First lines of the files, read by eye.
    assertThat(edge(cora, 0)).containsExactly(0, 633);
    assertThat(edge(cora, 1)).containsExactly(633, 0);
    assertThat(edge(cora, 2)).containsExactly(0, 1862);

    MultiDataSet train = cora.dataSet(Split.TRAIN);
    assertThat(train.getFeatures(0).shape()).containsExactly(2708, 1433);
    assertThat(train.getFeatures(0).sumNumber().doubleValue()).isEqualTo(49216);
    assertThat(train.getFeatures(1).shape()).containsExactly(10556, 3);
    assertThat(train.getLabelsMaskArray(0).sumNumber().intValue()).isEqualTo(140);
  }

  @Test
  void coraRowsSumToOneWhenNormalized() throws IOException {
    INDArray sums = Planetoid.cora().rowNormalizedFeatures().features().sum(1);
    // Up to 30 equal quotients a row, each within half a unit in the last place.
    for (double sum : sums.toDoubleVector()) {
      assertThat(sum).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void citeseer() throws IOException {
    GraphData citeseer = Planetoid.citeseer();
    assertCounts(citeseer, 3327, 4552, 3703, 6);
    assertThat(citeseer.isolatedNodes()).hasSize(48);
    assertThat(citeseer.numUnlabelledNodes()).isEqualTo(15);
    assertThat(citeseer.values()).containsOnly(1f);
    int[] pointers = citeseer.rowPointers();
    int edgesOfUnlabelled = 0;
    for (int i = 0; i < citeseer.numNodes(); i++) {
      if (citeseer.label(i) == GraphData.NO_LABEL) {
        assertThat(citeseer.split(i)).isEqualTo(Split.NONE);
        assertThat(pointers[i + 1]).as("features of node %d", i).isEqualTo(pointers[i]);
        assertThat(citeseer.inDegrees()[i]).as("edges of node %d", i).isPositive();
        edgesOfUnlabelled += citeseer.inDegrees()[i];
      }
    }
    // Without features and label they still pass messages on: no loader may drop them.
    assertThat(edgesOfUnlabelled).isEqualTo(16);
    assertThat(citeseer.rowNormalizedFeatures().feature(2407, 0)).isZero();
  }

  @Test
  void pubmed() throws IOException {
    GraphData pubmed = Planetoid.pubmed();
    assertCounts(pubmed, 19717, 44324, 500, 3);
    assertThat(pubmed.isolatedNodes()).isEmpty();
    int[] pointers = pubmed.rowPointers();
    for (int i = 0; i < pubmed.numNodes(); i++) {
      boolean known = pubmed.split(i) == Split.TRAIN || pubmed.split(i) == Split.TEST;
      if (!known) {
        assertThat(pointers[i + 1]).as("features of node %d", i).isEqualTo(pointers[i]);
      } else {
        assertThat(pointers[i + 1]).as("features of node %d", i).isGreaterThan(pointers[i]);
      }
    }
    assertThat(pubmed.edges().shape()).containsExactly(88648, 3);
    assertThat(pubmed.labels().sumNumber().intValue()).isEqualTo(19717);
  }

  private static void assertCounts(
      GraphData graph, int nodes, int undirectedEdges, int features, int classes) {
    assertThat(graph.numNodes()).isEqualTo(nodes);
    assertThat(graph.numEdges()).isEqualTo(2 * undirectedEdges);
    assertThat(graph.numFeatures()).isEqualTo(features);
    assertThat(graph.numClasses()).isEqualTo(classes);
    assertThat(graph.count(Split.TRAIN)).isEqualTo(20 * classes);
    assertThat(graph.count(Split.VALIDATION)).isEqualTo(500);
    assertThat(graph.count(Split.TEST)).isEqualTo(1000);
    assertThat(graph.inDegrees()).isEqualTo(graph.outDegrees());
  }

  private static int[] edge(GraphData graph, int row) {
    return new int[] {graph.source(row), graph.target(row)};
  }

  @Test
  void aSplitOfUnlabelledNodesIsRefused() throws IOException {
    GraphData citeseer = Planetoid.citeseer();
    Split[] all = new Split[citeseer.numNodes()];
    Arrays.fill(all, Split.TEST);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> citeseer.toBuilder().splits(all).build())
        .withMessageContaining("node 2407");
  }
}
