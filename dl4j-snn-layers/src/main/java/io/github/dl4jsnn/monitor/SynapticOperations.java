package io.github.dl4jsnn.monitor;

import io.github.dl4jsnn.internal.runtime.CountsOperations;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;

/**
 * What the affine maps of a network cost in its last forward pass, beside a dense network of the
 * same shape.
 *
 * <pre>
 *   accumulates   A = (non-zero inputs) * nOut       additions of a weight; a spike is 1, so no product
 *   dense         M = N * T * nIn * nOut             multiply-accumulates, every input at every step
 *   ratio         M / A
 * </pre>
 *
 * <p>A vertex that holds static features over its time steps maps this constant current once, not T
 * times; that is part of its ratio. Dense is a network that runs all T steps: one without time, an
 * ordinary graph network of the same sizes, takes {@code M / T}. The propagation along the edges is
 * not counted, and neither are bias, normalisation and neurons. An input that is neither 0 nor 1
 * takes a product as well, in the first layer on real-valued features for example.
 *
 * <pre>{@code
 * graph.output(features, edges);
 * log.info("\n{}", SynapticOperations.of(graph).report());
 * }</pre>
 *
 * <p>Counted are the library's graph convolutions on the fused path; other layers and vertices are
 * not in the table. Immutable: later passes of the network do not change the counts.
 *
 * <p><b>Source.</b> M. Xu, Y. Wu, L. Deng, F. Liu, G. Li, J. Pei, "Exploiting Spiking Dynamics with
 * Spatial-temporal Feature Normalization in Graph Learning", 2021, the comparison of affine
 * operations.
 */
public final class SynapticOperations {

  private final Map<String, long[]> counts;

  private SynapticOperations(Map<String, long[]> counts) {
    this.counts = counts;
  }

  /**
   * Returns the counts of the last forward pass.
   *
   * @param graph an initialised network
   * @throws IllegalArgumentException if no vertex of the network counts its operations
   * @throws IllegalStateException if there was no forward pass yet
   */
  public static SynapticOperations of(ComputationGraph graph) {
    Objects.requireNonNull(graph, "graph");
    if (graph.getVertices() == null) {
      throw new IllegalStateException("The network is not initialised: call init() first");
    }
    Map<String, long[]> counts = new LinkedHashMap<>();
    for (GraphVertex vertex : graph.getVertices()) {
      CountsOperations counter = counter(vertex);
      if (counter != null) {
        counts.put(vertex.getVertexName(), counted(vertex.getVertexName(), counter));
      }
    }
    if (counts.isEmpty()) {
      throw new IllegalArgumentException(
          "Expected a network with graph convolutions on the fused path (SpikingGraphConvVertex,"
              + " GraphConvVertex, and those of attention), got none among "
              + graph.getConfiguration().getVertices().keySet());
    }
    return new SynapticOperations(counts);
  }

  private static CountsOperations counter(GraphVertex vertex) {
    if (vertex instanceof CountsOperations) {
      return (CountsOperations) vertex;
    }
    boolean counts = vertex.hasLayer() && vertex.getLayer() instanceof CountsOperations;
    return counts ? (CountsOperations) vertex.getLayer() : null;
  }

  private static long[] counted(String name, CountsOperations counter) {
    if (counter.denseMultiplications() == 0) {
      throw new IllegalStateException(
          "Vertex \""
              + name
              + "\" has counted nothing: run a forward pass first, such as output()");
    }
    return new long[] {counter.accumulates(), counter.denseMultiplications()};
  }

  /** Returns the names of the vertices that count, in the network's order. */
  public List<String> vertices() {
    return Collections.unmodifiableList(new ArrayList<>(counts.keySet()));
  }

  /**
   * Returns the additions of one vertex.
   *
   * @param vertex one of {@link #vertices()}
   * @throws IllegalArgumentException if it is not among them
   */
  public long accumulates(String vertex) {
    return count(vertex)[0];
  }

  /**
   * Returns the multiply-accumulates of one vertex if every input counted at every step.
   *
   * @param vertex one of {@link #vertices()}
   * @throws IllegalArgumentException if it is not among them
   */
  public long dense(String vertex) {
    return count(vertex)[1];
  }

  /**
   * Returns how many times fewer operations one vertex takes than a dense one.
   *
   * @param vertex one of {@link #vertices()}
   * @return dense / accumulates, 1 or more; infinite if no input was non-zero
   * @throws IllegalArgumentException if it is not among them
   */
  public double ratio(String vertex) {
    return (double) dense(vertex) / accumulates(vertex);
  }

  /** Returns the additions of all vertices. */
  public long totalAccumulates() {
    return counts.values().stream().mapToLong(c -> c[0]).sum();
  }

  /** Returns the multiply-accumulates of all vertices if every input counted at every step. */
  public long totalDense() {
    return counts.values().stream().mapToLong(c -> c[1]).sum();
  }

  /**
   * Returns how many times fewer operations the network takes than a dense one.
   *
   * @return dense / accumulates, 1 or more; infinite if no input was non-zero
   */
  public double totalRatio() {
    return (double) totalDense() / totalAccumulates();
  }

  private long[] count(String vertex) {
    long[] found = counts.get(vertex);
    if (found == null) {
      throw new IllegalArgumentException(
          "Expected one of the vertices " + counts.keySet() + ", got \"" + vertex + "\"");
    }
    return found;
  }

  /** Returns a table: a line for each vertex and one for all. */
  public String report() {
    int width = counts.keySet().stream().mapToInt(String::length).max().orElse(0);
    String row = "%-" + Math.max(width, "vertex".length()) + "s  %15s  %15s  %8s";
    StringBuilder table = new StringBuilder();
    table.append(String.format(row, "vertex", "accumulates", "dense MACs", "ratio"));
    counts.forEach((name, c) -> table.append(line(row, name, c[0], c[1])));
    return table.append(line(row, "all", totalAccumulates(), totalDense())).toString();
  }

  private static String line(String row, String name, long accumulates, long dense) {
    double ratio = (double) dense / accumulates;
    return System.lineSeparator()
        + String.format(
            Locale.ROOT,
            row,
            name,
            String.format(Locale.ROOT, "%,d", accumulates),
            String.format(Locale.ROOT, "%,d", dense),
            String.format(Locale.ROOT, "%.1f", ratio));
  }

  @Override
  public String toString() {
    return report();
  }
}
