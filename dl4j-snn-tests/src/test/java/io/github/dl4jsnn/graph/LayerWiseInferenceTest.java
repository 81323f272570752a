package io.github.dl4jsnn.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.dl4jsnn.conf.DotProductDecoderVertex;
import io.github.dl4jsnn.conf.GraphAttentionVertex;
import io.github.dl4jsnn.conf.GraphConvVertex;
import io.github.dl4jsnn.conf.GraphReadoutVertex;
import io.github.dl4jsnn.conf.LabelledLossLayer;
import io.github.dl4jsnn.conf.LifLayer;
import io.github.dl4jsnn.conf.NodeFeatureAttentionLayer;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikingGraphAttentionVertex;
import io.github.dl4jsnn.conf.SpikingGraphConvVertex;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class LayerWiseInferenceTest {
  private static final int FEATURES = 7;

  private static GraphBuilder builder(DataType type) {
    return new NeuralNetConfiguration.Builder()
        .seed(5)
        .dataType(type)
        .graphBuilder()
        .addInputs("features", "edges")
        .setInputTypes(InputType.feedForward(FEATURES), InputType.feedForward(3));
  }

  private static ComputationGraph init(GraphBuilder builder) {
    ComputationGraph net = new ComputationGraph(builder.build());
    net.init();
    return net;
  }

  private static GraphBuilder readOut(GraphBuilder builder, String from) {
    return builder
        .addLayer("readout", new SpikeReadoutLayer.Builder().scale(3).build(), from)
        .addLayer("loss", new LabelledLossLayer.Builder().build(), "readout")
        .setOutputs("loss");
  }

  private static ComputationGraph gcSnn(DataType type) {
    return init(
        readOut(
            builder(type)
                .addVertex(
                    "hidden",
                    new SpikingGraphConvVertex.Builder().nOut(11).timeSteps(5).dropOut(0.5).build(),
                    "features",
                    "edges")
                .addVertex(
                    "classes",
                    new SpikingGraphConvVertex.Builder().nOut(3).build(),
                    "hidden",
                    "edges"),
            "classes"));
  }

  private static ComputationGraph gaSnn(DataType type) {
    return init(
        readOut(
            builder(type)
                .addVertex(
                    "hidden",
                    new SpikingGraphAttentionVertex.Builder().nOut(6).heads(2).timeSteps(3).build(),
                    "features",
                    "edges")
                .addVertex(
                    "classes",
                    new SpikingGraphAttentionVertex.Builder().nOut(3).build(),
                    "hidden",
                    "edges"),
            "classes"));
  }

  /** Graph and other vertices in turn, a residual connection, layers of DL4J. */
  private static ComputationGraph mixed(DataType type) {
    return init(
        builder(type)
            .addLayer("dense", new DenseLayer.Builder().nOut(8).build(), "features")
            .addVertex(
                "conv",
                new GraphConvVertex.Builder().nOut(8).activation(Activation.RELU).build(),
                "dense",
                "edges")
            .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "dense", "conv")
            .addVertex(
                "attention", new GraphAttentionVertex.Builder().nOut(4).build(), "sum", "edges")
            .addVertex("both", new MergeVertex(), "attention", "sum")
            .addLayer("spikes", new LifLayer.Builder().timeSteps(3).build(), "both")
            .addLayer("readout", new SpikeReadoutLayer.Builder().build(), "spikes")
            .addLayer(
                "out",
                new OutputLayer.Builder(LossFunction.MCXENT)
                    .nOut(3)
                    .activation(Activation.SOFTMAX)
                    .build(),
                "readout")
            .setOutputs("out"));
  }

  private static CsrGraph powerLaw(int nodes, int edges) {
    return PowerLawGraph.builder(nodes, edges).features(FEATURES).classes(3).signal(1).build();
  }

  /** Directed, with weights, parallel edges, self-loops of any weight, and isolated nodes. */
  private static CsrGraph irregular(int nodes, int edges, long seed) {
    Random random = new Random(seed);
    int[] sources = random.ints(edges, 0, Math.max(1, nodes - 2)).toArray();
    int[] targets = random.ints(edges, 0, Math.max(1, nodes - 2)).toArray();
    float[] weights = new float[edges];
    for (int e = 0; e < edges; e++) {
      weights[e] = random.nextInt(4) == 0 ? 0 : random.nextFloat() + 0.1f;
      targets[e] = random.nextInt(5) == 0 ? sources[e] : targets[e];
    }
    float[] features = new float[nodes * FEATURES];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) random.nextGaussian();
    }
    return CsrGraph.builder("irregular", nodes)
        .edges(sources, targets, weights)
        .features(features, FEATURES)
        .build();
  }

  private static void check(ComputationGraph net, CsrGraph graph, int rows, DataType type) {
    INDArray expected = net.outputSingle(graph.features(type), graph.edges(type)).dup('c');
    INDArray actual = LayerWiseInference.output(net, graph, rows);
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.sub(expected).amaxNumber().doubleValue())
        .as("%s, %d rows a block", graph, rows)
        .isLessThanOrEqualTo(type == DataType.FLOAT ? 1e-6 : 1e-13);
    assertThat(expected.std(0).amaxNumber().doubleValue()).as("not all the same").isPositive();
  }

  @ParameterizedTest
  @CsvSource({"1", "17", "5000"})
  void equalsTheOutputOnTheWholeGraph(int rows) {
    CsrGraph[] graphs = {powerLaw(101, 457), irregular(53, 211, 1), irregular(7, 0, 2)};
    for (CsrGraph graph : graphs) {
      check(gcSnn(DataType.FLOAT), graph, rows, DataType.FLOAT);
      check(gaSnn(DataType.FLOAT), graph, rows, DataType.FLOAT);
      check(mixed(DataType.FLOAT), graph, rows, DataType.FLOAT);
    }
  }

  @Test
  void equalsItInDouble() {
    check(gcSnn(DataType.DOUBLE), irregular(61, 307, 3), 20, DataType.DOUBLE);
    check(mixed(DataType.DOUBLE), irregular(61, 307, 4), 20, DataType.DOUBLE);
  }

  private static GraphBuilder propagated(DataType type, Propagation p, boolean residual) {
    return builder(type)
        .addVertex(
            "hidden",
            new SpikingGraphConvVertex.Builder()
                .nOut(11)
                .timeSteps(4)
                .propagation(p)
                .residual(residual)
                .build(),
            "features",
            "edges")
        .addVertex(
            "classes",
            new GraphConvVertex.Builder()
                .nOut(3)
                .activation(Activation.IDENTITY)
                .propagation(p)
                .residual(residual)
                .build(),
            "hidden",
            "edges");
  }

  static Stream<Arguments> propagations() {
    Stream<Propagation> all =
        Stream.of(
            Propagation.symmetric(),
            Propagation.sum(),
            Propagation.mean(),
            Propagation.max(),
            Propagation.gin(),
            Propagation.gin(0.7, true));
    return all.flatMap(p -> Stream.of(Arguments.of(p, false), Arguments.of(p, true)));
  }

  @ParameterizedTest
  @MethodSource("propagations")
  void everyPropagation(Propagation propagation, boolean residual) {
    CsrGraph[] graphs = {powerLaw(101, 457), irregular(53, 211, 1), irregular(7, 0, 2)};
    ComputationGraph net =
        init(readOut(propagated(DataType.DOUBLE, propagation, residual), "classes"));
    for (CsrGraph graph : graphs) {
      check(net, graph, 17, DataType.DOUBLE);
    }
    checkTo(1e-6, init(readOut(propagated(DataType.FLOAT, propagation, residual), "classes")));
  }

  private static void checkTo(double tolerance, ComputationGraph net) {
    CsrGraph graph = irregular(53, 211, 6);
    INDArray expected =
        net.outputSingle(graph.features(DataType.FLOAT), graph.edges(DataType.FLOAT));
    INDArray actual = LayerWiseInference.output(net, graph, 11);
    double scale = Math.max(1, expected.amaxNumber().doubleValue());
    assertThat(actual.sub(expected).amaxNumber().doubleValue() / scale)
        .isLessThanOrEqualTo(tolerance);
  }

  @Test
  void residualAttention() {
    ComputationGraph net =
        init(
            builder(DataType.DOUBLE)
                .addVertex(
                    "hidden",
                    new SpikingGraphAttentionVertex.Builder()
                        .nOut(FEATURES)
                        .timeSteps(3)
                        .residual(true)
                        .build(),
                    "features",
                    "edges")
                .addLayer(
                    "attention",
                    new NodeFeatureAttentionLayer.Builder().nIn(FEATURES).build(),
                    "hidden")
                .addVertex(
                    "classes",
                    new GraphAttentionVertex.Builder().nOut(3).residual(true).build(),
                    "attention",
                    "edges")
                .addLayer("readout", new SpikeReadoutLayer.Builder().build(), "classes")
                .addLayer("loss", new LabelledLossLayer.Builder().build(), "readout")
                .setOutputs("loss"));
    check(net, irregular(53, 211, 7), 13, DataType.DOUBLE);
  }

  @Test
  void severalHopsInOneVertexAreRefused() {
    ComputationGraph net =
        init(readOut(propagated(DataType.FLOAT, Propagation.chebyshev(3), false), "classes"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LayerWiseInference(net, 5))
        .withMessage("layer-wise inference: Chebyshev propagation of hidden takes several hops");
  }

  @Test
  void nodesThatMixWithoutEdgesAreRefused() {
    refusesMixing(
        readOut(
            propagated(DataType.FLOAT, Propagation.symmetric(), false)
                .addLayer(
                    "mixing",
                    new NodeFeatureAttentionLayer.Builder()
                        .squeeze(NodeFeatureAttentionLayer.Squeeze.GRAPH)
                        .build(),
                    "classes"),
            "mixing"),
        "squeeze GRAPH of NodeFeatureAttentionLayer");
    GraphBuilder threeInputs =
        new NeuralNetConfiguration.Builder()
            .graphBuilder()
            .addInputs("features", "edges", "last")
            .setInputTypes(
                InputType.feedForward(FEATURES),
                InputType.feedForward(3),
                InputType.feedForward(1));
    refusesMixing(
        decided(threeInputs, new GraphReadoutVertex.Builder().build()), "GraphReadoutVertex");
    GraphBuilder pairs =
        new NeuralNetConfiguration.Builder()
            .graphBuilder()
            .addInputs("features", "edges", "last")
            .setInputTypes(
                InputType.feedForward(FEATURES),
                InputType.feedForward(3),
                InputType.feedForward(2));
    refusesMixing(
        decided(pairs, new DotProductDecoderVertex.Builder().build()), "DotProductDecoderVertex");
  }

  private static GraphBuilder decided(GraphBuilder builder, GraphVertex mixing) {
    return builder
        .addVertex("conv", new GraphConvVertex.Builder().nOut(3).build(), "features", "edges")
        .addVertex("mixing", mixing, "conv", "last")
        .addLayer("loss", new LabelledLossLayer.Builder().build(), "mixing")
        .setOutputs("loss");
  }

  private static void refusesMixing(GraphBuilder builder, String what) {
    ComputationGraph net = init(builder);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LayerWiseInference(net, 5))
        .withMessage(
            "layer-wise inference: mixing (%s) mixes nodes without edges; expected other vertices"
                + " and layers than graph convolution and attention to compute each node alone",
            what);
  }

  @Test
  void manyPiecesAndNodes() {
    check(gcSnn(DataType.FLOAT), powerLaw(9001, 27_003), 3000, DataType.FLOAT);
  }

  @Test
  void memoryIsThatOfABlockAndTwoVertices() {
    int n = 3001;
    CsrGraph graph = powerLaw(n, 6002);
    ComputationGraph net = gcSnn(DataType.FLOAT);
    LayerWiseInference inference = new LayerWiseInference(net, 500);
    inference.output(graph);
    assertThat(inference.largestBlock()).isBetween(250, Math.max(500, graph.maxInDegree() + 1));
    long hidden = 5 * 11;
    long classes = 5 * 3;
    int rows = inference.largestBlock();
    // rows of the second vertex with their inputs, and at most all their edges and self-loops
    long block = rows * (hidden + classes) + 3L * (graph.numEdges() + rows);
    assertThat(inference.peakBytes())
        .isGreaterThan(4L * n * hidden)
        .isLessThanOrEqualTo(4 * (n * (hidden + classes) + block));
    LayerWiseInference whole = new LayerWiseInference(net, n);
    whole.output(graph);
    assertThat(whole.peakBytes()).isGreaterThan(inference.peakBytes());
  }

  @Test
  void aNetworkTrainsOnAfterwards() {
    CsrGraph graph = powerLaw(200, 900);
    ComputationGraph net = gcSnn(DataType.FLOAT);
    LayerWiseInference.output(net, graph, 30);
    net.fit(graph.dataSet(Split.TRAIN, DataType.FLOAT));
    assertThat(net.score()).isPositive();
    check(net, graph, 30, DataType.FLOAT);
  }

  @Test
  void networksThatItCannotRunAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LayerWiseInference(gcSnn(DataType.FLOAT), 0))
        .withMessage("layer-wise inference: expected at least 1 row a block, got 0");
    ComputationGraph noGraph =
        init(
            builder(DataType.FLOAT)
                .addVertex("both", new MergeVertex(), "features", "edges")
                .addLayer(
                    "out",
                    new OutputLayer.Builder()
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .lossFunction(LossFunction.MCXENT)
                        .build(),
                    "both")
                .setOutputs("out"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LayerWiseInference(noGraph, 5))
        .withMessageContaining("no graph convolution or attention");
    ComputationGraph edgesElsewhere =
        init(
            builder(DataType.FLOAT)
                .addVertex(
                    "conv", new GraphConvVertex.Builder().nOut(3).build(), "features", "edges")
                .addVertex("both", new MergeVertex(), "conv", "edges")
                .addLayer(
                    "out",
                    new OutputLayer.Builder()
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .lossFunction(LossFunction.MCXENT)
                        .build(),
                    "both")
                .setOutputs("out"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LayerWiseInference(edgesElsewhere, 5))
        .withMessageContaining("see input 1 of both");
  }
}
