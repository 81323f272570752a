package io.github.dl4jsnn.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.MultiDataSet;

class EdgeSplitTest {
  private static final List<Split> SPLITS = List.of(Split.TRAIN, Split.VALIDATION, Split.TEST);

  private final GraphData club = KarateClub.load();

  private static EdgeSplit.Builder split(GraphData graph) {
    return EdgeSplit.builder(graph).validation(0.1).test(0.2).seed(5);
  }

  private static Set<Long> keys(NodePairs pairs) {
    Set<Long> keys = new HashSet<>();
    for (int p = 0; p < pairs.size(); p++) {
      assertThat(keys.add(NodePairs.key(pairs.first(p), pairs.second(p)))).isTrue();
    }
    return keys;
  }

  private static Set<Long> messages(EdgeSplit s, Split split) {
    return NegativeSampling.edges(s.messages(split));
  }

  private static Set<Long> union(Set<Long> a, Set<Long> b) {
    Set<Long> all = new HashSet<>(a);
    all.addAll(b);
    return all;
  }

  @Test
  void everyLinkIsInOneSplit() {
    EdgeSplit s = split(club).build();
    Set<Long> train = keys(s.positives(Split.TRAIN));
    Set<Long> validation = keys(s.positives(Split.VALIDATION));
    Set<Long> test = keys(s.positives(Split.TEST));
    assertThat(train).hasSize(54);
    assertThat(validation).hasSize(8);
    assertThat(test).hasSize(16);
    assertThat(union(train, union(validation, test))).isEqualTo(NegativeSampling.edges(club));
    assertThat(s).hasToString("EdgeSplit(karate-club: links train/validation/test 54/8/16)");
  }

  @Test
  void noLinkToBeFoundCarriesMessages() {
    EdgeSplit s = split(club).build();
    Set<Long> train = keys(s.positives(Split.TRAIN));
    assertThat(messages(s, Split.TRAIN)).isEqualTo(train);
    assertThat(messages(s, Split.VALIDATION)).isEqualTo(train);
    assertThat(messages(s, Split.TEST))
        .isEqualTo(union(train, keys(s.positives(Split.VALIDATION))));
    for (Split split : SPLITS) {
      assertThat(s.messages(split).numEdges()).isEqualTo(2 * messages(s, split).size());
    }
  }

  @Test
  void disjointTrainingLinksCarryNoMessages() {
    EdgeSplit s = split(club).disjointTraining(0.5).build();
    Set<Long> predicted = keys(s.positives(Split.TRAIN));
    assertThat(predicted).hasSize(27);
    assertThat(messages(s, Split.TRAIN)).hasSize(27).doesNotContainAnyElementsOf(predicted);
    assertThat(messages(s, Split.VALIDATION)).isEqualTo(union(predicted, messages(s, Split.TRAIN)));
  }

  /** Directed, parallel and weighted rows, self-loops, and rows that are no edges. */
  @Test
  void allRowsOfAPairGoTogether() {
    Random random = new Random(3);
    int rows = 400;
    int[] sources = random.ints(rows, 0, 20).toArray();
    int[] targets = random.ints(rows, 0, 20).toArray();
    float[] weights = new float[rows];
    for (int e = 0; e < rows; e++) {
      targets[e] = sources[e] < 10 ? targets[e] % 10 : targets[e]; // keeps some pairs free
      weights[e] = e % 9 == 0 ? 0 : 0.1f + random.nextFloat();
    }
    GraphData graph = GraphData.builder("multi", 20).edges(sources, targets, weights).build();
    EdgeSplit s = split(graph).validation(0.05).test(0.05).build();
    Set<Long> test = keys(s.positives(Split.TEST));
    assertThat(test).isNotEmpty();
    GraphData messages = s.messages(Split.TEST);
    double kept = 0;
    for (int e = 0; e < messages.numEdges(); e++) {
      assertThat(test).doesNotContain(NodePairs.key(messages.source(e), messages.target(e)));
      kept += messages.weight(e);
    }
    double expected = 0;
    for (int e = 0; e < rows; e++) {
      expected += test.contains(NodePairs.key(sources[e], targets[e])) ? 0 : weights[e];
    }
    assertThat(kept).isEqualTo(expected);
  }

