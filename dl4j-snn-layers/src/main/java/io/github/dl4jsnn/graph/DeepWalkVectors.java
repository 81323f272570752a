package io.github.dl4jsnn.graph;

import java.util.Objects;
import java.util.stream.IntStream;
import org.deeplearning4j.graph.api.IGraph;
import org.deeplearning4j.graph.models.embeddings.GraphVectorsImpl;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What {@link DeepWalk} has learned: a vector for each vertex, as {@code GraphVectors} of
 * deeplearning4j-graph, as an array, or as features of a {@link GraphData}.
 *
 * @param <V> type of vertex values
 * @param <E> type of edge values
 */
public final class DeepWalkVectors<V, E> extends GraphVectorsImpl<V, E> {
  private static final long serialVersionUID = 1L;

  private final SkipGramTable table;

  DeepWalkVectors(IGraph<V, E> graph, SkipGramTable table) {
    super(graph, table);
    this.table = table;
  }

  /**
   * Returns the vectors of all vertices.
   *
   * @return a new array {@code [N, D]}, float
   */
  public INDArray vectors() {
    return Nd4j.createFromArray(rows(false));
  }

  /**
   * Returns the vectors divided by their Euclidean length, so that their dot products are their
   * cosine similarities.
   *
   * @return a new array {@code [N, D]}, float
   */
  public INDArray unitVectors() {
    return Nd4j.createFromArray(rows(true));
  }

  /**
   * Returns a graph whose features are its own followed by the {@linkplain #unitVectors() vectors}
   * as D more columns. Divide bags of words by their sums before, not after: sums over vectors have
   * no meaning.
   *
   * @param graph a graph with as many nodes, in the same order
   * @return the graph with {@code F + D} features
   * @throws IllegalArgumentException if the number of nodes differs
   */
  public GraphData appendTo(GraphData graph) {
    if (graph.numNodes() != numVertices()) {
      throw new IllegalArgumentException(
          String.format(
              "%s: expected a graph of %d nodes, as the vectors are for, got %d",
              graph.name(), numVertices(), graph.numNodes()));
    }
    int[] pointers = graph.rowPointers();
    int[] columns = graph.columns();
    float[] values = graph.values();
    float[][] vectors = rows(true);
    FeatureRows rows = new FeatureRows();
    for (int i = 0; i < vectors.length; i++) {
      for (int k = pointers[i]; k < pointers[i + 1]; k++) {
        rows.add(columns[k], values[k]);
      }
      for (int k = 0; k < vectors[i].length; k++) {
        rows.add(graph.numFeatures() + k, vectors[i][k]);
      }
      rows.endRow();
    }
    return rows.addTo(graph.toBuilder(), graph.numFeatures() + getVectorSize()).build();
  }

  /**
   * Returns the vertices most similar to one by the cosine of their vectors, most similar first; of
   * equals, the lower number first.
   *
   * @param vertexIdx the vertex; it is not among them
   * @param top how many, 0 to {@code N - 1}
   * @return their numbers
   * @throws IllegalArgumentException if there are not so many other vertices
   */
  @Override
  public int[] verticesNearest(int vertexIdx, int top) {
    int n = numVertices();
    Objects.checkIndex(vertexIdx, n);
    if (top < 0 || top > n - 1) {
      throw new IllegalArgumentException(
          String.format("expected 0 to %d nearest vertices, got %d", n - 1, top));
    }
    float[][] unit = rows(true);
    double[] similarity = new double[n];
    for (int v = 0; v < n; v++) {
      for (int k = 0; k < getVectorSize(); k++) {
        similarity[v] += (double) unit[vertexIdx][k] * unit[v][k];
      }
    }
    return IntStream.range(0, n)
        .filter(v -> v != vertexIdx)
        .boxed()
        .sorted((a, b) -> Double.compare(similarity[b], similarity[a]))
        .limit(top)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  void requireFinite(double learningRate) {
    for (int v = 0; v < numVertices(); v++) {
      for (float x : table.row(v)) {
        if (!Float.isFinite(x)) {
          throw new IllegalStateException(
              String.format(
                  "DeepWalk: the vector of vertex %d overflows with learning rate %s; take a lower"
                      + " one",
                  v, learningRate));
        }
      }
    }
  }

  private float[][] rows(boolean unit) {
    float[][] rows = new float[numVertices()][];
    for (int v = 0; v < rows.length; v++) {
      rows[v] = unit ? unit(table.row(v)) : table.row(v);
    }
    return rows;
  }

  /** Twice the length of a float's exponent fits a double: no overflow, no underflow. */
  private static float[] unit(float[] row) {
    double squares = 0;
    for (float x : row) {
      squares += (double) x * x;
    }
    double length = squares == 0 ? 1 : Math.sqrt(squares);
    float[] unit = new float[row.length];
    for (int k = 0; k < row.length; k++) {
      unit[k] = (float) (row[k] / length);
    }
    return unit;
  }
}
