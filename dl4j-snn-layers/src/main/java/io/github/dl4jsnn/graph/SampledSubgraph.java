package io.github.dl4jsnn.graph;

import java.io.Serializable;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * A part of a graph drawn by a {@link NeighborSampler}, its nodes numbered anew from 0, seed nodes
 * first. Immutable.
 */
public final class SampledSubgraph {
  private final CsrGraph graph;
  private final int[] nodes;
  private final int numSeeds;
  private final EdgeRows edges;

  SampledSubgraph(CsrGraph graph, int[] nodes, int numSeeds, EdgeRows edges) {
    this.graph = graph;
    this.nodes = nodes;
    this.numSeeds = numSeeds;
    this.edges = edges;
  }

  /**
   * Returns the number of nodes.
   *
   * @return n
   */
  public int numNodes() {
    return nodes.length;
  }

  /**
   * Returns the number of seed nodes, which are 0 to this number - 1.
   *
   * @return number of seeds
   */
  public int numSeeds() {
    return numSeeds;
  }

  /**
   * Returns the number of edges drawn.
   *
   * @return e
   */
  public int numEdges() {
    return edges.size();
  }

  /**
   * Returns which node of the whole graph each node is.
   *
   * @return global node numbers, of length n; a copy
   */
  public int[] nodes() {
    return nodes.clone();
  }

  /**
   * Returns the drawn edges, numbered by the nodes of the sub-graph; one row (0, 0, 0), which is no
   * edge, if there are none.
   *
   * @param type FLOAT or DOUBLE
   * @return rows (source, target, weight) {@code [e, 3]}
   * @throws IllegalStateException if the type is FLOAT and there are more than 2^24 nodes
   */
  public INDArray edges(DataType type) {
    GraphArrays.id(graph.name() + ": sub-graph", nodes.length - 1, type);
    ArrayWriter out =
        ArrayWriter.create(graph.name() + ": sub-graph", type, Math.max(1, numEdges()), 3);
    edges.write(out);
    if (numEdges() == 0) {
      out.put(new float[3], 0, 3);
    }
    return out.array();
  }

  /**
   * Returns the features of the nodes.
   *
   * @param type FLOAT or DOUBLE
   * @return {@code [n, F]}
   * @throws IllegalStateException if the graph has none
   */
  public INDArray features(DataType type) {
    graph.requireFeatures();
    ArrayWriter out = ArrayWriter.create(graph.name(), type, nodes.length, graph.numFeatures());
    for (int node : nodes) {
      graph.putFeatures(out, node);
    }
    return out.array();
  }

  /**
   * Returns a batch for a network with the inputs (features, edges): loss and evaluation see the
   * seed nodes only.
   *
   * <p>Its example meta data are the global node numbers, one for each of the n rows: see {@link
   * #nodes(MultiDataSet)}.
   *
   * @param type FLOAT or DOUBLE
   * @return features {@code {[n, F], [e, 3]}}, labels {@code {[n, C]}}, labels masks {@code {[n,
   *     1]}}, 1 for the seed nodes
   * @throws IllegalStateException if the graph has no features or labels
   */
  public MultiDataSet dataSet(DataType type) {
    graph.requireLabels();
    ArrayWriter labels = ArrayWriter.create(graph.name(), type, nodes.length, graph.numClasses());
    ArrayWriter mask = ArrayWriter.create(graph.name(), type, nodes.length, 1);
    for (int i = 0; i < nodes.length; i++) {
      graph.putLabel(labels, nodes[i]);
      mask.put(i < numSeeds ? 1f : 0f);
    }
    MultiDataSet out =
        new MultiDataSet(
            new INDArray[] {features(type), edges(type)},
            new INDArray[] {labels.array()},
            null,
            new INDArray[] {mask.array()});
    out.setExampleMetaData(new NodeNumbers(nodes));
    return out;
  }

  /**
   * Returns which node of the whole graph each row of a batch is.
   *
   * @param batch made by {@link #dataSet}, or by a {@link NeighborSamplingIterator}
   * @return global node numbers, of length n
   * @throws IllegalArgumentException if the batch does not know
   */
  public static int[] nodes(org.nd4j.linalg.dataset.api.MultiDataSet batch) {
    List<Serializable> meta = batch.getExampleMetaData();
    if (!((Object) meta instanceof NodeNumbers)) {
      throw new IllegalArgumentException("expected a batch of sampled neighbours, got " + batch);
    }
    return ((NodeNumbers) (Object) meta).nodes.clone();
  }

  /** Global numbers as a list, since that is what a data set takes. */
  private static final class NodeNumbers extends AbstractList<Integer>
      implements RandomAccess, Serializable {
    private static final long serialVersionUID = 1L;
    private final int[] nodes;

    NodeNumbers(int[] nodes) {
      this.nodes = nodes;
    }

    @Override
    public Integer get(int i) {
      return nodes[i];
    }

    @Override
    public int size() {
      return nodes.length;
    }
  }

  /** Two are equal if they are the same part of the same graph, in the same order. */
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof SampledSubgraph)) {
      return false;
    }
    SampledSubgraph that = (SampledSubgraph) other;
    return graph == that.graph
        && numSeeds == that.numSeeds
        && Arrays.equals(nodes, that.nodes)
        && edges.sameAs(that.edges);
  }

  @Override
  public int hashCode() {
    return Objects.hash(numSeeds, Arrays.hashCode(nodes), edges.size());
  }

  /** Returns the counts. */
  @Override
  public String toString() {
    return String.format(
        "SampledSubgraph(%s: %d seeds, %d nodes, %d edges)",
        graph.name(), numSeeds, nodes.length, numEdges());
  }
}
