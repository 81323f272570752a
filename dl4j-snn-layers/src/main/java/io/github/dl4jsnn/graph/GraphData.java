package io.github.dl4jsnn.graph;

import java.util.Arrays;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * A graph with node features, node labels and a split: what a node classification task consists of.
 *
 * <p><b>Nodes</b> are numbered 0 to {@code N - 1}. <b>Features</b> are sparse rows (CSR): the
 * non-zeros of node {@code i} are those at {@code rowPointers[i]} up to {@code rowPointers[i + 1] -
 * 1}, columns ascending. <b>Edges</b> are a directed list: row {@code e} says that {@code
 * source(e)} sends to {@code target(e)} with weight {@code weight(e)}. An undirected edge is two
 * rows, one each way. Parallel edges add up, weight 0 means no edge, and self-loops are neither
 * added nor removed here: normalisation does that. <b>Labels</b> are classes 0 to {@code C - 1}, or
 * {@link #NO_LABEL}.
 *
 * <p><b>Shapes</b> of the arrays, all in 'c' order: {@link #features()} {@code [N, F]}, {@link
 * #edges()} {@code [E, 3]}, {@link #labels()} {@code [N, C]}, {@link #mask(Split)} {@code [N, 1]}.
 * Each call makes a new array (in the current workspace, if one is open); keep it if you need it
 * twice. Memory is {@code N * F} values for the features.
 *
 * <p>Values are immutable and safe to share between threads: arrays given to the {@link Builder}
 * and returned by accessors are copies.
 *
 * <pre>{@code
 * GraphData triangle =
 *     GraphData.builder("triangle", 3)
 *         .undirectedEdges(new int[] {0, 0, 1}, new int[] {1, 2, 2})
 *         .identityFeatures()
 *         .labels(new int[] {0, 1, 1}, 2)
 *         .splits(Split.TRAIN, Split.TRAIN, Split.TEST)
 *         .build();
 * MultiDataSet train = triangle.dataSet(Split.TRAIN);
 * }</pre>
 */
public final class GraphData {

  /** The label of a node whose class is not known. */
  public static final int NO_LABEL = -1;

  private final String name;
  private final int numNodes;
  private final int numFeatures;
  private final int numClasses;
  private final int[] rowPointers;
  private final int[] columns;
  private final float[] values;
  private final int[] sources;
  private final int[] targets;
  private final float[] weights;
  private final int[] labels;
  private final Split[] splits;

  private GraphData(Builder b) {
    name = b.name;
    numNodes = b.numNodes;
    numFeatures = b.numFeatures;
    numClasses = b.numClasses;
    rowPointers = b.rowPointers;
    columns = b.columns;
    values = b.values;
    sources = b.sources;
    targets = b.targets;
    weights = b.weights;
    labels = b.labels;
    splits = b.splits;
  }

  /**
   * Returns a builder of a graph without features, edges and labels, all nodes in {@link
   * Split#NONE}.
   *
   * @param name what errors and logs call the graph; not blank
   * @param numNodes number of nodes {@code N}, at least 1
   * @throws IllegalArgumentException if the name is blank or {@code numNodes < 1}
   */
  public static Builder builder(String name, int numNodes) {
    return new Builder(name, numNodes);
  }

  /** Returns a builder that starts from this graph. */
  public Builder toBuilder() {
    Builder b = new Builder(name, numNodes);
    b.features(rowPointers, columns, values, numFeatures);
    b.edges(sources, targets, weights);
    b.labels(labels, numClasses);
    return b.splits(splits);
  }

  /** Returns the name given to the builder. */
  public String name() {
    return name;
  }

  /** Returns the number of nodes {@code N}. */
  public int numNodes() {
    return numNodes;
  }

  /** Returns the number of features {@code F} of a node; 0 if the graph has none. */
  public int numFeatures() {
    return numFeatures;
  }

  /** Returns the number of classes {@code C}; 0 if the graph has no labels. */
  public int numClasses() {
    return numClasses;
  }

  /** Returns the number of directed edge rows {@code E}: an undirected edge counts twice. */
  public int numEdges() {
    return sources.length;
  }

  /** Returns the number of features stored, over all nodes. */
  public int numNonZeros() {
    return values.length;
  }

  /** Returns a copy of the CSR row pointers of the features, of length {@code N + 1}. */
  public int[] rowPointers() {
    return rowPointers.clone();
  }

  /** Returns a copy of the CSR columns of the features. */
  public int[] columns() {
    return columns.clone();
  }

  /** Returns a copy of the CSR values of the features. */
  public float[] values() {
    return values.clone();
  }

  /** Returns a copy of the sending nodes, one for each edge row. */
  public int[] sources() {
    return sources.clone();
  }

  /** Returns a copy of the receiving nodes, one for each edge row. */
  public int[] targets() {
    return targets.clone();
  }

  /** Returns a copy of the weights, one for each edge row. */
  public float[] weights() {
    return weights.clone();
  }

  /** Returns the sending node of edge row {@code edge}. */
  public int source(int edge) {
    return sources[edge];
  }

  /** Returns the receiving node of edge row {@code edge}. */
  public int target(int edge) {
    return targets[edge];
  }

  /** Returns the weight of edge row {@code edge}. */
  public float weight(int edge) {
    return weights[edge];
  }

  /** Returns the class of a node, or {@link #NO_LABEL}. */
  public int label(int node) {
    return labels[node];
  }

  /** Returns the split that a node belongs to. */
  public Split split(int node) {
    return splits[node];
  }

  /** Returns feature {@code feature} of a node; 0 where none is stored. */
  public float feature(int node, int feature) {
    Objects.checkIndex(feature, numFeatures);
    int at = Arrays.binarySearch(columns, rowPointers[node], rowPointers[node + 1], feature);
    return at < 0 ? 0f : values[at];
  }

  /** Returns the nodes of a split, ascending. */
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

  /** Returns the number of nodes of a split. */
  public int count(Split split) {
    return nodes(split).length;
  }

  /** Returns how many nodes have no label. */
  public int numUnlabelledNodes() {
    int n = 0;
    for (int label : labels) {
      n += label == NO_LABEL ? 1 : 0;
    }
    return n;
  }

  /** Returns the number of edge rows that each node receives; weights do not matter here. */
  public int[] inDegrees() {
    return occurrences(targets);
  }

  /** Returns the number of edge rows that each node sends; weights do not matter here. */
  public int[] outDegrees() {
    return occurrences(sources);
  }

  private int[] occurrences(int[] ends) {
    int[] degrees = new int[numNodes];
    for (int node : ends) {
      degrees[node]++;
    }
    return degrees;
  }

  /**
   * Returns the nodes that no edge joins to another node, ascending. Self-loops and rows of weight
   * 0 join nothing.
   */
  public int[] isolatedNodes() {
    boolean[] joined = new boolean[numNodes];
    for (int e = 0; e < sources.length; e++) {
      if (sources[e] != targets[e] && weights[e] != 0f) {
        joined[sources[e]] = true;
        joined[targets[e]] = true;
      }
    }
    int[] isolated = new int[numNodes];
    int n = 0;
    for (int i = 0; i < numNodes; i++) {
      if (!joined[i]) {
        isolated[n++] = i;
      }
    }
    return Arrays.copyOf(isolated, n);
  }

  /**
   * Returns this graph with each node's features divided by their sum, the usual preparation of
   * bags of words. Nodes without features stay without. The quotients are rounded to float once.
   *
   * @throws IllegalStateException if a node has features whose sum is 0 or too small to divide by
   */
  public GraphData rowNormalizedFeatures() {
    float[] normalized = values.clone();
    for (int i = 0; i < numNodes; i++) {
      double sum = 0;
      for (int k = rowPointers[i]; k < rowPointers[i + 1]; k++) {
        sum += values[k];
      }
      for (int k = rowPointers[i]; k < rowPointers[i + 1]; k++) {
        normalized[k] = (float) (values[k] / sum);
        if (!Float.isFinite(normalized[k])) {
          throw new IllegalStateException(
              String.format(
                  "%s: the features of node %d cannot be divided by their sum %s", name, i, sum));
        }
      }
    }
    return toBuilder().features(rowPointers, columns, normalized, numFeatures).build();
  }

  /** Returns the features {@code [N, F]} as float; see {@link #features(DataType)}. */
  public INDArray features() {
    return features(DataType.FLOAT);
  }

  /**
   * Returns the features as a dense array {@code [N, F]}.
   *
   * @param type FLOAT or DOUBLE
   * @throws IllegalStateException if the graph has no features
   */
  public INDArray features(DataType type) {
    if (numFeatures == 0) {
      throw new IllegalStateException(
          name + " has no features; add some with toBuilder(), identityFeatures() for example");
    }
    return GraphArrays.features(rowPointers, columns, values, numFeatures, type);
  }

  /** Returns the edge rows {@code [E, 3]} as float; see {@link #edges(DataType)}. */
  public INDArray edges() {
    return edges(DataType.FLOAT);
  }

  /**
   * Returns the edges as rows (source, target, weight), {@code [E, 3]}.
   *
   * <p>A graph without edges gives one row (0, 0, 0), an edge of weight 0 and so none: ND4J
   * 1.0.0-M2.1 makes arrays of shape {@code [0, 3]}, but inside a workspace {@code create}, {@code
   * castTo} and {@code migrate} (which the asynchronous iterators call) reject them.
   *
   * @param type FLOAT, exact for node numbers up to 2^24 = 16777216, or DOUBLE
   * @throws IllegalStateException if the type is FLOAT and a node number is above 2^24
   */
  public INDArray edges(DataType type) {
    return GraphArrays.edges(name, sources, targets, weights, type);
  }

  /** Returns the labels {@code [N, C]} as float; see {@link #labels(DataType)}. */
  public INDArray labels() {
    return labels(DataType.FLOAT);
  }

  /**
   * Returns the labels as one-hot rows {@code [N, C]}; the row of a node without a label is 0.
   *
   * @param type FLOAT or DOUBLE
   * @throws IllegalStateException if the graph has no labels
   */
  public INDArray labels(DataType type) {
    if (numClasses == 0) {
      throw new IllegalStateException(
          name + " has no labels; add them with toBuilder().labels(..)");
    }
    return GraphArrays.oneHot(labels, numClasses, type);
  }

  /** Returns the mask {@code [N, 1]} of a split as float; see {@link #mask(Split, DataType)}. */
  public INDArray mask(Split split) {
    return mask(split, DataType.FLOAT);
  }

  /**
   * Returns a column {@code [N, 1]} that is 1 for the nodes of a split and 0 for all others.
   *
   * @param split any split; of a split without nodes all rows are 0
   * @param type FLOAT or DOUBLE
   */
  public INDArray mask(Split split, DataType type) {
    Objects.requireNonNull(split, "split");
    return GraphArrays.mask(splits, split, type);
  }

  /** Returns the data set of a split as float; see {@link #dataSet(Split, DataType)}. */
  public MultiDataSet dataSet(Split split) {
    return dataSet(split, DataType.FLOAT);
  }

  /**
   * Returns what a network with the inputs (features, edges) trains on or is evaluated with: the
   * whole graph, with a labels mask {@code [N, 1]} that picks the nodes of one split.
   *
   * @param split TRAIN, VALIDATION or TEST
   * @param type FLOAT or DOUBLE
   * @return features {@code {[N, F], [E, 3]}}, labels {@code {[N, C]}}, no features masks, labels
   *     masks {@code {[N, 1]}}
   * @throws IllegalArgumentException if the split is NONE
   * @throws IllegalStateException if the split has no nodes, or the graph no features or labels
   */
  public MultiDataSet dataSet(Split split, DataType type) {
    if (split == Split.NONE) {
      throw new IllegalArgumentException(
          name + ": a data set needs the split TRAIN, VALIDATION or TEST, not NONE");
    }
    if (count(split) == 0) {
      throw new IllegalStateException(name + ": no node is in split " + split);
    }
    return new MultiDataSet(
        new INDArray[] {features(type), edges(type)},
        new INDArray[] {labels(type)},
        null,
        new INDArray[] {mask(split, type)});
  }

  /** Two graphs are equal if all is: name, counts, features, edges in order, labels and splits. */
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof GraphData)) {
      return false;
    }
    GraphData that = (GraphData) other;
    return name.equals(that.name)
        && numNodes == that.numNodes
        && numFeatures == that.numFeatures
        && numClasses == that.numClasses
        && Arrays.equals(rowPointers, that.rowPointers)
        && Arrays.equals(columns, that.columns)
        && Arrays.equals(values, that.values)
        && Arrays.equals(sources, that.sources)
        && Arrays.equals(targets, that.targets)
        && Arrays.equals(weights, that.weights)
        && Arrays.equals(labels, that.labels)
        && Arrays.equals(splits, that.splits);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        name,
        numNodes,
        numFeatures,
        numClasses,
        Arrays.hashCode(sources),
        Arrays.hashCode(targets));
  }

  /** Returns name and counts, on one line. */
  @Override
  public String toString() {
    return String.format(
        "GraphData(%s: %d nodes, %d edge rows, %d features, %d classes, train/validation/test %d/%d/%d)",
        name,
        numNodes,
        numEdges(),
        numFeatures,
        numClasses,
        count(Split.TRAIN),
        count(Split.VALIDATION),
        count(Split.TEST));
  }

  /** Collects and checks the parts of a {@link GraphData}; not for use by several threads. */
  public static final class Builder {
    private final String name;
    private final int numNodes;
    private int numFeatures;
    private int numClasses;
    private int[] rowPointers;
    private int[] columns = {};
    private float[] values = {};
    private int[] sources = {};
    private int[] targets = {};
    private float[] weights = {};
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
      rowPointers = new int[numNodes + 1];
      labels = new int[numNodes];
      Arrays.fill(labels, NO_LABEL);
      splits = new Split[numNodes];
      Arrays.fill(splits, Split.NONE);
    }

    /**
     * Sets sparse features in CSR form.
     *
     * @param rowPointers where each node's values begin, and at the end their number; length N + 1
     * @param columns the feature of each value, 0 to {@code numFeatures - 1}, ascending in a row
     * @param values finite values
     * @param numFeatures number of features {@code F}
     */
    public Builder features(int[] rowPointers, int[] columns, float[] values, int numFeatures) {
      this.rowPointers = rowPointers.clone();
      this.columns = columns.clone();
      this.values = values.clone();
      this.numFeatures = numFeatures;
      return this;
    }

    /**
     * Sets features from dense rows, of which the non-zeros are kept.
     *
     * @param rows one row for each node, all of the same length
     */
    public Builder features(float[][] rows) {
      FeatureRows sparse = new FeatureRows();
      for (int i = 0; i < rows.length; i++) {
        if (rows[i].length != rows[0].length) {
          throw new IllegalArgumentException(
              String.format(
                  "%s: expected %d features as of node 0, got %d for node %d",
                  name, rows[0].length, rows[i].length, i));
        }
        for (int f = 0; f < rows[i].length; f++) {
          if (rows[i][f] != 0f) {
            sparse.add(f, rows[i][f]);
          }
        }
        sparse.endRow();
      }
      return sparse.addTo(this, rows.length == 0 ? 0 : rows[0].length);
    }

    /** Gives each node a feature of its own: the features are the identity, {@code F = N}. */
    public Builder identityFeatures() {
      int[] pointers = new int[numNodes + 1];
      Arrays.setAll(pointers, i -> i);
      float[] ones = new float[numNodes];
      Arrays.fill(ones, 1f);
      return features(pointers, Arrays.copyOf(pointers, numNodes), ones, numNodes);
    }

    /** Sets directed edges of weight 1; see {@link #edges(int[], int[], float[])}. */
    public Builder edges(int[] sources, int[] targets) {
      return edges(sources, targets, ones(sources.length));
    }

    /**
     * Sets the directed edges.
     *
     * @param sources the sending nodes
     * @param targets the receiving nodes
     * @param weights finite weights; 0 means no edge
     */
    public Builder edges(int[] sources, int[] targets, float[] weights) {
      this.sources = sources.clone();
      this.targets = targets.clone();
      this.weights = weights.clone();
      return this;
    }

    /** Sets undirected edges of weight 1; see {@link #undirectedEdges(int[], int[], float[])}. */
    public Builder undirectedEdges(int[] first, int[] second) {
      return undirectedEdges(first, second, ones(first.length));
    }

    /**
     * Sets edges that go both ways: each pair becomes the row (first, second) and, unless it is a
     * self-loop, right after it (second, first).
     *
     * @param first one end of each edge
     * @param second the other end
     * @param weights finite weights; 0 means no edge
     */
    public Builder undirectedEdges(int[] first, int[] second, float[] weights) {
      GraphChecks.sameLength(name, first.length, second.length, weights.length);
      EdgeRows rows = new EdgeRows();
      for (int e = 0; e < first.length; e++) {
        rows.add(first[e], second[e], weights[e]);
        if (first[e] != second[e]) {
          rows.add(second[e], first[e], weights[e]);
        }
      }
      return rows.addTo(this);
    }

    /**
     * Sets the labels.
     *
     * @param labels the class of each node, 0 to {@code numClasses - 1}, or {@link #NO_LABEL}
     * @param numClasses number of classes {@code C}
     */
    public Builder labels(int[] labels, int numClasses) {
      this.labels = labels.clone();
      this.numClasses = numClasses;
      return this;
    }

    /**
     * Sets the split of each node. A node without a label can only be in {@link Split#NONE}, since
     * in any other split it would count as a labelled node.
     *
     * @param splits one for each node
     */
    public Builder splits(Split... splits) {
      this.splits = splits.clone();
      return this;
    }

    /**
     * Checks the parts and returns the graph.
     *
     * @throws IllegalArgumentException if lengths differ from what the number of nodes demands, a
     *     node, feature or class number is out of range, a value or weight is not finite, a row's
     *     columns do not ascend, or a node without a label is in a split
     */
    public GraphData build() {
      GraphChecks.features(name, numNodes, numFeatures, rowPointers, columns, values);
      GraphChecks.edges(name, numNodes, sources, targets, weights);
      GraphChecks.labels(name, numNodes, numClasses, labels);
      GraphChecks.splits(name, labels, splits);
      // Setters replace whole arrays and nothing writes into them, so the graph can hold them as
      // they are.
      return new GraphData(this);
    }

    private static float[] ones(int length) {
      float[] ones = new float[length];
      Arrays.fill(ones, 1f);
      return ones;
    }
  }
}
