package io.github.dl4jsnn.graph;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * Several graphs as one: a block-diagonal batch, in which no edge joins two graphs.
 *
 * <p>The nodes of the graphs follow each other, in the order of the graphs; node i of a graph has
 * the number {@code i + number of nodes of the graphs before}. Networks without read-out of graphs
 * give every node the value that it has in its graph alone, as do all layers of this library that
 * are not normalised over a batch.
 *
 * <p><b>Shapes</b>, of G graphs with N nodes, E edge rows together: {@link #features} {@code [N,
 * F]}, {@link #edges} {@code [E, 3]}, {@link #membership} {@code [N, 1]} (the number of the graph
 * of each node, for {@code GraphReadoutVertex}), {@link #labels} {@code [G, C]}. Every graph has a
 * node, since {@link GraphData} has, so that the membership tells G.
 *
 * <p>Immutable and safe to share between threads; each call makes new arrays.
 */
public final class GraphBatch {
  private final GraphData graph;
  private final int[] firstNodes;
  private final float[][] labels;

  private GraphBatch(GraphData graph, int[] firstNodes, float[][] labels) {
    this.graph = graph;
    this.firstNodes = firstNodes;
    this.labels = labels;
  }

  /**
   * Returns a batch of graphs.
   *
   * @param examples at least one; all with as many features and as many labels
   * @throws IllegalArgumentException if there is none, or the numbers of features or labels differ
   */
  public static GraphBatch of(List<GraphExample> examples) {
    if (examples.isEmpty()) {
      throw new IllegalArgumentException("expected at least one graph in a batch");
    }
    int[] firstNodes = new int[examples.size() + 1];
    float[][] labels = new float[examples.size()][];
    for (int g = 0; g < labels.length; g++) {
      check(examples, g);
      firstNodes[g + 1] = Math.addExact(firstNodes[g], examples.get(g).graph().numNodes());
      labels[g] = examples.get(g).labels();
    }
    return new GraphBatch(merge(examples, firstNodes), firstNodes, labels);
  }

  private static void check(List<GraphExample> examples, int g) {
    GraphExample first = examples.get(0);
    GraphExample example = examples.get(g);
    sameCount("features", first.graph().numFeatures(), example.graph().numFeatures(), example, g);
    sameCount("labels", first.numLabels(), example.numLabels(), example, g);
  }

  private static void sameCount(String what, int expected, int got, GraphExample example, int g) {
    if (got != expected) {
      throw new IllegalArgumentException(
          String.format(
              "graph %d of the batch, %s: expected %d %s as of the first graph, got %d",
              g, example.graph().name(), expected, what, got));
    }
  }

  private static GraphData merge(List<GraphExample> examples, int[] firstNodes) {
    int numFeatures = examples.get(0).graph().numFeatures();
    FeatureRows features = new FeatureRows();
    EdgeRows edges = new EdgeRows();
    for (int g = 0; g < examples.size(); g++) {
      GraphData part = examples.get(g).graph();
      addFeatures(features, part);
      for (int e = 0; e < part.numEdges(); e++) {
        edges.add(firstNodes[g] + part.source(e), firstNodes[g] + part.target(e), part.weight(e));
      }
    }
    GraphData.Builder merged =
        GraphData.builder("batch of " + examples.size() + " graphs", firstNodes[examples.size()]);
    return edges.addTo(features.addTo(merged, numFeatures)).build();
  }

  private static void addFeatures(FeatureRows rows, GraphData part) {
    int[] pointers = part.rowPointers();
    int[] columns = part.columns();
    float[] values = part.values();
    for (int i = 0; i < part.numNodes(); i++) {
      for (int k = pointers[i]; k < pointers[i + 1]; k++) {
        rows.add(columns[k], values[k]);
      }
      rows.endRow();
    }
  }

  /** Returns all graphs as one graph, without labels of nodes. */
  public GraphData graph() {
    return graph;
  }

  /** Returns the number of graphs G. */
  public int numGraphs() {
    return labels.length;
  }

  /** Returns the number of the first node of a graph; of graph G, the number of nodes N. */
  public int firstNode(int number) {
    return firstNodes[number];
  }

  /**
   * Returns the features {@code [N, F]}.
   *
   * @param type FLOAT or DOUBLE
   * @throws IllegalStateException if the graphs have no features
   */
  public INDArray features(DataType type) {
    return graph.features(type);
  }

  /**
   * Returns the edge rows {@code [E, 3]} with the numbers of nodes in the batch.
   *
   * @param type FLOAT or DOUBLE
   * @throws IllegalStateException if the type is FLOAT and a node number is above 2^24
   */
  public INDArray edges(DataType type) {
    return graph.edges(type);
  }

  /**
   * Returns the number of the graph of each node, {@code [N, 1]}: 0, 0, …, 1, 1, …, G - 1.
   *
   * @param type FLOAT or DOUBLE
   */
  public INDArray membership(DataType type) {
    return GraphArrays.membership(graph.name(), firstNodes, type);
  }

  /**
   * Returns the labels {@code [G, C]}.
   *
   * @param type FLOAT or DOUBLE
   */
  public INDArray labels(DataType type) {
    return GraphArrays.rows(labels, type);
  }

  /** Returns the data set as float; see {@link #dataSet(DataType)}. */
  public MultiDataSet dataSet() {
    return dataSet(DataType.FLOAT);
  }

  /**
   * Returns what a network with the inputs (features, edges, membership) trains on or is evaluated
   * with.
   *
   * @param type FLOAT or DOUBLE
   * @return features {@code {[N, F], [E, 3], [N, 1]}}, labels {@code {[G, C]}}, no masks
   */
  public MultiDataSet dataSet(DataType type) {
    return new MultiDataSet(
        new INDArray[] {features(type), edges(type), membership(type)},
        new INDArray[] {labels(type)});
  }

  /** Returns the counts, on one line. */
  @Override
  public String toString() {
    return "GraphBatch(" + numGraphs() + " graphs: " + graph + ")";
  }
}
