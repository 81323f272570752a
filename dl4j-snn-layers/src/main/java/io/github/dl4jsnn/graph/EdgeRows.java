package io.github.dl4jsnn.graph;

import java.util.Arrays;

/** A list of directed edges that is still growing. */
final class EdgeRows {
  private int[] sources = new int[64];
  private int[] targets = new int[64];
  private float[] weights = new float[64];
  private int size;

  void add(int source, int target, float weight) {
    if (size == sources.length) {
      sources = Arrays.copyOf(sources, 2 * size);
      targets = Arrays.copyOf(targets, 2 * size);
      weights = Arrays.copyOf(weights, 2 * size);
    }
    sources[size] = source;
    targets[size] = target;
    weights[size++] = weight;
  }

  int size() {
    return size;
  }

  /** Writes rows (source, target, weight). */
  void write(ArrayWriter out) {
    for (int e = 0; e < size; e++) {
      out.put(sources[e]);
      out.put(targets[e]);
      out.put(weights[e]);
    }
  }

  /** Whether another list holds the same edges in the same order. */
  boolean sameAs(EdgeRows that) {
    return Arrays.equals(sources, 0, size, that.sources, 0, that.size)
        && Arrays.equals(targets, 0, size, that.targets, 0, that.size)
        && Arrays.equals(weights, 0, size, that.weights, 0, that.size);
  }

  GraphData.Builder addTo(GraphData.Builder builder) {
    return builder.edges(
        Arrays.copyOf(sources, size), Arrays.copyOf(targets, size), Arrays.copyOf(weights, size));
  }
}
