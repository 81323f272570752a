package io.github.dl4jsnn.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jsnn.conf.AbstractGraphConvVertex;
import io.github.dl4jsnn.conf.FiringRateRegularizationLayer;
import io.github.dl4jsnn.conf.GraphAttentionVertex;
import io.github.dl4jsnn.conf.GraphConvVertex;
import io.github.dl4jsnn.conf.HeadMerge;
import io.github.dl4jsnn.conf.LabelledLossLayer;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikingGraphAttentionVertex;
import io.github.dl4jsnn.conf.SpikingGraphConvVertex;
import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.graph.KarateClub;
import io.github.dl4jsnn.graph.Propagation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.deeplearning4j.datasets.iterator.IteratorMultiDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Graph networks on the karate club: 34 nodes, 78 edges in both directions, one word a node. */
class SnnCostGraphTest {
  private static final int N = 34;
  private static final int EDGES = 2 * 78 + N;
  private static final int HIDDEN = 5;
  private static final int T = 3;

  @TempDir Path folder;

  private final GraphData karate = KarateClub.load();

  private ComputationGraph network(
      AbstractGraphConvVertex hidden, AbstractGraphConvVertex classes) {
    ComputationGraph net =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .graphBuilder()
                .addInputs("x", "e")
                .addVertex("hidden", hidden, "x", "e")
                .addLayer("rate", new FiringRateRegularizationLayer.Builder().build(), "hidden")
                .addVertex("classes", classes, "rate", "e")
                .addLayer("readout", new SpikeReadoutLayer.Builder().build(), "classes")
                .addLayer("loss", new LabelledLossLayer.Builder().build(), "readout")
                .setOutputs("loss")
                .setInputTypes(
                    InputType.feedForward(karate.numFeatures()), InputType.feedForward(3))
                .build());
    net.init();
    return net;
  }

  private ComputationGraph convolutions() {
    return network(
        new SpikingGraphConvVertex.Builder().nOut(HIDDEN).timeSteps(T).build(),
        new GraphConvVertex.Builder().nOut(2).activation(Activation.IDENTITY).build());
  }

  private long spikes(ComputationGraph net) {
    Map<String, INDArray> activations =
        net.feedForward(new INDArray[] {karate.features(), karate.edges()}, false);
    return activations.get("hidden").sumNumber().longValue();
  }

  @Test
  void graphConvolutions() {
    ComputationGraph net = convolutions();
    long spikes = spikes(net);
    SnnCost cost = SnnCost.of(net, karate.features(), karate.edges());

    assertThat(spikes).isPositive();
    assertThat(cost.layers()).containsOnlyKeys("hidden", "classes");
    assertThat(cost.examples()).isEqualTo(N);
    assertThat(cost.timeSteps()).isEqualTo(T);
    LayerCost hidden = cost.layer("hidden");
    assertThat(hidden.accumulates()).isEqualTo(N * HIDDEN);
    assertThat(hidden.operationsSentEachStep()).isEqualTo(T * N * HIDDEN);
    assertThat(hidden.dense()).isEqualTo(N * 34 * HIDDEN);
    assertThat(hidden.denseAllSteps()).isEqualTo(T * N * 34 * HIDDEN);
    assertThat(hidden.spikes()).isEqualTo(spikes);
    assertThat(hidden.firingRate()).isCloseTo((double) spikes / (N * T * HIDDEN), within(1e-12));
    assertThat(hidden.neuronUpdates()).isEqualTo(N * T * HIDDEN);
    assertThat(hidden.propagation()).isEqualTo(EDGES * HIDDEN);
    assertThat(hidden.normalisation()).isEqualTo(2 * N * HIDDEN);
    LayerCost classes = cost.layer("classes");
    assertThat(classes.accumulates()).isEqualTo(spikes * 2);
    assertThat(classes.operationsSentEachStep()).isEqualTo(spikes * 2);
    assertThat(classes.dense()).isEqualTo(N * HIDDEN * 2);
    assertThat(classes.denseAllSteps()).isEqualTo(N * T * HIDDEN * 2);
    assertThat(classes.propagation()).isEqualTo(EDGES * T * 2);
    assertThat(classes.densePropagation()).isEqualTo(EDGES * 2);
    assertThat(classes.spikes()).isZero();
    double dense = N * 34 * HIDDEN + N * HIDDEN * 2;
    double done = N * HIDDEN + spikes * 2;
    assertThat(cost.total().ratio()).isCloseTo(dense / done, within(1e-12));
    assertThat(cost.ratioWithPropagation())
        .isCloseTo(
            (dense + EDGES * (HIDDEN + 2)) / (done + EDGES * (HIDDEN + 2 * T)), within(1e-12));
  }

  @Test
  void attentionMapsToAllHeads() {
    ComputationGraph net =
        network(
            new SpikingGraphAttentionVertex.Builder().nOut(6).heads(3).timeSteps(T).build(),
            new GraphAttentionVertex.Builder()
                .nOut(2)
                .heads(4)
                .headMerge(HeadMerge.MEAN)
                .activation(Activation.IDENTITY)
                .build());
    long spikes = spikes(net);
    SnnCost cost = SnnCost.of(net, karate.features(), karate.edges());
    assertThat(cost.layer("hidden").accumulates()).isEqualTo(N * 6);
    assertThat(cost.layer("hidden").propagation()).isEqualTo((EDGES + 2 * N) * 6);
    assertThat(cost.layer("classes").accumulates()).isEqualTo(spikes * 8);
    assertThat(cost.layer("classes").dense()).isEqualTo(N * 6 * 8);
    assertThat(cost.layer("classes").propagation()).isEqualTo(T * (EDGES + 2 * N) * 8);
  }

  @Test
  void realFeaturesCostProducts() {
    ComputationGraph net = convolutions();
    LayerCost hidden = SnnCost.of(net, karate.features().mul(0.5), karate.edges()).layer("hidden");
    assertThat(hidden.accumulates()).isZero();
    assertThat(hidden.multiplyAccumulates()).isEqualTo(N * HIDDEN);
    OperationEnergy e = OperationEnergy.nm45();
    assertThat(hidden.energy(e)).isCloseTo(N * HIDDEN * 4.6, within(1e-6));
    assertThat(hidden.integerEnergy(e)).isEqualTo(hidden.energy(e));
  }

  @Test
  void edgesOfTheDataDecideThePropagation() {
    ComputationGraph net = convolutions();
    INDArray edges =
        Nd4j.create(new float[][] {{0, 0, 1}, {0, 0, 1}, {1, 2, 0.5f}, {1, 2, 1}, {3, 4, 0}});
    LayerCost hidden = SnnCost.of(net, karate.features(), edges).layer("hidden");
    // Two self-loops of node 0, which replace the added one, two parallel edges, none of weight 0.
    assertThat(hidden.propagation()).isEqualTo((N - 1 + 2 + 2) * HIDDEN);
  }

  /** Five ones among twelve inputs; 0 -> 1 twice, 1 -> 2, a self-loop of 2, and one of weight 0. */
  private static SnnCost tiny(int nOut, Propagation propagation, boolean residual) {
    ComputationGraph net =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("x", "e")
                .addVertex(
                    "conv",
                    new GraphConvVertex.Builder()
                        .nOut(nOut)
                        .propagation(propagation)
                        .residual(residual)
                        .build(),
                    "x",
                    "e")
                .addLayer("loss", new LabelledLossLayer.Builder().build(), "conv")
                .setOutputs("loss")
                .setInputTypes(InputType.feedForward(4), InputType.feedForward(3))
                .build());
    net.init();
    INDArray x = Nd4j.create(new float[][] {{1, 0, 1, 0}, {0, 0, 0, 1}, {1, 1, 0, 0}});
    INDArray edges =
        Nd4j.create(new float[][] {{0, 1, 1}, {0, 1, 2}, {1, 2, 0.5f}, {2, 2, 2}, {1, 0, 0}});
    return SnnCost.of(net, x, edges);
  }

  static Stream<Arguments> handCounted() {
    return Stream.of(
        // maps of the input; entries and passes along the edges
        Arguments.of(Propagation.symmetric(), 1, 4 + 2),
        Arguments.of(Propagation.mean(), 2, 4),
        Arguments.of(Propagation.sum(), 2, 4),
        // the node itself is weighted and added, too
        Arguments.of(Propagation.gin(), 1, 4 + 3),
        Arguments.of(Propagation.gin(0.5, true), 1, 4 + 3),
        // no self-loops; one map alone passes nothing on
        Arguments.of(Propagation.chebyshev(1), 1, 0),
        Arguments.of(Propagation.chebyshev(2), 2, 3),
        Arguments.of(Propagation.chebyshev(3), 3, 2 * 3));
  }

  @ParameterizedTest
  @MethodSource("handCounted")
  void everyPropagation(Propagation propagation, int maps, int entries) {
    SnnCost cost = tiny(5, propagation, false);
    LayerCost conv = cost.layer("conv");
    assertThat(conv.accumulates()).isEqualTo(5 * 5 * maps);
    assertThat(conv.multiplyAccumulates()).isZero();
    assertThat(conv.dense()).isEqualTo(3 * 4 * 5 * maps);
    assertThat(conv.propagation()).isEqualTo(5 * entries);
    assertThat(conv.densePropagation()).isEqualTo(5 * entries);
    assertThat(cost.notCounted()).isEmpty();

    LayerCost projected = tiny(5, propagation, true).layer("conv");
    assertThat(projected.accumulates()).isEqualTo(5 * 5 * (maps + 1));
    assertThat(projected.dense()).isEqualTo(3 * 4 * 5 * (maps + 1));
    assertThat(projected.propagation()).isEqualTo(5 * entries);

    // the input itself goes through no map
    LayerCost added = tiny(4, propagation, true).layer("conv");
    assertThat(added.accumulates()).isEqualTo(5 * 4 * maps);
    assertThat(added.dense()).isEqualTo(3 * 4 * 4 * maps);
  }

  @Test
  void theMapOfMaximaIsNotCounted() {
    SnnCost cost = tiny(5, Propagation.max(), false);
    assertThat(cost.notCounted()).containsExactly("conv (GraphConvVertex)");
    assertThat(cost.layers()).isEmpty();
  }

  @Test
  void batchesOfGraphs() {
    ComputationGraph net = convolutions();
    SnnCost one = SnnCost.of(net, karate.features(), karate.edges());
    MultiDataSet batch =
        new MultiDataSet(
            new INDArray[] {karate.features(), karate.edges()}, new INDArray[] {Nd4j.ones(N, 2)});
    Iterator<org.nd4j.linalg.dataset.api.MultiDataSet> two =
        Arrays.<org.nd4j.linalg.dataset.api.MultiDataSet>asList(batch, batch).iterator();
    SnnCost cost = SnnCost.of(net, new IteratorMultiDataSetIterator(two, N));
    assertThat(cost.examples()).isEqualTo(2 * N);
    assertThat(cost.total().operations()).isEqualTo(2 * one.total().operations());
    assertThat(cost.total().ratio()).isEqualTo(one.total().ratio());
    assertThat(SnnCost.of(net, batch).report()).isEqualTo(one.report());
  }

  @Test
  void afterTrainingAndOnABatchOfAnotherSize() {
    ComputationGraph net = convolutions();
    net.fit(karate.dataSet(io.github.dl4jsnn.graph.Split.TRAIN));
    INDArray edges = Nd4j.create(new float[][] {{0, 1, 1}, {1, 0, 1}});
    SnnCost cost = SnnCost.of(net, Nd4j.eye(34).getRows(0, 1), edges);
    assertThat(cost.examples()).isEqualTo(2);
    assertThat(cost.layer("hidden").accumulates()).isEqualTo(2 * HIDDEN);
  }

  @Test
  void reportAndCsvHoldTheAssumptions() throws Exception {
    SnnCost cost = SnnCost.of(convolutions(), karate.features(), karate.edges());
    List<String> lines = List.of(cost.report().split("\n"));
    assertThat(lines.get(0)).startsWith("layer").contains("dense MACs").endsWith("integer nJ");
    assertThat(lines.subList(0, 4)).allSatisfy(l -> assertThat(l).hasSameSizeAs(lines.get(0)));
    assertThat(lines.get(3)).startsWith("all");
    assertThat(cost.report())
        .contains("4.6 pJ a float multiply-accumulate, 0.9 pJ a float and 0.1 pJ an integer")
        .contains("N = 34, T = 3")
        .contains("beside the ratio: propagation")
        .contains("E_ANN/E_SNN = 4.6/(0.1 * ");

    Path csv = folder.resolve("new/cost.csv");
    cost.toCsv(csv);
    List<String> rows = Files.readAllLines(csv);
    rows.removeIf(l -> l.startsWith("#"));
    assertThat(rows).hasSize(4);
    assertThat(rows.get(1)).startsWith("hidden,5780,17340,170,0,510,34.0,");
    assertThat(rows).allSatisfy(l -> assertThat(l.split(",")).hasSize(16));
  }

  @Test
  void energiesAreDrawn() throws Exception {
    SnnCost cost = SnnCost.of(convolutions(), karate.features(), karate.edges());
    CategoryChart chart = SpikePlots.energy(cost, OperationEnergy.nm45(), "energy");
    assertThat(chart.getSeriesCollection()).hasSize(3);
    CategorySeries dense = chart.getSeriesCollection().iterator().next();
    assertThat(dense.getName()).isEqualTo("dense, run once");
    assertThat(List.copyOf(dense.getXData())).isEqualTo(List.of("hidden", "classes", "all"));
    assertThat(dense.getYData()[0]).isCloseTo(5780 * 4.6e-3, within(1e-9));
    assertThat(chart.getXAxisTitle()).contains("MAC 4.6 pJ").contains("N = 34, T = 3");
    Path png = folder.resolve("new/energy.png");
    SpikePlots.saveEnergy(png, cost, "energy");
    assertThat(ImageIO.read(png.toFile()).getWidth()).isEqualTo(900);
  }

  @Test
  void refusesANetworkThatIsNotInitialised() {
    ComputationGraph net = new ComputationGraph(convolutions().getConfiguration());
    assertThatThrownBy(() -> SnnCost.of(net, karate.features(), karate.edges()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("init()");
  }
}
