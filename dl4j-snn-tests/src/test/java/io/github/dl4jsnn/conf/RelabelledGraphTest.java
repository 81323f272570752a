package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jsnn.graph.Propagation;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.StfnParameters;
import io.github.dl4jsnn.testing.RandomGraph;
import io.github.dl4jsnn.testing.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Nothing depends on how nodes are numbered and in which order edges are listed: outputs and input
 * gradients of nodes are numbered with them, gradients of parameters and outputs of graphs stay.
 *
 * <p>A new vertex joins by one line in {@link #vertices()}.
 */
class RelabelledGraphTest {
  private static final int GRAPHS = 100;

  /** One node, a self-loop, no edges, parallel edges. */
  private static final int SPECIAL = 4;

  private static final int IN = 4;
  private static final int STEPS = 3;

  private static final List<Propagation> PROPAGATIONS =
      List.of(
          Propagation.symmetric(),
          Propagation.mean(),
          Propagation.sum(),
          Propagation.max(),
          Propagation.gin(),
          Propagation.gin(0.3, true),
          Propagation.chebyshev(3));

  private static final double OUTPUT_TOLERANCE = 1e-5;

  /** Relative to the largest entry: sums of the same numbers in another order. */
  private static final double GRADIENT_TOLERANCE = 1e-8;

  static Stream<AbstractGraphConvVertex> vertices() {
    LifParameters neuron = LifParameters.builder().threshold(0.4).build();
    StfnParameters stfn = StfnParameters.defaults();
    List<AbstractGraphConvVertex> all = new ArrayList<>();
    for (Propagation p : PROPAGATIONS) {
      for (boolean residual : new boolean[] {false, true}) {
        all.add(
            new GraphConvVertex.Builder()
                .nIn(IN)
                .nOut(5)
                .activation(Activation.TANH)
                .stfn(residual ? stfn : null)
                .propagation(p)
                .residual(residual)
                .build());
        all.add(
            new SpikingGraphConvVertex.Builder()
                .nIn(IN)
                // with as many outputs as inputs a residual connection has no map
                .nOut(residual ? IN : 5)
                .neuron(neuron)
                .timeSteps(STEPS)
                .propagation(p)
                .residual(residual)
                .build());
      }
    }
    for (HeadMerge merge : HeadMerge.values()) {
      for (boolean residual : new boolean[] {false, true}) {
        all.add(
            new GraphAttentionVertex.Builder()
                .nIn(IN)
                .nOut(6)
                .heads(3)
                .headMerge(merge)
                .residual(residual)
                .build());
        all.add(
            new SpikingGraphAttentionVertex.Builder()
                .nIn(IN)
                .nOut(6)
                .heads(2)
                .headMerge(merge)
                .residual(residual)
                .neuron(neuron)
                .timeSteps(STEPS)
                .build());
      }
    }
    return all.stream();
  }

  /** All vertices with the number of each. */
  static Stream<Arguments> numbered() {
    List<AbstractGraphConvVertex> all = vertices().collect(Collectors.toList());
    return IntStream.range(0, all.size()).mapToObj(i -> Arguments.of(i, all.get(i)));
  }

  @ParameterizedTest(name = "{index} {1}")
  @MethodSource("numbered")
  void nodesMayBeRenumberedAndEdgesShuffled(int number, AbstractGraphConvVertex conf) {
    GraphVertex vertex = runtime(b -> b.addVertex("vertex", conf, "before", "edges"));
    String name = conf.getClass().getSimpleName() + " " + conf.getPropagation();
    // the special graphs, and a fifth of the others: each of them meets several vertices
    for (int seed = 0; seed < GRAPHS; seed++) {
      if (seed >= SPECIAL && (seed + number) % 5 != 0) {
        continue;
      }
      RandomGraph graph = new RandomGraph(seed);
      checkMoved(vertex, name, graph, features(seed, graph.nodes), true);
    }
  }

  @ParameterizedTest
  @EnumSource
  void nodeAndFeatureAttention(NodeFeatureAttentionLayer.Squeeze squeeze) {
    NodeFeatureAttentionLayer conf =
        new NodeFeatureAttentionLayer.Builder().nIn(IN).reduction(2).squeeze(squeeze).build();
    GraphVertex vertex = runtime(b -> b.addLayer("vertex", conf, "before"));
    for (int seed = 0; seed < GRAPHS; seed++) {
      RandomGraph graph = new RandomGraph(seed);
      checkMoved(vertex, "squeeze " + squeeze, graph, features(seed, graph.nodes), false);
    }
  }

  /** Three graphs a batch, renumbered each within itself, through a convolution. */
  @ParameterizedTest
  @EnumSource
  void readOutOfGraphs(GraphReadoutVertex.Pooling pooling) {
    AbstractGraphConvVertex conf =
        new GraphConvVertex.Builder().nIn(IN).nOut(5).activation(Activation.TANH).build();
    GraphVertex convolution = runtime(b -> b.addVertex("vertex", conf, "before", "edges"));
    GraphReadoutVertex readOut = new GraphReadoutVertex.Builder(pooling).nIn(5).build();
    GraphVertex vertex = runtime(b -> b.addVertex("vertex", readOut, "before", "edges"));
    for (int seed = 0; seed < GRAPHS; seed++) {
      RandomGraph[] graphs = new RandomGraph[3];
      RandomGraph[] relabelled = new RandomGraph[3];
      INDArray[] x = new INDArray[3];
      INDArray[] moved = new INDArray[3];
      for (int i = 0; i < 3; i++) {
        graphs[i] = new RandomGraph(seed + i);
        relabelled[i] = graphs[i].relabelled();
        x[i] = Values.uniform(10 * seed + i, -1, 1, DataType.DOUBLE, graphs[i].nodes, IN);
        moved[i] = relabelled[i].moved(x[i]);
      }
      INDArray membership = membership(graphs);
      INDArray hidden = forward(convolution, Nd4j.concat(0, x), RandomGraph.batch(graphs));
      INDArray y = forward(vertex, hidden, membership);
      INDArray g = Values.uniform(seed, -1, 1, DataType.DOUBLE, y.shape());
      Backward expected = new Backward(vertex, g);
      INDArray hidden2 = forward(convolution, Nd4j.concat(0, moved), RandomGraph.batch(relabelled));
      INDArray y2 = forward(vertex, hidden2, membership);

      String what = pooling + ", " + Arrays.toString(graphs);
      assertThat(y.shape()).as(what).isEqualTo(new long[] {3, 5});
      assertClose(what + ", output", y2, y, OUTPUT_TOLERANCE);
      new Backward(vertex, g).assertParameters(what, expected);
    }
  }

  private static INDArray membership(RandomGraph[] graphs) {
    double[] numbers = new double[Arrays.stream(graphs).mapToInt(g -> g.nodes).sum()];
    int at = 0;
    for (int i = 0; i < graphs.length; at += graphs[i++].nodes) {
      Arrays.fill(numbers, at, at + graphs[i].nodes, i);
    }
    return Values.array(numbers, DataType.DOUBLE, numbers.length, 1);
  }

  /** Static or a sequence, real or spikes, among which largest values tie. */
  private static INDArray features(int seed, int nodes) {
    long[] shape = seed % 2 == 0 ? new long[] {nodes, IN} : new long[] {nodes, STEPS, IN};
    return seed % 3 == 0
        ? Values.binary(seed, 0.5, DataType.DOUBLE, shape)
        : Values.uniform(seed, -1, 1, DataType.DOUBLE, shape);
  }

  private static void checkMoved(
      GraphVertex vertex, String name, RandomGraph graph, INDArray x, boolean takesEdges) {
    RandomGraph relabelled = graph.relabelled();
    INDArray y = forward(vertex, x, takesEdges ? graph.edges() : null);
    INDArray g = Values.uniform(x.length(), -1, 1, DataType.DOUBLE, y.shape());
    Backward expected = new Backward(vertex, g);
    INDArray y2 = forward(vertex, relabelled.moved(x), takesEdges ? relabelled.edges() : null);
    Backward actual = new Backward(vertex, relabelled.moved(g));

    String what = name + ", " + graph;
    assertClose(what + ", output", y2, relabelled.moved(y), OUTPUT_TOLERANCE);
    assertClose(
        what + ", gradient of the input",
        actual.input,
        relabelled.moved(expected.input),
        GRADIENT_TOLERANCE * Math.max(1, largest(Values.of(expected.input))));
    actual.assertParameters(what, expected);
  }

  /** One vertex, with random parameters, that takes any graph; nothing else of the network runs. */
  private static GraphVertex runtime(Consumer<GraphBuilder> add) {
    GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .dataType(DataType.DOUBLE)
            .graphBuilder()
            .addInputs("features", "edges")
            // never runs; with parameters below it the vertex returns the gradient of its input
            .addLayer("before", new DenseLayer.Builder().nIn(IN).nOut(IN).build(), "features")
            .addLayer("loss", new LabelledLossLayer.Builder().build(), "vertex")
            .setOutputs("loss");
    add.accept(builder);
    // a vertex without edges leaves an input without a reader
    builder.allowDisconnected(true);
    ComputationGraph network = new ComputationGraph(builder.build());
    network.init();
    network.initGradientsView();
    long n = network.numParams();
    network.params().assign(Values.uniform(7, -1, 1, DataType.DOUBLE, n).reshape(1, n));
    return network.getVertex("vertex");
  }

  private static INDArray forward(GraphVertex vertex, INDArray x, INDArray last) {
    LayerWorkspaceMgr mgr = LayerWorkspaceMgr.noWorkspaces();
    vertex.setInput(0, x.dup(), mgr);
    if (last != null) {
      vertex.setInput(1, last, mgr);
    }
    if (vertex.hasLayer()) {
      vertex.getLayer().setInputMiniBatchSize((int) x.size(0));
    }
    return vertex.doForward(true, mgr).dup('c');
  }

  /** Gradients, which the next pass does not overwrite. */
  private static final class Backward {
    final Map<String, double[]> parameters = new HashMap<>();
    final INDArray input;

    Backward(GraphVertex vertex, INDArray g) {
      vertex.setEpsilon(g.dup());
      Pair<Gradient, INDArray[]> back = vertex.doBackward(false, LayerWorkspaceMgr.noWorkspaces());
      if (back.getFirst() != null) {
        back.getFirst()
            .gradientForVariable()
            .forEach((name, a) -> parameters.put(name, Values.of(a)));
      }
      input = back.getSecond()[0].dup('c');
    }

    void assertParameters(String what, Backward expected) {
      assertThat(parameters.keySet()).as(what).isEqualTo(expected.parameters.keySet());
      expected.parameters.forEach(
          (name, e) ->
              assertClose(
                  what + ", gradient of " + name,
                  parameters.get(name),
                  e,
                  GRADIENT_TOLERANCE * Math.max(1, largest(e))));
    }
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
