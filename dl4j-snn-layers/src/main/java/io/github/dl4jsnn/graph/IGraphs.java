package io.github.dl4jsnn.graph;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.deeplearning4j.graph.api.Edge;
import org.deeplearning4j.graph.api.IGraph;
import org.deeplearning4j.graph.graph.Graph;
import org.deeplearning4j.graph.vertexfactory.IntegerVertexFactory;

/**
 * Adapters between {@link GraphData} and the graphs of {@code
 * org.deeplearning4j:deeplearning4j-graph}, its loaders and random walks.
 *
 * <p>That library is an optional dependency: add it (last release 1.0.0-beta5, with all its own
 * dependencies excluded) to use this class; nothing else needs it.
 *
 * <p>An undirected edge of an {@link IGraph} is listed at both of its vertices, each time as the
 * same edge; in a {@link GraphData} it is the two rows (u, v) and (v, u), an undirected self-loop
 * one row. Rows come in the order of their source vertex.
 */
public final class IGraphs {

  private IGraphs() {}

  /**
   * Returns the structure of a graph whose edge values are weights; without features and labels.
   *
   * @param graph the graph; an edge whose value is null has weight 1
   * @param name name of the result
   * @throws IllegalArgumentException if a weight is not finite as a float, or the graph lists an
   *     edge at a vertex that it does not leave
   */
  public static <V, E extends Number> GraphData fromIGraph(IGraph<V, E> graph, String name) {
    return fromIGraph(graph, name, IGraphs::weight);
  }

  /**
   * Returns the structure of a graph whose edge values are anything; without features and labels.
   * The unweighted edges of deeplearning4j-graph's GraphLoader have names as values, for example:
   * {@code fromIGraph(loaded, "karate", edgeName -> 1)}.
   *
   * @param graph the graph
   * @param name name of the result
   * @param weight the weight of an edge value, which may be null
   * @throws IllegalArgumentException as {@link #fromIGraph(IGraph, String)}
   */
  public static <V, E> GraphData fromIGraph(
      IGraph<V, E> graph, String name, ToDoubleFunction<? super E> weight) {
    return structure(graph, name, weight).build();
  }

  /**
   * Returns a graph whose edge values are weights, with features and labels taken from its
   * vertices.
   *
   * @param graph the graph; an edge whose value is null has weight 1
   * @param name name of the result
   * @param features the features of a vertex value, of the same length for all; null for none
   * @param labels the class of a vertex value, 0 to {@code numClasses - 1}, or {@link
   *     GraphData#NO_LABEL}; null for none
   * @param numClasses number of classes; 0 if {@code labels} is null
   * @throws IllegalArgumentException as {@link #fromIGraph(IGraph, String)}, or if features or
   *     labels are not as {@link GraphData.Builder#build()} demands
   */
  public static <V, E extends Number> GraphData fromIGraph(
      IGraph<V, E> graph,
      String name,
      Function<? super V, float[]> features,
      ToIntFunction<? super V> labels,
      int numClasses) {
    return fromIGraph(graph, name, IGraphs::weight, features, labels, numClasses);
  }

  /**
   * Returns a graph whose edge values are anything, with features and labels taken from its
   * vertices.
   *
   * @param graph the graph
   * @param name name of the result
   * @param weight the weight of an edge value, which may be null
   * @param features the features of a vertex value, of the same length for all; null for none
   * @param labels the class of a vertex value, or {@link GraphData#NO_LABEL}; null for none
   * @param numClasses number of classes; 0 if {@code labels} is null
   * @throws IllegalArgumentException as {@link #fromIGraph(IGraph, String)}, or if features or
   *     labels are not as {@link GraphData.Builder#build()} demands
   */
  public static <V, E> GraphData fromIGraph(
      IGraph<V, E> graph,
      String name,
      ToDoubleFunction<? super E> weight,
      Function<? super V, float[]> features,
      ToIntFunction<? super V> labels,
      int numClasses) {
    GraphData.Builder builder = structure(graph, name, weight);
    int n = graph.numVertices();
    if (features != null) {
      float[][] rows = new float[n][];
      for (int i = 0; i < n; i++) {
        rows[i] = features.apply(graph.getVertex(i).getValue());
        Objects.requireNonNull(rows[i], "features of vertex " + i);
      }
      builder.features(rows);
    }
    if (labels != null) {
      int[] classes = new int[n];
      for (int i = 0; i < n; i++) {
        classes[i] = labels.applyAsInt(graph.getVertex(i).getValue());
      }
      builder.labels(classes, numClasses);
    } else if (numClasses != 0) {
      throw new IllegalArgumentException(
          name + ": expected 0 classes where labels is null, got " + numClasses);
    }
    return builder.build();
  }

  /**
   * Returns the structure of a graph as one of deeplearning4j-graph: every edge row becomes a
   * directed edge with its weight, vertex values are the node numbers.
   *
   * <p>Rows of weight 0 are no edges and left out. Parallel edges stay. Both rows of an undirected
   * edge stay two directed edges, so random walks go both ways as on the undirected edge.
   */
  public static IGraph<Integer, Double> toIGraph(GraphData graph) {
    // Multiple edges are allowed because a Graph drops parallel edges without a word otherwise.
    Graph<Integer, Double> out = new Graph<>(graph.numNodes(), true, new IntegerVertexFactory());
    for (int e = 0; e < graph.numEdges(); e++) {
      if (graph.weight(e) != 0f) {
        out.addEdge(graph.source(e), graph.target(e), (double) graph.weight(e), true);
      }
    }
    return out;
  }

  private static double weight(Number value) {
    return value == null ? 1 : value.doubleValue();
  }

  private static <V, E> GraphData.Builder structure(
      IGraph<V, E> graph, String name, ToDoubleFunction<? super E> weight) {
    GraphData.Builder builder = GraphData.builder(name, graph.numVertices());
    EdgeRows rows = new EdgeRows();
    for (int v = 0; v < graph.numVertices(); v++) {
      List<Edge<E>> edges = graph.getEdgesOut(v);
      Map<Edge<E>, Boolean> loops = new IdentityHashMap<>();
      for (Edge<E> edge : edges) {
        if (!isSecondEntryOfLoop(edge, loops)) {
          rows.add(v, otherEnd(name, edge, v), (float) weight.applyAsDouble(edge.getValue()));
        }
      }
    }
    return rows.addTo(builder);
  }

  /**
   * A Graph that allows multiple edges enters an undirected self-loop twice at its vertex, one that
   * does not enters it once; every other entry of the same edge object is therefore passed over.
   */
  private static <E> boolean isSecondEntryOfLoop(Edge<E> edge, Map<Edge<E>, Boolean> loops) {
    if (edge.isDirected() || edge.getFrom() != edge.getTo()) {
      return false;
    }
    boolean open = loops.getOrDefault(edge, false);
    loops.put(edge, !open);
    return open;
  }

  private static <E> int otherEnd(String name, Edge<E> edge, int vertex) {
    if (edge.getFrom() == vertex) {
      return edge.getTo();
    }
    if (!edge.isDirected() && edge.getTo() == vertex) {
      return edge.getFrom();
    }
    throw new IllegalArgumentException(
        String.format("%s: expected edges leaving vertex %d, got %s", name, vertex, edge));
  }
}
