package io.github.dl4jsnn.graph;

import java.util.Arrays;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * A large graph for node classification: incoming edges in compressed sparse rows, dense features.
 *
 * <p>The same things as {@link GraphData} in a form made for millions of nodes: what a node
 * receives lies side by side, so that {@link NeighborSampler} and {@link LayerWiseInference} find
 * it at once, and edges of weight 1 store no weight. Entries {@code firstEntry(v)} to {@code
 * firstEntry(v + 1) - 1} are the edges into node {@code v}, in the order of the data; {@code
 * source(entry)} sends. An undirected edge is two entries. Rows of weight 0 are no edges and are
 * left out; parallel edges and self-loops stay.
 *
 * <p><b>Memory</b> in bytes: {@code 4 N + 4 E} for the structure, {@code 4 E} more if any weight is
 * not 1, {@code 4 N F} for the features, {@code 8 N} for labels and splits. Built by counting sort
 * in {@code O(N + E)}. Up to 2^31 - 1 edges, and as many feature values.
 *
 * <p>Values are immutable and safe to share between threads.
 */
public final class CsrGraph {
  private final String name;
  private final int numNodes;
  private final int numFeatures;
  private final int numClasses;
  private final int[] first;
  private final int[] sources;

  /** Null if all weights are 1. */
  private final float[] weights;

  private final float[] features;
  private final int[] labels;
  private final Split[] splits;

  private CsrGraph(Builder b, int[] first, int[] sources, float[] weights) {
    name = b.name;
    numNodes = b.numNodes;
    numFeatures = b.numFeatures;
    numClasses = b.numClasses;
    this.first = first;
    this.sources = sources;
    this.weights = weights;
    features = b.features;
    labels = b.labels;
    splits = b.splits;
  }

  /**
   * Returns a builder of a graph without features, edges and labels, all nodes in {@link
   * Split#NONE}.
   *
   * @param name what errors call the graph; not blank
   * @param numNodes number of nodes N, at least 1
   * @return the builder
   * @throws IllegalArgumentException if the name is blank or {@code numNodes < 1}
   */
  public static Builder builder(String name, int numNodes) {
    return new Builder(name, numNodes);
  }

  /**
   * Returns a graph in this form; its features become dense.
   *
   * @param graph any graph
   * @return the same nodes, edges (without those of weight 0), features, labels and splits
   * @throws ArithmeticException if nodes times features is above 2^31 - 1
   */
  public static CsrGraph of(GraphData graph) {
    int n = graph.numNodes();
    int f = graph.numFeatures();
    float[] dense = new float[Math.multiplyExact(n, f)];
    int[] pointers = graph.rowPointers();
    int[] columns = graph.columns();
    float[] values = graph.values();
    int[] labels = new int[n];
    Split[] splits = new Split[n];
    for (int i = 0; i < n; i++) {
      for (int k = pointers[i]; k < pointers[i + 1]; k++) {
        dense[i * f + columns[k]] = values[k];
      }
      labels[i] = graph.label(i);
      splits[i] = graph.split(i);
    }
    return new Builder(graph.name(), n)
        .own(dense, f)
        .edges(graph.sources(), graph.targets(), graph.weights())
        .labels(labels, graph.numClasses())
        .splits(splits)
        .build();
  }

  /**
   * Returns the name given to the builder.
   *
   * @return name
   */
  public String name() {
    return name;
  }

  /**
   * Returns the number of nodes.
   *
   * @return N
   */
  public int numNodes() {
    return numNodes;
  }

  /**
   * Returns the number of directed edges: an undirected edge counts twice.
   *
   * @return E
   */
  public int numEdges() {
    return sources.length;
  }

  /**
   * Returns the number of features of a node.
   *
   * @return F, 0 if there are none
   */
  public int numFeatures() {
    return numFeatures;
  }

  /**
   * Returns the number of classes.
   *
   * @return C, 0 if there are no labels
   */
  public int numClasses() {
    return numClasses;
  }

  /**
   * Returns the first entry of a node; its last is before the first of the next node.
   *
   * @param node 0 to N; of N it is the number of entries
   * @return number of the entry
   */
  public int firstEntry(int node) {
    return first[node];
  }

  /**
   * Returns the number of edges into a node.
   *
   * @param node 0 to N - 1
   * @return number of entries
   */
  public int inDegree(int node) {
    return first[node + 1] - first[node];
  }

  /**
   * Returns the node that sends.
   *
   * @param entry 0 to E - 1
   * @return node
   */
  public int source(int entry) {
    return sources[entry];
  }

  /**
   * Returns the weight of an edge.
   *
   * @param entry 0 to E - 1
   * @return weight, not 0
   */
  public float weight(int entry) {
    return weights == null ? 1f : weights[entry];
  }

