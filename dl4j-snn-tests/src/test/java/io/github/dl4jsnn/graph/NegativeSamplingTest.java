package io.github.dl4jsnn.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

class NegativeSamplingTest {
  private static final GraphData CLUB = KarateClub.load();
  private static final int FREE = 34 * 33 / 2 - 78;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 50, FREE / 2, FREE / 2 + 1, FREE})
  void pairsAreDifferentAndNoEdges(int count) {
    NodePairs pairs = NegativeSampling.sample(CLUB, count, 3);
    Set<Long> edges = NegativeSampling.edges(CLUB);
    assertThat(edges).hasSize(78);
    Set<Long> seen = new HashSet<>();
    for (int p = 0; p < pairs.size(); p++) {
      assertThat(pairs.first(p)).isNotEqualTo(pairs.second(p)).isBetween(0, 33);
      assertThat(pairs.second(p)).isBetween(0, 33);
      long key = NodePairs.key(pairs.first(p), pairs.second(p));
      assertThat(edges).doesNotContain(key);
      assertThat(seen.add(key)).isTrue();
    }
    assertThat(seen).hasSize(count);
    assertThat(NegativeSampling.sample(CLUB, count, 3)).isEqualTo(pairs).hasSameHashCodeAs(pairs);
    if (count > 1) {
      assertThat(NegativeSampling.sample(CLUB, count, 4)).isNotEqualTo(pairs);
    }
  }

  /** Each of the 6 free pairs of a ring of 5 and a point is as likely, on both ways to draw. */
  @ParameterizedTest
  @ValueSource(ints = {1, 6})
  void pairsAreUniform(int count) {
    GraphData ring =
        GraphData.builder("ring", 5)
            .undirectedEdges(new int[] {0, 1, 2, 3}, new int[] {1, 2, 3, 4})
            .build();
    Map<Long, Integer> times = new HashMap<>();
    int draws = 6000;
    for (int i = 0; i < draws; i++) {
      NodePairs pairs = NegativeSampling.sample(ring, count, i);
      times.merge(NodePairs.key(pairs.first(0), pairs.second(0)), 1, Integer::sum);
    }
    assertThat(times).hasSize(6);
    // 1000 expected, with a standard deviation of 29
    assertThat(times.values()).allSatisfy(n -> assertThat(n).isBetween(880, 1120));
  }

  @Test
  void completeGraphHasNoSuchPairs() {
    GraphData triangle =
        GraphData.builder("triangle", 3).edges(new int[] {0, 2, 1}, new int[] {1, 0, 2}).build();
    assertThat(NegativeSampling.sample(triangle, 0, 1).size()).isZero();
    assertThatThrownBy(() -> NegativeSampling.sample(triangle, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("triangle", "0 to 0", "got 1");
    assertThatThrownBy(() -> NegativeSampling.sample(CLUB, FREE + 1, 1))
        .hasMessageContainingAll("karate-club", "0 to 483", "got 484");
    assertThatThrownBy(() -> NegativeSampling.sample(CLUB, -1, 1)).hasMessageContaining("got -1");
  }

  @Test
  void selfLoopsAndRowsOfWeightZeroAreNoEdges() {
    GraphData graph =
        GraphData.builder("two", 2)
            .edges(new int[] {0, 0, 1}, new int[] {0, 1, 1}, new float[] {1, 0, 1})
            .build();
    NodePairs pairs = NegativeSampling.sample(graph, 1, 1);
    assertThat(NodePairs.key(pairs.first(0), pairs.second(0))).isEqualTo(NodePairs.key(1, 0));
  }

  @Test
  void pairsAreCheckedAndBecomeAnArray() {
    NodePairs pairs = NodePairs.of(CLUB, new int[] {3, 0}, new int[] {1, 33});
    assertThat(pairs.array(DataType.DOUBLE).toDoubleMatrix())
        .isDeepEqualTo(new double[][] {{3, 1}, {0, 33}});
    assertThat(pairs.and(pairs).size()).isEqualTo(4);
    assertThat(pairs).hasToString("2 pairs of karate-club");
    assertThatThrownBy(() -> NodePairs.of(CLUB, new int[] {3}, new int[] {34}))
        .hasMessageContainingAll("karate-club", "pair 0", "0 to 33", "got 34");
    assertThatThrownBy(() -> NodePairs.of(CLUB, new int[] {3, 1}, new int[] {2}))
        .hasMessageContainingAll("2 and 1");
  }
}
