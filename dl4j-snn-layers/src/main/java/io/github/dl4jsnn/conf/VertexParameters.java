package io.github.dl4jsnn.conf;

import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Copies trained parameters of graph vertices from one network to another, for transfer learning.
 *
 * <p>DL4J's {@code TransferLearning.GraphBuilder} copies all parameters as long as the graph is not
 * edited. Once a layer or vertex was added or replaced, it copies the parameters of layers only,
 * and silently leaves every other vertex as it was initialised. Name those vertices here:
 *
 * <pre>
 *   ComputationGraph net = new TransferLearning.GraphBuilder(trained)
 *       .removeVertexAndConnections("out")
 *       .addLayer("new", …)
 *       .build();
 *   VertexParameters.copy(trained, net, "gc1", "gc2");
 * </pre>
 */
public final class VertexParameters {
  private VertexParameters() {}

  /**
   * Overwrites the parameters of the named vertices (or layers). Nothing is copied if one of them
   * does not fit.
   *
   * @param from network to read
   * @param to network to change
   * @param vertices names that both networks have
   * @throws IllegalArgumentException if a network lacks a name, or names or shapes of the
   *     parameters differ
   */
  public static void copy(ComputationGraph from, ComputationGraph to, String... vertices) {
    for (String vertex : vertices) {
      check(vertex, tableOf(from, vertex), tableOf(to, vertex));
    }
    for (String vertex : vertices) {
      Map<String, INDArray> source = tableOf(from, vertex);
      tableOf(to, vertex).forEach((name, target) -> target.assign(source.get(name)));
    }
  }

  private static Map<String, INDArray> tableOf(ComputationGraph net, String vertex) {
    GraphVertex v = net.getVertex(vertex);
    if (v == null) {
      throw new IllegalArgumentException(
          "No vertex \""
              + vertex
              + "\" in the network of "
              + net.getConfiguration().getVertices().keySet());
    }
    return v.paramTable(false);
  }

  private static void check(
      String vertex, Map<String, INDArray> source, Map<String, INDArray> target) {
    if (!source.keySet().equals(target.keySet())) {
      throw new IllegalArgumentException(
          "Vertex \""
              + vertex
              + "\": expected parameters "
              + target.keySet()
              + ", got "
              + source.keySet());
    }
    for (String name : target.keySet()) {
      if (!target.get(name).equalShapes(source.get(name))) {
        throw new IllegalArgumentException(
            "Vertex \""
                + vertex
                + "\": expected parameter \""
                + name
                + "\" of shape "
                + Arrays.toString(target.get(name).shape())
                + ", got "
                + Arrays.toString(source.get(name).shape()));
      }
    }
  }
}
