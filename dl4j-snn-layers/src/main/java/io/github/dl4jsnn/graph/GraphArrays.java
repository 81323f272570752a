package io.github.dl4jsnn.graph;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Turns the parts of a {@link GraphData} into ND4J arrays; arguments were checked when it was
 * built.
 */
final class GraphArrays {

  /** Above 2^24 neighbouring whole numbers share a float. */
  static final int MAX_FLOAT_ID = 1 << 24;

  private GraphArrays() {}

  /** Returns {@code [N, F]}. */
  static INDArray features(
      int[] rowPointers, int[] columns, float[] values, int numFeatures, DataType type) {
    INDArray out = zeros(type, rowPointers.length - 1, numFeatures);
    for (int i = 0; i + 1 < rowPointers.length; i++) {
      for (int k = rowPointers[i]; k < rowPointers[i + 1]; k++) {
        out.putScalar(i, columns[k], values[k]);
      }
    }
    return out;
  }

  /** Returns {@code [E, 3]}, or one row of zeros if there are no edges. */
  static INDArray edges(
      String graph, int[] sources, int[] targets, float[] weights, DataType type) {
    if (sources.length == 0) {
      return zeros(type, 1, 3);
    }
    INDArray out = zeros(type, sources.length, 3);
    for (int e = 0; e < sources.length; e++) {
      out.putScalar(e, 0, id(graph, sources[e], type));
      out.putScalar(e, 1, id(graph, targets[e], type));
      out.putScalar(e, 2, weights[e]);
    }
    return out;
  }

  static double id(String graph, int node, DataType type) {
    if (type == DataType.FLOAT && node > MAX_FLOAT_ID) {
      throw new IllegalStateException(
          String.format(
              "%s: node number %d is above 2^24 = %d, up to which float is exact; use DataType.DOUBLE"
                  + " or smaller sub-graphs",
              graph, node, MAX_FLOAT_ID));
    }
    return node;
  }

  /** Returns {@code [N, C]}. */
  static INDArray oneHot(int[] labels, int numClasses, DataType type) {
    INDArray out = zeros(type, labels.length, numClasses);
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] != GraphData.NO_LABEL) {
        out.putScalar(i, labels[i], 1);
      }
    }
    return out;
  }

  /** Returns {@code [N, 1]}. */
  static INDArray mask(Split[] splits, Split wanted, DataType type) {
    INDArray out = zeros(type, splits.length, 1);
    for (int i = 0; i < splits.length; i++) {
      if (splits[i] == wanted) {
        out.putScalar(i, 0, 1);
      }
    }
    return out;
  }

  /** Returns {@code [N, 1]}: the number of the graph of each node. */
  static INDArray membership(String batch, int[] firstNodes, DataType type) {
    INDArray out = zeros(type, firstNodes[firstNodes.length - 1], 1);
    for (int g = 0; g + 1 < firstNodes.length; g++) {
      for (int i = firstNodes[g]; i < firstNodes[g + 1]; i++) {
        out.putScalar(i, 0, id(batch, g, type));
      }
    }
    return out;
  }

  /** Returns {@code [P, 2]}. */
  static INDArray pairs(String graph, int[] first, int[] second, DataType type) {
    INDArray out = zeros(type, first.length, 2);
    for (int p = 0; p < first.length; p++) {
      out.putScalar(p, 0, id(graph, first[p], type));
      out.putScalar(p, 1, id(graph, second[p], type));
    }
    return out;
  }

  /** Returns the rows as a matrix. */
  static INDArray rows(float[][] rows, DataType type) {
    INDArray out = zeros(type, rows.length, rows[0].length);
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        out.putScalar(i, j, rows[i][j]);
      }
    }
    return out;
  }

  private static INDArray zeros(DataType type, long rows, long columns) {
    if (type != DataType.FLOAT && type != DataType.DOUBLE) {
      throw new IllegalArgumentException("expected DataType FLOAT or DOUBLE, got " + type);
    }
    return Nd4j.zeros(type, rows, columns);
  }
}
