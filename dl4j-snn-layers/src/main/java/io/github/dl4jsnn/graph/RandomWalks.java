package io.github.dl4jsnn.graph;

import java.util.Arrays;
import java.util.Random;
import org.deeplearning4j.graph.api.IGraph;

/**
 * Uniform random walks over a graph, one pass after the other.
 *
 * <p>The walks are those of deeplearning4j-graph's RandomWalkIterator with the same seed, vertex by
 * vertex, but for dead ends: that iterator lets the walk of a vertex without edges end in vertex 0
 * (1.0.0-beta5 leaves the last place of the array at 0), and throws when a walk comes to a vertex
 * that no edge leaves. Here such a walk ends where it is.
 */
final class RandomWalks {
  private final int[][] neighbours;
  private final int[] starts;
  private final Random random;
  private int position;

  RandomWalks(IGraph<?, ?> graph, long seed) {
    neighbours = new int[graph.numVertices()][];
    starts = new int[neighbours.length];
    for (int v = 0; v < neighbours.length; v++) {
      neighbours[v] = graph.getConnectedVertexIndices(v);
      starts[v] = v;
    }
    random = new Random(seed);
  }

  /** Begins a pass: {@link #next} starts once at each vertex, in a new random order. */
  void startPass() {
    position = 0;
    for (int i = starts.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = starts[j];
      starts[j] = starts[i];
      starts[i] = swapped;
    }
  }

  /**
   * Walks.
   *
   * @param walk (out) the vertices visited; its length is the most there can be
   * @return number of vertices visited, at least 1
   */
  int next(int[] walk) {
    int v = starts[position++];
    walk[0] = v;
    for (int i = 1; i < walk.length; i++) {
      if (neighbours[v].length == 0) {
        return i;
      }
      v = neighbours[v][random.nextInt(neighbours[v].length)];
      walk[i] = v;
    }
    return walk.length;
  }

  /** Returns the number of edges that leave each vertex. */
  int[] degrees() {
    return Arrays.stream(neighbours).mapToInt(n -> n.length).toArray();
  }
}
