package io.github.dl4jsnn.internal.op;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jsnn.graph.Propagation;
import io.github.dl4jsnn.internal.kernel.AdjacencyF32;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LastAdjacencyTest {
  private final INDArray edges = Nd4j.createFromArray(new float[][] {{0, 1, 1}, {2, 1, 3}});

  private static AdjacencyF32 adjacency(INDArray edges, int nodes) {
    return EdgesF32.adjacency("v", edges, nodes, Propagation.Kind.SYMMETRIC);
  }

  @Test
  void equalEdgesOfAnotherArrayGiveTheSame() {
    AdjacencyF32 first = adjacency(edges, 3);
    assertThat(adjacency(edges.dup(), 3)).isSameAs(first);
  }

  @Test
  void edgesChangedInPlaceAreSeen() {
    for (int column = 0; column < 3; column++) {
      AdjacencyF32 first = adjacency(edges, 3);
      edges.putScalar(0, column, column == 0 ? 2 : column == 1 ? 0 : 0.5);
      AdjacencyF32 second = adjacency(edges, 3);
      assertThat(second).isNotSameAs(first);
      float[] y = new float[1];
      second.gather(y, new float[][] {{1}, {10}, {100}}, 1, 1);
      float[] expected = new float[1];
      INDArray fresh = Nd4j.concat(0, edges, Nd4j.zeros(1, 3));
      adjacency(fresh, 3).gather(expected, new float[][] {{1}, {10}, {100}}, 1, 1);
      assertThat(y).isEqualTo(expected);
    }
  }

  @Test
  void anotherNumberOfNodesIsAnotherGraph() {
    AdjacencyF32 three = adjacency(edges, 3);
    assertThat(adjacency(edges, 4)).isNotSameAs(three);
  }

  @Test
  void anotherKindIsAnotherMatrix() {
    AdjacencyF32 symmetric = adjacency(edges, 3);
    assertThat(EdgesF32.adjacency("v", edges, 3, Propagation.Kind.SUM)).isNotSameAs(symmetric);
  }
}
