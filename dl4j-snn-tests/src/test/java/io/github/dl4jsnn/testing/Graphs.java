package io.github.dl4jsnn.testing;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Small edge lists that contain what goes wrong; all node numbers fit 5 nodes. */
public enum Graphs {
  /** No weights; node 4 is isolated, node 3 only sends. */
  ISOLATED(2, 0, 1, 1, 0, 1, 2, 2, 1, 3, 2),
  /** Weights, an edge twice, one of weight 0, two self-loops (one of weight 0). */
  WEIGHTED(3, 0, 1, 0.5, 1, 0, 2, 0, 1, 0.25, 2, 3, 0, 4, 4, 1.5, 3, 3, 0, 3, 1, 0.7),
  /** Every node is linked to every other, itself included. */
  COMPLETE(2, complete(5)),
  /** One edge of weight 0, which is none. */
  EMPTY(3, 2, 1, 0);

  private final int columns;
  private final double[] rows;

  Graphs(int columns, double... rows) {
    this.columns = columns;
    this.rows = rows;
  }

  private static double[] complete(int nodes) {
    double[] rows = new double[nodes * nodes * 2];
    Arrays.setAll(rows, i -> i % 2 == 0 ? i / 2 / nodes : i / 2 % nodes);
    return rows;
  }

  /**
   * The edges.
   *
   * @param type of the array
   * @return {@code [E, 2]} or {@code [E, 3]}
   */
  public INDArray edges(DataType type) {
    return Values.array(rows, type, rows.length / columns, columns);
  }

  /**
   * A random graph with weights.
   *
   * @param nodes V
   * @param edges E
   * @param type of the array
   * @return {@code [E, 3]}
   */
  public static INDArray random(int nodes, int edges, DataType type) {
    double[] v = Values.of(Values.uniform(11, 0, 1, DataType.DOUBLE, edges, 3));
    Arrays.setAll(v, i -> i % 3 == 2 ? v[i] + 0.1 : Math.floor(v[i] * nodes));
    return Values.array(v, type, edges, 3);
  }
}
