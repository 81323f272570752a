package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.StfnParameters;
import io.github.dl4jsnn.testing.RandomGraph;
import io.github.dl4jsnn.testing.Values;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Node-level vertices do not depend on how nodes are numbered and in which order edges are listed:
 * outputs are numbered with the nodes, gradients of the parameters stay.
 *
 * <p>A new vertex joins by one line in {@link #vertices()}.
 */
class RelabelledGraphTest {
  private static final int GRAPHS = 100;
  private static final int IN = 4;
  private static final int STEPS = 3;

  private static final double OUTPUT_TOLERANCE = 1e-5;

  /** Relative to the largest entry: sums of the same numbers in another order. */
  private static final double GRADIENT_TOLERANCE = 1e-8;

  static Stream<AbstractGraphConvVertex> vertices() {
    LifParameters neuron = LifParameters.builder().threshold(0.4).build();
    StfnParameters stfn = StfnParameters.defaults();
    return Stream.of(
        new GraphConvVertex.Builder().nIn(IN).nOut(5).activation(Activation.TANH).build(),
        new GraphConvVertex.Builder().nIn(IN).nOut(5).stfn(stfn).build(),
        new SpikingGraphConvVertex.Builder()
            .nIn(IN)
            .nOut(5)
            .neuron(neuron)
            .timeSteps(STEPS)
            .build(),
        new GraphAttentionVertex.Builder().nIn(IN).nOut(6).heads(2).build(),
        new GraphAttentionVertex.Builder()
            .nIn(IN)
            .nOut(5)
            .heads(3)
            .headMerge(HeadMerge.MEAN)
            .build(),
        new SpikingGraphAttentionVertex.Builder()
            .nIn(IN)
            .nOut(6)
            .heads(2)
            .neuron(neuron)
            .timeSteps(STEPS)
            .build());
  }

  @ParameterizedTest(name = "{index} {0}")
  @MethodSource("vertices")
  void nodesMayBeRenumberedAndEdgesShuffled(AbstractGraphConvVertex conf) {
    GraphVertex vertex = runtime(conf);
    for (int seed = 0; seed < GRAPHS; seed++) {
      RandomGraph graph = new RandomGraph(seed);
      RandomGraph relabelled = graph.relabelled();
      INDArray x =
          seed % 2 == 0
              ? Values.uniform(seed, -1, 1, DataType.DOUBLE, graph.nodes, IN)
              : Values.uniform(seed, -1, 1, DataType.DOUBLE, graph.nodes, STEPS, IN);

      INDArray y = forward(vertex, x, graph.edges());
      INDArray g = Values.uniform(-seed, -1, 1, DataType.DOUBLE, y.shape());
      Map<String, double[]> gradients = backward(vertex, g);
      INDArray y2 = forward(vertex, relabelled.moved(x), relabelled.edges());
      Map<String, double[]> gradients2 = backward(vertex, relabelled.moved(g));

      String what = conf.getClass().getSimpleName() + ", " + graph;
      assertClose(what + ", output", y2, relabelled.moved(y), OUTPUT_TOLERANCE);
      gradients.forEach(
          (name, expected) ->
              assertClose(
                  what + ", gradient of " + name,
                  gradients2.get(name),
                  expected,
                  GRADIENT_TOLERANCE * Math.max(1, largest(expected))));
    }
  }

  /** One vertex, with random parameters, that takes any graph; nothing else of the network runs. */
  private static GraphVertex runtime(AbstractGraphConvVertex conf) {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .dataType(DataType.DOUBLE)
                .graphBuilder()
                .addInputs("features", "edges")
                .addVertex("vertex", conf, "features", "edges")
                .addLayer("loss", new LabelledLossLayer.Builder().build(), "vertex")
                .setOutputs("loss")
                .build());
    network.init();
    network.initGradientsView();
    long n = network.numParams();
    network.params().assign(Values.uniform(7, -1, 1, DataType.DOUBLE, n).reshape(1, n));
    return network.getVertex("vertex");
  }

  private static INDArray forward(GraphVertex vertex, INDArray x, INDArray edges) {
    LayerWorkspaceMgr mgr = LayerWorkspaceMgr.noWorkspaces();
    vertex.setInput(0, x.dup(), mgr);
    vertex.setInput(1, edges, mgr);
    return vertex.doForward(true, mgr).dup('c');
  }

  private static Map<String, double[]> backward(GraphVertex vertex, INDArray g) {
    vertex.setEpsilon(g.dup());
    Gradient gradient = vertex.doBackward(false, LayerWorkspaceMgr.noWorkspaces()).getFirst();
    Map<String, double[]> copies = new HashMap<>();
    gradient.gradientForVariable().forEach((name, a) -> copies.put(name, Values.of(a)));
    return copies;
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElse(0);
  }

  private static void assertClose(String what, INDArray actual, INDArray expected, double by) {
    assertThat(actual.shape()).as(what).isEqualTo(expected.shape());
    assertClose(what, Values.of(actual), Values.of(expected), by);
  }

  private static void assertClose(String what, double[] actual, double[] expected, double by) {
    for (int i = 0; i < expected.length; i++) {
      // not isCloseTo: a NaN must fail
      assertThat(Math.abs(actual[i] - expected[i])).as(what).isLessThanOrEqualTo(by);
    }
  }
}
