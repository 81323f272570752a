package io.github.dl4jsnn.graph;

/**
 * The checks behind {@link GraphData.Builder#build()}; each names the graph, the place and the
 * value.
 */
final class GraphChecks {

  private GraphChecks() {}

  static void features(
      String graph, int numNodes, int numFeatures, int[] pointers, int[] columns, float[] values) {
    if (numFeatures < 0) {
      throw bad(graph, "expected a number of features of at least 0, got %d", numFeatures);
    }
    if (pointers.length != numNodes + 1) {
      throw bad(
          graph,
          "expected feature rows for %d nodes (%d row pointers), got %d row pointers",
          numNodes,
          numNodes + 1,
          pointers.length);
    }
    if (columns.length != values.length) {
      throw bad(
          graph,
          "expected as many columns as values, got %d and %d",
          columns.length,
          values.length);
    }
    if (pointers[0] != 0 || pointers[numNodes] != values.length) {
      throw bad(
          graph,
          "expected row pointers from 0 to %d values, got %d to %d",
          values.length,
          pointers[0],
          pointers[numNodes]);
    }
    // Before any row is read: a row that ends too far would lead out of the arrays.
    for (int i = 0; i < numNodes; i++) {
      if (pointers[i + 1] < pointers[i]) {
        throw bad(
            graph, "row pointers descend at node %d: %d, %d", i, pointers[i], pointers[i + 1]);
      }
    }
    for (int i = 0; i < numNodes; i++) {
      featureRow(graph, i, pointers[i], pointers[i + 1], numFeatures, columns, values);
    }
  }

  private static void featureRow(
      String graph, int node, int from, int to, int numFeatures, int[] columns, float[] values) {
    int previous = -1;
    for (int k = from; k < to; k++) {
      if (columns[k] < 0 || columns[k] >= numFeatures) {
        throw bad(
            graph,
            "expected features 0 to %d, got %d for node %d",
            numFeatures - 1,
            columns[k],
            node);
      }
      if (columns[k] <= previous) {
        throw bad(
            graph,
            "expected ascending features, got %d after %d for node %d",
            columns[k],
            previous,
            node);
      }
      if (!Float.isFinite(values[k])) {
        throw bad(graph, "feature %d of node %d is %s", columns[k], node, values[k]);
      }
      previous = columns[k];
    }
  }

  static void denseFeatures(String graph, int numNodes, int numFeatures, float[] values) {
    if (numFeatures < 0 || values.length != (long) numNodes * numFeatures) {
      throw bad(
          graph,
          "expected %d feature values, %d nodes times %d features, got %d",
          (long) numNodes * numFeatures,
          numNodes,
          numFeatures,
          values.length);
    }
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw bad(
            graph, "feature %d of node %d is %s", i % numFeatures, i / numFeatures, values[i]);
      }
    }
  }

  static void sameLength(String graph, int sources, int targets, int weights) {
    if (sources != targets || sources != weights) {
      throw bad(
          graph,
          "expected as many sources as targets and weights, got %d, %d and %d",
          sources,
          targets,
          weights);
    }
  }

  /** Weights may be null if all are 1. */
  static void edges(String graph, int numNodes, int[] sources, int[] targets, float[] weights) {
    sameLength(
        graph, sources.length, targets.length, weights == null ? sources.length : weights.length);
    for (int e = 0; e < sources.length; e++) {
      edgeEnd(graph, "source", e, sources[e], numNodes);
      edgeEnd(graph, "target", e, targets[e], numNodes);
      if (weights != null && !Float.isFinite(weights[e])) {
        throw bad(
            graph, "edge row %d (%d to %d) has weight %s", e, sources[e], targets[e], weights[e]);
      }
    }
  }

  private static void edgeEnd(String graph, String end, int edge, int node, int numNodes) {
    if (node < 0 || node >= numNodes) {
      throw bad(
          graph, "edge row %d: expected a %s of 0 to %d, got %d", edge, end, numNodes - 1, node);
    }
  }

  static void labels(String graph, int numNodes, int numClasses, int[] labels) {
    if (numClasses < 0) {
      throw bad(graph, "expected a number of classes of at least 0, got %d", numClasses);
    }
    if (labels.length != numNodes) {
      throw bad(graph, "expected %d labels, one for each node, got %d", numNodes, labels.length);
    }
    for (int i = 0; i < numNodes; i++) {
      if (labels[i] < GraphData.NO_LABEL || labels[i] >= numClasses) {
        throw bad(
            graph,
            "expected a label of %d (none) to %d, got %d for node %d",
            GraphData.NO_LABEL,
            numClasses - 1,
            labels[i],
            i);
      }
    }
  }

  static void splits(String graph, int[] labels, Split[] splits) {
    if (splits.length != labels.length) {
      throw bad(
          graph, "expected %d splits, one for each node, got %d", labels.length, splits.length);
    }
    for (int i = 0; i < splits.length; i++) {
      if (splits[i] == null) {
        throw bad(graph, "the split of node %d is null", i);
      }
      if (splits[i] != Split.NONE && labels[i] == GraphData.NO_LABEL) {
        throw bad(graph, "node %d is in split %s but has no label; use NONE for it", i, splits[i]);
      }
    }
  }

  private static IllegalArgumentException bad(String graph, String format, Object... args) {
    return new IllegalArgumentException(graph + ": " + String.format(format, args));
  }
}