  /**
   * Returns the class of a node.
   *
   * @param node 0 to N - 1
   * @return class, or {@link GraphData#NO_LABEL}
   */
  public int label(int node) {
    return labels[node];
  }

  /**
   * Returns the split that a node belongs to.
   *
   * @param node 0 to N - 1
   * @return split
   */
  public Split split(int node) {
    return splits[node];
  }

  /**
   * Returns the nodes of a split.
   *
   * @param split any split
   * @return nodes, ascending
   */
  public int[] nodes(Split split) {
    int[] found = new int[numNodes];
    int n = 0;
    for (int i = 0; i < numNodes; i++) {
      if (splits[i] == split) {
        found[n++] = i;
      }
    }
    return Arrays.copyOf(found, n);
  }

  /**
   * Returns the largest number of edges into a node.
   *
   * @return degree, 0 without edges
   */
  public int maxInDegree() {
    int max = 0;
    for (int i = 0; i < numNodes; i++) {
      max = Math.max(max, inDegree(i));
    }
    return max;
  }

  /** Writes the features of a node. */
  void putFeatures(ArrayWriter out, int node) {
    out.put(features, node * numFeatures, numFeatures);
  }

  /**
   * Returns all features, a new array.
   *
   * @param type FLOAT or DOUBLE
   * @return {@code [N, F]}
   * @throws IllegalStateException if there are none
   * @throws IllegalArgumentException if the array would be above 2 GiB
   */
  public INDArray features(DataType type) {
    requireFeatures();
    ArrayWriter out = ArrayWriter.create(name, type, numNodes, numFeatures);
    out.put(features, 0, features.length);
    return out.array();
  }

  void requireFeatures() {
    if (numFeatures == 0) {
      throw new IllegalStateException(name + " has no features");
    }
  }

  /**
   * Returns all edges, sorted by target, a new array; one row (0, 0, 0), which is no edge, if there
   * are none.
   *
   * @param type FLOAT, exact for node numbers up to 2^24 = 16777216, or DOUBLE
   * @return rows (source, target, weight) {@code [E, 3]}
   * @throws IllegalStateException if the type is FLOAT and a node number is above 2^24
   * @throws IllegalArgumentException if the array would be above 2 GiB
   */
  public INDArray edges(DataType type) {
    GraphArrays.id(name, numNodes - 1, type);
    ArrayWriter out = ArrayWriter.create(name, type, Math.max(1, numEdges()), 3);
    for (int v = 0; v < numNodes; v++) {
      for (int e = first[v]; e < first[v + 1]; e++) {
        out.put(sources[e]);
        out.put(v);
        out.put(weight(e));
      }
    }
    if (numEdges() == 0) {
      out.put(new float[3], 0, 3);
    }
    return out.array();
  }

  /** Writes the one-hot label of a node; 0 everywhere if it has none. */
  void putLabel(ArrayWriter out, int node) {
    for (int c = 0; c < numClasses; c++) {
      out.put(labels[node] == c ? 1f : 0f);
    }
  }

  void requireLabels() {
    if (numClasses == 0) {
      throw new IllegalStateException(name + " has no labels");
    }
  }

  /**
   * Returns the whole graph as one batch for a network with the inputs (features, edges), with a
   * labels mask that picks the nodes of one split.
   *
   * @param split TRAIN, VALIDATION or TEST
   * @param type FLOAT or DOUBLE
   * @return features {@code {[N, F], [E, 3]}}, labels {@code {[N, C]}}, labels masks {@code {[N,
   *     1]}}
   * @throws IllegalArgumentException if the split is NONE, or an array would be above 2 GiB
   * @throws IllegalStateException if the split has no nodes, or the graph no features or labels
   */
  public MultiDataSet dataSet(Split split, DataType type) {
    if (split == Split.NONE || nodes(split).length == 0) {
      throw split == Split.NONE
          ? new IllegalArgumentException(name + ": expected TRAIN, VALIDATION or TEST, got NONE")
          : new IllegalStateException(name + ": no node is in split " + split);
    }
    requireLabels();
    ArrayWriter oneHot = ArrayWriter.create(name, type, numNodes, numClasses);
    ArrayWriter mask = ArrayWriter.create(name, type, numNodes, 1);
    for (int i = 0; i < numNodes; i++) {
      putLabel(oneHot, i);
      mask.put(splits[i] == split ? 1f : 0f);
    }
    return new MultiDataSet(
        new INDArray[] {features(type), edges(type)},
        new INDArray[] {oneHot.array()},
        null,
        new INDArray[] {mask.array()});
  }

