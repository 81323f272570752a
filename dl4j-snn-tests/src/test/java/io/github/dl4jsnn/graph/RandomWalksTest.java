package io.github.dl4jsnn.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.deeplearning4j.graph.api.IGraph;
import org.deeplearning4j.graph.api.IVertexSequence;
import org.deeplearning4j.graph.api.NoEdgeHandling;
import org.deeplearning4j.graph.iterator.RandomWalkIterator;
import org.junit.jupiter.api.Test;

class RandomWalksTest {

  @Test
  void walksAreThoseOfRandomWalkIterator() {
    IGraph<Integer, Double> club = IGraphs.toIGraph(KarateClub.load());
    RandomWalks walks = new RandomWalks(club, 5);
    RandomWalkIterator<Integer> peer = new RandomWalkIterator<>(club, 6, 5);
    int[] walk = new int[7];
    for (int pass = 0; pass < 3; pass++) {
      walks.startPass();
      if (pass > 0) {
        peer.reset();
      }
      for (int v = 0; v < 34; v++) {
        assertThat(walks.next(walk)).isEqualTo(7);
        IVertexSequence<Integer> expected = peer.next();
        for (int visited : walk) {
          assertThat(visited).isEqualTo(expected.next().vertexID());
        }
      }
    }
  }

  /** If the first part fails, deeplearning4j-graph was repaired. */
  @Test
  void walksOfIsolatedVerticesStayWhereTheyAre() {
    IGraph<Integer, Double> isolated = IGraphs.toIGraph(GraphData.builder("g", 2).build());
    RandomWalkIterator<Integer> peer =
        new RandomWalkIterator<>(isolated, 2, 0, NoEdgeHandling.SELF_LOOP_ON_DISCONNECTED, 1, 2);
    IVertexSequence<Integer> faulty = peer.next();
    faulty.next();
    faulty.next();
    assertThat(faulty.next().vertexID()).as("beta5 leaves an isolated vertex for 0").isZero();

    RandomWalks walks = new RandomWalks(isolated, 0);
    walks.startPass();
    assertThat(walks.next(new int[3])).isEqualTo(1);
    assertThat(walks.next(new int[3])).isEqualTo(1);
    assertThat(walks.degrees()).containsExactly(0, 0);
  }

  @Test
  void aWalkEndsWhereNoEdgeLeaves() {
    GraphData chain =
        GraphData.builder("chain", 3).edges(new int[] {0, 1}, new int[] {1, 2}).build();
    RandomWalks walks = new RandomWalks(IGraphs.toIGraph(chain), 1);
    walks.startPass();
    for (int v = 0; v < 3; v++) {
      int[] walk = new int[9];
      int length = walks.next(walk);
      assertThat(length).isEqualTo(3 - walk[0]);
      assertThat(walk[length - 1]).isEqualTo(2);
    }
  }
}
