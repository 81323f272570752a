package io.github.dl4jsnn.graph;

import java.util.Arrays;
import java.util.Objects;

/**
 * A graph with what is to be learned about it as a whole: an example of graph classification or
 * regression.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class GraphExample {
  private final GraphData graph;
  private final float[] labels;

  private GraphExample(GraphData graph, float[] labels) {
    this.graph = Objects.requireNonNull(graph, "graph");
    this.labels = labels;
  }

  /**
   * Returns a graph with a class, as a one-hot row.
   *
   * @param graph nodes, features and edges
   * @param label class, 0 to {@code numClasses - 1}
   * @param numClasses number of classes C
   * @throws IllegalArgumentException if the label is not such a class
   */
  public static GraphExample ofClass(GraphData graph, int label, int numClasses) {
    if (label < 0 || label >= numClasses) {
      throw new IllegalArgumentException(
          String.format(
              "%s: expected a label of 0 to %d, got %d", graph.name(), numClasses - 1, label));
    }
    float[] row = new float[numClasses];
    row[label] = 1;
    return new GraphExample(graph, row);
  }

  /**
   * Returns a graph with values to be predicted.
   *
   * @param graph nodes, features and edges
   * @param values at least one, finite
   * @throws IllegalArgumentException if there is no value, or one is not finite
   */
  public static GraphExample ofValues(GraphData graph, float... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException(graph.name() + ": expected at least one value");
    }
    for (float v : values) {
      if (!Float.isFinite(v)) {
        throw new IllegalArgumentException(
            graph.name() + ": expected finite values, got " + Arrays.toString(values));
      }
    }
    return new GraphExample(graph, values.clone());
  }

  /** Returns the graph. */
  public GraphData graph() {
    return graph;
  }

  /** Returns a copy of the row of labels, of length C. */
  public float[] labels() {
    return labels.clone();
  }

  /** Returns the number of labels C. */
  public int numLabels() {
    return labels.length;
  }

  /** Returns label {@code i}. */
  public float label(int i) {
    return labels[i];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GraphExample
        && graph.equals(((GraphExample) other).graph)
        && Arrays.equals(labels, ((GraphExample) other).labels);
  }

  @Override
  public int hashCode() {
    return Objects.hash(graph, Arrays.hashCode(labels));
  }

  /** Returns the graph and its labels, on one line. */
  @Override
  public String toString() {
    return graph + " -> " + Arrays.toString(labels);
  }
}