  @Test
  void negativePairsAreNoLinksOfWhatTheSplitMayKnow() {
    EdgeSplit s = split(club).build();
    Set<Long> all = NegativeSampling.edges(club);
    Set<Long> validation = keys(s.negatives(Split.VALIDATION));
    Set<Long> test = keys(s.negatives(Split.TEST));
    assertThat(validation).hasSize(8).doesNotContainAnyElementsOf(all);
    assertThat(test)
        .hasSize(16)
        .doesNotContainAnyElementsOf(all)
        .doesNotContainAnyElementsOf(validation);
    Set<Long> drawn = new HashSet<>();
    for (int draw = 0; draw < 150; draw++) {
      Set<Long> negatives = keys(s.trainingNegatives(draw));
      assertThat(negatives).hasSize(54).doesNotContainAnyElementsOf(messages(s, Split.TRAIN));
      drawn.addAll(negatives);
    }
    // links of the other splits are not spared, which would give them away
    assertThat(drawn).containsAll(keys(s.positives(Split.TEST)));
    assertThat(s.trainingNegatives(1)).isNotEqualTo(s.trainingNegatives(2));
  }

  @Test
  void isSeeded() {
    EdgeSplit a = split(club).build();
    EdgeSplit b = split(club).build();
    EdgeSplit other = split(club).seed(6).build();
    for (Split split : SPLITS) {
      assertThat(b.positives(split)).isEqualTo(a.positives(split));
      assertThat(b.negatives(split)).isEqualTo(a.negatives(split));
      assertThat(b.messages(split)).isEqualTo(a.messages(split));
      assertThat(other.positives(split)).isNotEqualTo(a.positives(split));
    }
  }

  @Test
  void dataSetHoldsPositivePairsFirst() {
    EdgeSplit s = split(club).build();
    MultiDataSet d = s.dataSet(Split.TEST, DataType.DOUBLE);
    assertThat(d.getFeatures(0)).isEqualTo(club.features(DataType.DOUBLE));
    assertThat(d.getFeatures(1)).isEqualTo(s.messages(Split.TEST).edges(DataType.DOUBLE));
    assertThat(d.getFeatures(2))
        .isEqualTo(s.positives(Split.TEST).and(s.negatives(Split.TEST)).array(DataType.DOUBLE));
    double[] labels = d.getLabels(0).dup().data().asDouble();
    assertThat(d.getLabels(0).shape()).containsExactly(32, 1);
    for (int p = 0; p < labels.length; p++) {
      assertThat(labels[p]).isEqualTo(p < 16 ? 1 : 0);
    }
    assertThat(s.dataSet(Split.TRAIN).getFeatures(2))
        .isEqualTo(s.trainingSet(0, DataType.FLOAT).getFeatures(2))
        .isNotEqualTo(s.trainingSet(1, DataType.FLOAT).getFeatures(2));
  }

  @Test
  void whatCannotBeSplitIsRefused() {
    assertThatThrownBy(() -> split(club).test(1)).hasMessageContainingAll("test", "[0, 1)", "1.0");
    assertThatThrownBy(() -> split(club).validation(Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> split(club).disjointTraining(-1)).hasMessageContaining("-1.0");
    assertThatThrownBy(() -> split(club).validation(0.5).test(0.5).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("karate-club", "78 links", "39 are for test");
    assertThatThrownBy(() -> split(club).build().positives(Split.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("karate-club", "NONE");
    assertThatThrownBy(() -> split(club).test(0).build().dataSet(Split.TEST))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("karate-club", "TEST");
    GraphData complete =
        GraphData.builder("triangle", 3)
            .undirectedEdges(new int[] {0, 1, 2}, new int[] {1, 2, 0})
            .build();
    assertThatThrownBy(() -> split(complete).test(0.4).build())
        .hasMessageContainingAll("triangle", "without an edge", "got 1");
  }
}
