package io.github.dl4jsnn.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.graph.api.Edge;
import org.deeplearning4j.graph.api.IGraph;
import org.deeplearning4j.graph.api.Vertex;
import org.deeplearning4j.graph.data.GraphLoader;
import org.deeplearning4j.graph.graph.Graph;
import org.deeplearning4j.graph.vertexfactory.IntegerVertexFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IGraphsTest {

  private static Graph<Integer, Double> graph(int vertices, boolean multipleEdges) {
    return new Graph<>(vertices, multipleEdges, new IntegerVertexFactory());
  }

  @Test
  void karateClubComesBackEqual() {
    GraphData club = sorted(KarateClub.load());
    IGraph<Integer, Double> out = IGraphs.toIGraph(club);
    assertThat(out.numVertices()).isEqualTo(34);
    assertThat(out.getVertexDegree(0)).isEqualTo(16);
    assertThat(out.getVertexDegree(33)).isEqualTo(17);
    GraphData back =
        IGraphs.fromIGraph(out, "karate-club", v -> identityRow(v, 34), v -> club.label(v), 2);
    assertThat(back.toBuilder().splits(splitsOf(club)).build()).isEqualTo(club);
  }

  @Test
  void directedWeightedParallelAndIsolatedComeBackEqual() {
    // Vertices 3 and 5 are isolated; 0 to 1 is there twice, 2 to 2 is a self-loop, 4 only receives.
    GraphData graph =
        GraphData.builder("g", 6)
            .edges(
                new int[] {0, 0, 0, 1, 2},
                new int[] {1, 1, 4, 0, 2},
                new float[] {0.5f, 0.1f, -2f, 3f, 1e-3f})
            .build();
    IGraph<Integer, Double> out = IGraphs.toIGraph(graph);
    assertThat(out.getVertexDegree(0)).isEqualTo(3);
    assertThat(out.getEdgesOut(5)).isEmpty();
    assertThat(out.getVertex(5).getValue()).isEqualTo(5);
    assertThat(out.getEdgesOut(1)).containsExactly(new Edge<>(1, 0, 3.0, true));
    assertThat(IGraphs.fromIGraph(out, "g")).isEqualTo(graph);
  }

  @Test
  void rowsOfWeightZeroAreNoEdges() {
    GraphData graph =
        GraphData.builder("g", 2)
            .edges(new int[] {0, 1}, new int[] {1, 0}, new float[] {0f, 1f})
            .build();
    IGraph<Integer, Double> out = IGraphs.toIGraph(graph);
    assertThat(out.getEdgesOut(0)).isEmpty();
    assertThat(out.getEdgesOut(1)).hasSize(1);
  }

  @Test
  void undirectedEdgesBecomeBothDirectionsOnce() {
    Graph<Integer, Double> graph = graph(4, false);
    graph.addEdge(0, 1, 2.0, false);
    graph.addEdge(2, 1, 3.0, false);
    graph.addEdge(0, 3, 4.0, true);
    GraphData data = IGraphs.fromIGraph(graph, "mixed");
    assertThat(data.sources()).containsExactly(0, 0, 1, 1, 2);
    assertThat(data.targets()).containsExactly(1, 3, 0, 2, 1);
    assertThat(data.weights()).containsExactly(2f, 4f, 2f, 3f, 3f);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anUndirectedSelfLoopIsOneRow(boolean multipleEdges) {
    Graph<Integer, Double> graph = graph(2, multipleEdges);
    graph.addEdge(1, 1, 2.0, false);
    assertThat(graph.getEdgesOut(1)).hasSize(multipleEdges ? 2 : 1);
    GraphData data = IGraphs.fromIGraph(graph, "loop");
    assertThat(data.sources()).containsExactly(1);
    assertThat(data.targets()).containsExactly(1);
  }

  @Test
  void parallelSelfLoopsAreEqualEdgesButCountedEach() {
    Graph<Integer, Double> graph = graph(2, true);
    graph.addEdge(1, 1, 2.0, false);
    graph.addEdge(1, 1, 2.0, false);
    graph.addEdge(0, 0, 5.0, true);
    assertThat(IGraphs.fromIGraph(graph, "loops").weights()).containsExactly(5f, 2f, 2f);
  }

  @Test
  void anEdgeWithoutValueHasWeightOne() {
    Graph<Integer, Double> graph = graph(2, false);
    graph.addEdge(0, 1, null, true);
    assertThat(IGraphs.fromIGraph(graph, "g").weights()).containsExactly(1f);
  }

  @Test
  void takesGraphsOfTheLoadersWithNamedEdges(@TempDir Path temp) throws IOException {
    Path file = temp.resolve("edges.csv");
    Files.write(file, List.of("0,1", "1,2"));
    Graph<String, String> loaded =
        GraphLoader.loadUndirectedGraphEdgeListFile(file.toString(), 4, ",");
    GraphData data = IGraphs.fromIGraph(loaded, "loaded", edgeName -> 1);
    assertThat(data.sources()).containsExactly(0, 1, 1, 2);
    assertThat(data.targets()).containsExactly(1, 0, 2, 1);
    assertThat(data.weights()).containsOnly(1f);
    assertThat(data.isolatedNodes()).containsExactly(3);
  }

  @Test
  void featuresAndLabelsComeFromVertexValues() {
    Graph<String, Long> graph =
        new Graph<>(List.of(new Vertex<>(0, "ab"), new Vertex<>(1, "c")), false);
    graph.addEdge(0, 1, 7L, false);
    GraphData data =
        IGraphs.fromIGraph(
            graph, "words", w -> new float[] {w.length(), 0f}, w -> w.equals("c") ? 1 : -1, 2);
    assertThat(data.features().toDoubleMatrix()).isDeepEqualTo(new double[][] {{2, 0}, {1, 0}});
    assertThat(data.label(0)).isEqualTo(GraphData.NO_LABEL);
    assertThat(data.label(1)).isEqualTo(1);
    assertThat(data.weights()).containsExactly(7f, 7f);
    assertThat(IGraphs.fromIGraph(graph, "words", null, null, 0).numFeatures()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IGraphs.fromIGraph(graph, "words", null, null, 2))
        .withMessage("words: expected 0 classes where labels is null, got 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IGraphs.fromIGraph(graph, "words", null, w -> 2, 2))
        .withMessageContaining("got 2 for node 0");
  }

  @ParameterizedTest
  @CsvSource({"NaN,NaN", "Infinity,Infinity", "1e300,Infinity"})
  void weightsThatAreNoFiniteFloatAreRefused(double weight, String shown) {
    Graph<Integer, Double> graph = graph(2, false);
    graph.addEdge(0, 1, weight, true);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IGraphs.fromIGraph(graph, "g"))
        .withMessage("g: edge row 0 (0 to 1) has weight " + shown);
  }

  @Test
  void anEdgeListedAtTheWrongVertexIsRefused() {
    Graph<Integer, Double> wrong =
        new Graph<>(2, false, new IntegerVertexFactory()) {
          @Override
          public List<Edge<Double>> getEdgesOut(int vertex) {
            return List.of(new Edge<>(1, 0, 1.0, true));
          }
        };
    assertThatIllegalArgumentException()
        .isThrownBy(() -> IGraphs.fromIGraph(wrong, "g"))
        .withMessageContaining("g: expected edges leaving vertex 0, got edge(directed,1->0");
  }

  /** Random undirected graphs, built in both libraries at once, are the same set of rows. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 30})
  void randomUndirectedGraphsAgree(int vertices) {
    Random random = new Random(vertices);
    Graph<Integer, Double> graph = graph(vertices, true);
    int[] u = random.ints(3L * vertices, 0, vertices).toArray();
    int[] v = random.ints(3L * vertices, 0, vertices).toArray();
    float[] w = new float[u.length];
    for (int e = 0; e < u.length; e++) {
      w[e] = random.nextFloat() + 0.5f;
      graph.addEdge(u[e], v[e], (double) w[e], false);
    }
    GraphData expected = GraphData.builder("g", vertices).undirectedEdges(u, v, w).build();
    assertThat(IGraphs.fromIGraph(graph, "g")).isEqualTo(sorted(expected));
  }

  /** Rows in the order of their source, which is the order a graph lists them in. */
  private static GraphData sorted(GraphData graph) {
    EdgeRows rows = new EdgeRows();
    for (int node = 0; node < graph.numNodes(); node++) {
      for (int e = 0; e < graph.numEdges(); e++) {
        if (graph.source(e) == node) {
          rows.add(node, graph.target(e), graph.weight(e));
        }
      }
    }
    return rows.addTo(graph.toBuilder()).build();
  }

  private static float[] identityRow(int i, int length) {
    float[] row = new float[length];
    row[i] = 1f;
    return row;
  }

  private static Split[] splitsOf(GraphData graph) {
    Split[] splits = new Split[graph.numNodes()];
    for (int i = 0; i < splits.length; i++) {
      splits[i] = graph.split(i);
    }
    return splits;
  }
}
