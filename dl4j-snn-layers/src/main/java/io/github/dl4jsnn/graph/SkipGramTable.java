package io.github.dl4jsnn.graph;

import io.github.dl4jsnn.internal.kernel.SkipGramKernel;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.deeplearning4j.graph.models.embeddings.GraphVectorLookupTable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The vectors of all vertices and of the inner nodes of their Huffman tree, in plain arrays.
 *
 * <p>It takes the place of deeplearning4j-graph's InMemoryGraphLookupTable, which calls methods
 * that ND4J no longer has and makes several INDArrays for each pair of vertices.
 */
final class SkipGramTable implements GraphVectorLookupTable, Serializable {
  private static final long serialVersionUID = 1L;

  private final int vectorSize;
  private final long seed;
  private final HuffmanPaths paths;
  private final float[][] vertices;
  private final float[][] inner;
  private final float[] workspace;
  private float learningRate;

  SkipGramTable(int[] degrees, int vectorSize, double learningRate, long seed) {
    this.vectorSize = vectorSize;
    this.seed = seed;
    paths = new HuffmanPaths(degrees);
    vertices = new float[degrees.length][vectorSize];
    inner = new float[degrees.length - 1][vectorSize];
    workspace = new float[vectorSize];
    setLearningRate(learningRate);
    resetWeights();
  }

  /** Vertices start uniformly within 1 / (2 D) of 0, inner nodes at 0, as in word2vec. */
  @Override
  public void resetWeights() {
    Random random = new Random(seed);
    for (float[] vertex : vertices) {
      for (int k = 0; k < vectorSize; k++) {
        vertex[k] = (random.nextFloat() - 0.5f) / vectorSize;
      }
    }
    for (float[] node : inner) {
      Arrays.fill(node, 0f);
    }
  }

  /** Moves the vector of {@code first} so that it predicts {@code second} better. */
  @Override
  public void iterate(int first, int second) {
    SkipGramKernel.step(
        vertices[first], inner, paths.inner(second), paths.code(second), learningRate, workspace);
  }

  @Override
  public INDArray getVector(int idx) {
    return Nd4j.createFromArray(row(idx).clone());
  }

  /** Returns the vector of a vertex; not to be changed. */
  float[] row(int vertex) {
    return vertices[Objects.checkIndex(vertex, vertices.length)];
  }

  @Override
  public int vectorSize() {
    return vectorSize;
  }

  @Override
  public void setLearningRate(double learningRate) {
    this.learningRate = (float) learningRate;
  }

  @Override
  public int getNumVertices() {
    return vertices.length;
  }
}
