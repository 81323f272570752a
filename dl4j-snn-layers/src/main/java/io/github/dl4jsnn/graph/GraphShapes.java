package io.github.dl4jsnn.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Generated graphs of three shapes, so that a first graph classification needs no files: does a
 * graph contain a cycle, a star or a clique?
 *
 * <p>The shape has 4 to 10 nodes. A tail of 0 to 3 further nodes hangs on one of them, and one edge
 * in twenty is added at random, so that no count of nodes, edges or degrees alone tells the class.
 * Nodes are numbered at random. <b>Features</b> are the degree, one-hot: {@code F = } {@link
 * #FEATURES}, the last for all larger degrees. <b>Labels</b> are {@link #CYCLE}, {@link #STAR} and
 * {@link #CLIQUE}, as many of each.
 */
public final class GraphShapes {
  /** Label of graphs around a ring. */
  public static final int CYCLE = 0;

  /** Label of graphs around one node to which all others are joined. */
  public static final int STAR = 1;

  /** Label of graphs around nodes that are all joined to each other. */
  public static final int CLIQUE = 2;

  /** Number of classes. */
  public static final int CLASSES = 3;

  /** Number of features: degrees 0 to 6, and 7 or more. */
  public static final int FEATURES = 8;

  private static final int SMALLEST = 4;
  private static final int LARGEST = 10;
  private static final int LONGEST_TAIL = 3;
  private static final double EXTRA_EDGES = 0.05;

  private final Random random;
  private final boolean[][] joined;

  private GraphShapes(Random random, int nodes) {
    this.random = random;
    this.joined = new boolean[nodes][nodes];
  }

  /**
   * Returns graphs, their classes in turn.
   *
   * @param count number of graphs, at least 0
   * @param seed equal seeds, equal graphs
   * @throws IllegalArgumentException if the number is negative
   */
  public static List<GraphExample> generate(int count, long seed) {
    if (count < 0) {
      throw new IllegalArgumentException("expected a number of graphs of at least 0, got " + count);
    }
    Random random = new Random(seed);
    List<GraphExample> graphs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int label = i % CLASSES;
      graphs.add(GraphExample.ofClass(generate("shape-" + i, label, random), label, CLASSES));
    }
    return graphs;
  }

  private static GraphData generate(String name, int label, Random random) {
    int shape = SMALLEST + random.nextInt(LARGEST - SMALLEST + 1);
    int nodes = shape + random.nextInt(LONGEST_TAIL + 1);
    GraphShapes s = new GraphShapes(random, nodes);
    s.drawShape(label, shape);
    s.drawTail(shape, nodes);
    s.drawExtraEdges();
    return s.toGraph(name);
  }

  private void join(int u, int v) {
    if (u != v) {
      joined[u][v] = true;
      joined[v][u] = true;
    }
  }

  private void drawShape(int label, int nodes) {
    for (int i = 0; i < nodes; i++) {
      if (label == CYCLE) {
        join(i, (i + 1) % nodes);
      } else if (label == STAR) {
        join(0, i);
      } else {
        for (int j = 0; j < i; j++) {
          join(i, j);
        }
      }
    }
  }

  private void drawTail(int from, int to) {
    int end = random.nextInt(from);
    for (int i = from; i < to; i++) {
      join(end, i);
      end = i;
    }
  }

  private void drawExtraEdges() {
    int edges = 0;
    for (boolean[] row : joined) {
      for (boolean j : row) {
        edges += j ? 1 : 0;
      }
    }
    for (int e = 0; e < edges / 2; e++) {
      if (random.nextDouble() < EXTRA_EDGES) {
        join(random.nextInt(joined.length), random.nextInt(joined.length));
      }
    }
  }

  private GraphData toGraph(String name) {
    int n = joined.length;
    int[] place = random.ints(0, Integer.MAX_VALUE).limit(n).toArray();
    int[] number = new int[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        number[i] += place[j] < place[i] || place[j] == place[i] && j < i ? 1 : 0;
      }
    }
    EdgeRows rows = new EdgeRows();
    float[][] features = new float[n][FEATURES];
    for (int i = 0; i < n; i++) {
      int degree = 0;
      for (int j = 0; j < n; j++) {
        if (joined[i][j]) {
          rows.add(number[i], number[j], 1f);
          degree++;
        }
      }
      features[number[i]][Math.min(degree, FEATURES - 1)] = 1;
    }
    return rows.addTo(GraphData.builder(name, n).features(features)).build();
  }
}
