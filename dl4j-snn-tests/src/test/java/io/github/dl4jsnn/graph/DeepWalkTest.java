package io.github.dl4jsnn.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.deeplearning4j.graph.api.IGraph;
import org.deeplearning4j.graph.api.Vertex;
import org.deeplearning4j.graph.graph.Graph;
import org.deeplearning4j.graph.models.GraphVectors;
import org.deeplearning4j.graph.vertexfactory.IntegerVertexFactory;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class DeepWalkTest {

  private static DeepWalk.Builder small() {
    return new DeepWalk.Builder().vectorSize(7).windowSize(3).walkLength(10).seed(3);
  }

  /** Two cliques of 6 with one edge between them. */
  private static GraphData barbell() {
    int[] u = new int[31];
    int[] v = new int[31];
    int e = 0;
    for (int i = 0; i < 6; i++) {
      for (int j = i + 1; j < 6; j++) {
        for (int clique = 0; clique < 12; clique += 6) {
          u[e] = clique + i;
          v[e++] = clique + j;
        }
      }
    }
    u[e] = 5;
    v[e] = 6;
    return GraphData.builder("barbell", 12).undirectedEdges(u, v).build();
  }

  @Test
  void nearestVerticesAreThoseOfTheSameClique() {
    DeepWalkVectors<Integer, Double> vectors = small().walksPerVertex(200).build().fit(barbell());
    for (int v = 0; v < 12; v++) {
      int clique = v / 6;
      assertThat(Arrays.stream(vectors.verticesNearest(v, 5))).allMatch(u -> u / 6 == clique);
    }
    assertThat(vectors.similarity(0, 1)).isGreaterThan(vectors.similarity(0, 11));
    assertThat(vectors.similarity(2, 2)).isEqualTo(1);
  }

  @Test
  void karateClubSplitsIntoItsFactions() {
    GraphData club = KarateClub.load();
    INDArray unit =
        new DeepWalk.Builder()
            .vectorSize(16)
            .walksPerVertex(30)
            .learningRate(0.05)
            .seed(1)
            .build()
            .fit(club)
            .unitVectors();
    INDArray cosines = unit.mmul(unit.transpose());
    int correct = 0;
    for (int v = 0; v < 34; v++) {
      boolean nearerToMrHi = cosines.getDouble(v, 0) > cosines.getDouble(v, 33);
      correct += nearerToMrHi == (club.label(v) == KarateClub.MR_HI) ? 1 : 0;
    }
    assertThat(correct).isGreaterThanOrEqualTo(30);
  }

  @Test
  void sameSeedSameVectors() {
    GraphData graph = barbell();
    INDArray first = small().build().fit(graph).vectors();
    assertThat(small().build().fit(IGraphs.toIGraph(graph)).vectors()).isEqualTo(first);
    assertThat(small().seed(4).build().fit(graph).vectors()).isNotEqualTo(first);
    assertThat(first.dataType()).isEqualTo(DataType.FLOAT);
    assertThat(first.shape()).containsExactly(12, 7);
  }

  /** Plain twin of the whole training in double: walks, windows, learning rate, softmax. */
  @Test
  void vectorsAreThoseOfAPlainTwin() {
    GraphData graph =
        GraphData.builder("g", 5)
            .undirectedEdges(new int[] {0, 0, 1, 3}, new int[] {1, 2, 2, 0})
            .build();
    DeepWalk model =
        new DeepWalk.Builder()
            .vectorSize(3)
            .windowSize(2)
            .walkLength(6)
            .walksPerVertex(4)
            .learningRate(0.5)
            .minLearningRate(0.2)
            .seed(9)
            .build();
    double[][] expected = plain(graph, 3, 2, 6, 4, 0.5, 0.2, 9);
    double[][] actual = model.fit(graph).vectors().toDoubleMatrix();
    for (int v = 0; v < 5; v++) {
      assertThat(actual[v]).containsExactly(expected[v], within(1e-5));
    }
  }

  private static double[][] plain(
      GraphData graph, int d, int window, int length, int passes, double eta, double min, long s) {
    IGraph<Integer, Double> g = IGraphs.toIGraph(graph);
    RandomWalks walks = new RandomWalks(g, s);
    HuffmanPaths paths = new HuffmanPaths(walks.degrees());
    int n = graph.numNodes();
    double[][] v = new double[n][d];
    double[][] w = new double[n][d];
    Random random = new Random(~s);
    for (double[] row : v) {
      Arrays.setAll(row, k -> (random.nextFloat() - 0.5f) / d);
    }
    for (int done = 0; done < passes * n; done++) {
      if (done % n == 0) {
        walks.startPass();
      }
      double rate = Math.max(min, eta * (1 - (double) done / (passes * n)));
      int[] walk = new int[length];
      int visited = walks.next(walk);
      for (int i = 0; i < visited; i++) {
        for (int j = 0; j < visited; j++) {
          if (i != j && Math.abs(i - j) <= window) {
            plainStep(v[walk[i]], w, paths, walk[j], rate);
          }
        }
      }
    }
    return v;
  }

  private static void plainStep(double[] v, double[][] w, HuffmanPaths paths, int to, double eta) {
    double[] old = v.clone();
    for (int i = 0; i < paths.inner(to).length; i++) {
      double[] inner = w[paths.inner(to)[i]];
      double dot = 0;
      for (int k = 0; k < v.length; k++) {
        dot += old[k] * inner[k];
      }
      double g = eta * ((paths.code(to) >> i & 1) - 1 / (1 + Math.exp(-dot)));
      for (int k = 0; k < v.length; k++) {
        v[k] += g * inner[k];
        inner[k] += g * old[k];
      }
    }
  }

  @Test
  void isolatedNodesAndDeadEndsAndOneNode() {
    DeepWalk model = small().build();
    GraphData chain =
        GraphData.builder("chain", 4).edges(new int[] {0, 1}, new int[] {1, 2}).build();
    INDArray vectors = model.fit(chain).vectors();
    assertThat(vectors.isNaN().any()).isFalse();
    // Nothing moves a node without edges from where it starts, within 1 / (2 D) of 0.
    assertThat(vectors.getRow(3).amaxNumber().doubleValue()).isBetween(0.0, 0.5 / 7);
    assertThat(vectors.getRow(3).norm2Number().doubleValue()).isPositive();

    DeepWalkVectors<Integer, Double> one = model.fit(GraphData.builder("one", 1).build());
    assertThat(one.vectors().shape()).containsExactly(1, 7);
    assertThat(one.verticesNearest(0, 0)).isEmpty();
  }

  @Test
  void isGraphVectorsOfTheGraphGiven() {
    Graph<Integer, Double> graph = new Graph<>(3, false, new IntegerVertexFactory());
    graph.addEdge(0, 1, 1.0, false);
    GraphVectors<Integer, Double> vectors = small().build().fit(graph);
    assertThat(vectors.getGraph()).isSameAs(graph);
    assertThat(vectors.numVertices()).isEqualTo(3);
    assertThat(vectors.getVectorSize()).isEqualTo(7);
    assertThat(vectors.getVertexVector(1)).isEqualTo(vectors.getVertexVector(graph.getVertex(1)));
    double before = vectors.similarity(0, 1);
    vectors.getVertexVector(1).assign(0);
    assertThat(vectors.similarity(0, 1)).as("vectors handed out are copies").isEqualTo(before);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vectors.verticesNearest(0, 3))
        .withMessage("expected 0 to 2 nearest vertices, got 3");
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> vectors.verticesNearest(3, 1));
  }

  @Test
  void asAdditionalFeatures() {
    GraphData club = KarateClub.load();
    DeepWalkVectors<Integer, Double> vectors = small().build().fit(club);
    GraphData both = vectors.appendTo(club);
    assertThat(both.numFeatures()).isEqualTo(34 + 7);
    INDArray features = both.features();
    assertThat(features.getColumns(range(0, 34))).isEqualTo(club.features());
    INDArray appended = features.getColumns(range(34, 41));
    assertThat(appended).isEqualTo(vectors.unitVectors());
    for (int v = 0; v < 34; v++) {
      assertThat(appended.getRow(v).norm2Number().doubleValue()).isCloseTo(1, within(1e-6));
      assertThat(both.split(v)).isEqualTo(club.split(v));
      assertThat(both.label(v)).isEqualTo(club.label(v));
    }
    GraphData bare = GraphData.builder("bare", 34).build();
    assertThat(vectors.appendTo(bare).features()).isEqualTo(vectors.unitVectors());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> vectors.appendTo(GraphData.builder("small", 3).build()))
        .withMessage("small: expected a graph of 34 nodes, as the vectors are for, got 3");
  }

  private static int[] range(int from, int to) {
    return IntStream.range(from, to).toArray();
  }

  @Test
  void badSettings() {
    DeepWalk.Builder b = new DeepWalk.Builder();
    assertRefused(() -> b.vectorSize(0), "vectorSize of at least 1, got 0");
    assertRefused(() -> b.windowSize(0), "windowSize of at least 1, got 0");
    assertRefused(() -> b.walkLength(1), "walkLength of at least 2, got 1");
    assertRefused(() -> b.walksPerVertex(-1), "walksPerVertex of at least 1, got -1");
    assertRefused(() -> b.learningRate(Double.NaN), "learningRate above 0, got NaN");
    assertRefused(() -> b.minLearningRate(0), "minLearningRate above 0, got 0.0");
    assertRefused(
        () -> b.minLearningRate(1).build(), "minLearningRate at most the learningRate 0.025");
    assertRefused(
        () -> small().build().fit(new Graph<>(List.<Vertex<Integer>>of(), false)),
        "a graph with vertices, got none");
    assertThatIllegalStateException()
        .isThrownBy(() -> small().learningRate(1e38).build().fit(barbell()))
        .withMessageContaining("overflows with learning rate 1.0E38");
  }

  private static void assertRefused(Runnable call, String expected) {
    assertThatIllegalArgumentException()
        .isThrownBy(call::run)
        .withMessageContaining("DeepWalk: expected " + expected);
  }
}