  /** Returns name and counts, on one line. */
  @Override
  public String toString() {
    return String.format(
        "CsrGraph(%s: %d nodes, %d edges, %d features, %d classes)",
        name, numNodes, numEdges(), numFeatures, numClasses);
  }

  /** Collects and checks the parts of a {@link CsrGraph}; not for use by several threads. */
  public static final class Builder {
    private final String name;
    private final int numNodes;
    private int numFeatures;
    private int numClasses;
    private int[] from = {};
    private int[] to = {};
    private float[] weights;
    private float[] features = {};
    private int[] labels;
    private Split[] splits;

    private Builder(String name, int numNodes) {
      if (name == null || name.isBlank()) {
        throw new IllegalArgumentException("expected a graph name, got " + name);
      }
      if (numNodes < 1) {
        throw new IllegalArgumentException(name + ": expected at least 1 node, got " + numNodes);
      }
      this.name = name;
      this.numNodes = numNodes;
      labels = new int[numNodes];
      Arrays.fill(labels, GraphData.NO_LABEL);
      splits = new Split[numNodes];
      Arrays.fill(splits, Split.NONE);
    }

    /**
     * Sets directed edges of weight 1.
     *
     * @param sources the sending nodes; read by {@link #build()}, not copied
     * @param targets the receiving nodes; read by {@link #build()}, not copied
     * @return this builder
     */
    public Builder edges(int[] sources, int[] targets) {
      return edges(sources, targets, null);
    }

    /**
     * Sets directed edges.
     *
     * @param sources the sending nodes; read by {@link #build()}, not copied
     * @param targets the receiving nodes; read by {@link #build()}, not copied
     * @param weights finite weights, 0 for no edge; null if all are 1
     * @return this builder
     */
    public Builder edges(int[] sources, int[] targets, float[] weights) {
      this.from = Objects.requireNonNull(sources, "sources");
      this.to = Objects.requireNonNull(targets, "targets");
      this.weights = weights;
      return this;
    }

    /**
     * Sets dense features.
     *
     * @param values finite values, row by row, N * F; copied
     * @param numFeatures F
     * @return this builder
     */
    public Builder features(float[] values, int numFeatures) {
      return own(values.clone(), numFeatures);
    }

    /** As {@link #features}, but takes over the array, of which at 10^6 nodes one is enough. */
    Builder own(float[] values, int numFeatures) {
      this.features = values;
      this.numFeatures = numFeatures;
      return this;
    }

    /**
     * Sets the labels.
     *
     * @param labels the class of each node, 0 to C - 1, or {@link GraphData#NO_LABEL}; copied
     * @param numClasses C
     * @return this builder
     */
    public Builder labels(int[] labels, int numClasses) {
      this.labels = labels.clone();
      this.numClasses = numClasses;
      return this;
    }

    /**
     * Sets the split of each node; {@link Split#NONE} for nodes without a label.
     *
     * @param splits one for each node; copied
     * @return this builder
     */
    public Builder splits(Split... splits) {
      this.splits = splits.clone();
      return this;
    }

    /**
     * Checks the parts, sorts the edges and returns the graph.
     *
     * @return the graph
     * @throws IllegalArgumentException if lengths differ from what the number of nodes demands, a
     *     node or class number is out of range, a value or weight is not finite, or a node without
     *     a label is in a split
     */
    public CsrGraph build() {
      GraphChecks.edges(name, numNodes, from, to, weights);
      GraphChecks.denseFeatures(name, numNodes, numFeatures, features);
      GraphChecks.labels(name, numNodes, numClasses, labels);
      GraphChecks.splits(name, labels, splits);
      int[] first = new int[numNodes + 1];
      for (int e = 0; e < to.length; e++) {
        if (isEdge(e)) {
          first[to[e] + 1]++;
        }
      }
      for (int v = 0; v < numNodes; v++) {
        first[v + 1] += first[v];
      }
      int[] sources = new int[first[numNodes]];
      float[] sorted = weights == null ? null : new float[first[numNodes]];
      int[] next = Arrays.copyOf(first, numNodes);
      for (int e = 0; e < to.length; e++) {
        if (isEdge(e)) {
          int entry = next[to[e]]++;
          sources[entry] = from[e];
          if (sorted != null) {
            sorted[entry] = weights[e];
          }
        }
      }
      return new CsrGraph(this, first, sources, sorted == null || allOne(sorted) ? null : sorted);
    }

    private boolean isEdge(int e) {
      return weights == null || weights[e] != 0;
    }

    private static boolean allOne(float[] weights) {
      for (float w : weights) {
        if (w != 1f) {
          return false;
        }
      }
      return true;
    }
  }
}
