package io.github.dl4jsnn.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A random directed graph with parallel edges, self-loops and nodes without edges; seeds 0 to 3 are
 * one node, one node with a self-loop, several nodes without edges, and one edge listed many times.
 * Every other graph has weights, some of them 0.
 */
public final class RandomGraph {
  private static final int MAX_NODES = 12;
  private static final int MAX_EDGES = 40;

  /** Number of nodes. */
  public final int nodes;

  private final long seed;
  private final boolean weighted;

  /** Rows (source, target, weight). */
  private final double[][] rows;

  /** New number of each node of the graph that this one was made of. */
  private final int[] label;

  /**
   * A graph.
   *
   * @param seed of all choices
   */
  public RandomGraph(long seed) {
    Random random = new Random(seed);
    this.seed = seed;
    nodes = seed < 2 ? 1 : 2 + random.nextInt(MAX_NODES - 1);
    weighted = seed % 4 > 1 || seed == 0;
    int edges = seed == 0 || seed == 2 ? 0 : 1 + random.nextInt(MAX_EDGES);
    // the last node is left out now and then, and so without edges
    int ends = nodes - (nodes > 1 && random.nextInt(3) == 0 ? 1 : 0);
    rows = new double[edges][];
    for (int e = 0; e < edges; e++) {
      double weight = random.nextInt(8) == 0 ? 0 : 0.1 + 2 * random.nextDouble();
      rows[e] = new double[] {random.nextInt(ends), random.nextInt(ends), weighted ? weight : 1};
      if (seed == 3) {
        rows[e] = new double[] {0, 1, rows[e][2]};
      }
    }
    label = null;
  }

  private RandomGraph(RandomGraph from, double[][] rows, int[] label) {
    nodes = from.nodes;
    seed = from.seed;
    weighted = from.weighted;
    this.rows = rows;
    this.label = label;
  }

  /**
   * The same graph with other numbers of the nodes and another order of the edges.
   *
   * @return a new graph
   */
  public RandomGraph relabelled() {
    Random random = new Random(seed + 1000);
    int[] to = shuffled(nodes, random);
    int[] order = shuffled(rows.length, random);
    double[][] moved = new double[rows.length][];
    for (int e = 0; e < rows.length; e++) {
      double[] row = rows[order[e]];
      moved[e] = new double[] {to[(int) row[0]], to[(int) row[1]], row[2]};
    }
    return new RandomGraph(this, moved, to);
  }

  private static int[] shuffled(int n, Random random) {
    int[] numbers = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      numbers[i] = numbers[j];
      numbers[j] = i;
    }
    return numbers;
  }

  /**
   * What belongs to the nodes of the original graph, in the order of this one.
   *
   * @param a an array whose first dimension is the nodes
   * @return a copy
   */
  public INDArray moved(INDArray a) {
    INDArray moved = Nd4j.createUninitialized(a.dataType(), a.shape(), 'c');
    for (int n = 0; n < nodes; n++) {
      moved.slice(label[n]).assign(a.slice(n));
    }
    return moved;
  }

  /**
   * The edges.
   *
   * @return {@code [E, 2]} or {@code [E, 3]}; one row of weight 0 if there is none
   */
  public INDArray edges() {
    if (rows.length == 0) {
      return Values.array(new double[3], DataType.DOUBLE, 1, 3);
    }
    int columns = weighted ? 3 : 2;
    double[] flat = new double[rows.length * columns];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = rows[i / columns][i % columns];
    }
    return Values.array(flat, DataType.DOUBLE, rows.length, columns);
  }

  /**
   * The edges of several graphs in one block-diagonal graph, whose nodes follow one another.
   *
   * @param graphs in this order
   * @return {@code [E, 3]}, weighted
   */
  public static INDArray batch(RandomGraph... graphs) {
    List<double[]> all = new ArrayList<>();
    int first = 0;
    for (RandomGraph graph : graphs) {
      for (double[] row : graph.rows) {
        all.add(new double[] {row[0] + first, row[1] + first, row[2]});
      }
      first += graph.nodes;
    }
    if (all.isEmpty()) {
      all.add(new double[3]);
    }
    double[] flat = all.stream().flatMapToDouble(Arrays::stream).toArray();
    return Values.array(flat, DataType.DOUBLE, all.size(), 3);
  }

  @Override
  public String toString() {
    return "graph " + seed + " with " + nodes + " nodes and " + rows.length + " edge rows";
  }
}
