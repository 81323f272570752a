package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.graph.GraphData;

/** Scales the features of each node to one length, so that no node speaks louder than another. */
final class FeatureLengths {

  private FeatureLengths() {}

  /**
   * Returns a graph whose nodes have features of equal Euclidean length: the root of their mean
   * square length before, so that other settings keep their meaning. Nodes without features stay
   * without.
   */
  static GraphData equal(GraphData graph) {
    int[] rows = graph.rowPointers();
    float[] values = graph.values();
    double[] squares = new double[graph.numNodes()];
    double sum = 0;
    int nodes = 0;
    for (int i = 0; i < squares.length; i++) {
      for (int k = rows[i]; k < rows[i + 1]; k++) {
        squares[i] += (double) values[k] * values[k];
      }
      sum += squares[i];
      nodes += squares[i] > 0 ? 1 : 0;
    }
    for (int i = 0; i < squares.length; i++) {
      for (int k = rows[i]; k < rows[i + 1] && squares[i] > 0; k++) {
        values[k] = (float) (values[k] * Math.sqrt(sum / nodes / squares[i]));
      }
    }
    return graph.toBuilder().features(rows, graph.columns(), values, graph.numFeatures()).build();
  }
}
