package io.github.dl4jsnn.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.conf.GraphConvVertex;
import io.github.dl4jsnn.conf.LabelledLossLayer;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikingGraphConvVertex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.AsyncMultiDataSetIterator;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.learning.config.Adam;

class NeighborSamplingIteratorTest {

  private final CsrGraph graph =
      PowerLawGraph.builder(600, 4800).features(12).classes(3).signal(0.4).build();

  private NeighborSamplingIterator.Builder batches() {
    return new NeighborSamplingIterator.Builder(graph, NeighborSampler.fanOuts(6, 4)).batchSize(13);
  }

  private static List<String> epoch(MultiDataSetIterator batches) {
    List<String> seen = new ArrayList<>();
    while (batches.hasNext()) {
      MultiDataSet batch = batches.next();
      seen.add(
          Arrays.toString(SampledSubgraph.nodes(batch))
              + Arrays.toString(batch.getFeatures(1).dup().data().asFloat())
              + batch.getFeatures(0).sumNumber()
              + batch.getLabels(0).sumNumber());
    }
    return seen;
  }

  @Test
  void anEpochHasEverySeedOnceAndMasksTheOthers() {
    NeighborSamplingIterator batches = batches().dataType(DataType.DOUBLE).build();
    List<Integer> seeds = new ArrayList<>();
    int count = 0;
    while (batches.hasNext()) {
      MultiDataSet batch = batches.next();
      int[] nodes = SampledSubgraph.nodes(batch);
      INDArray mask = batch.getLabelsMaskArray(0);
      assertThat(batch.getFeatures(0).shape()).containsExactly(nodes.length, 12);
      assertThat(batch.getLabels(0).shape()).containsExactly(nodes.length, 3);
      assertThat(mask.shape()).containsExactly(nodes.length, 1);
      for (int i = 0; i < nodes.length; i++) {
        assertThat(batch.getLabels(0).getDouble(i, graph.label(nodes[i]))).isEqualTo(1);
        if (mask.getDouble(i) == 1) {
          seeds.add(nodes[i]);
        }
      }
      assertThat(batch.getFeatures(0).getRow(nodes.length - 1))
          .isEqualTo(graph.features(DataType.DOUBLE).getRow(nodes[nodes.length - 1]));
      count++;
    }
    assertThat(count).isEqualTo(batches.numBatches());
    Integer[] train = Arrays.stream(graph.nodes(Split.TRAIN)).boxed().toArray(Integer[]::new);
    assertThat(seeds).containsExactlyInAnyOrder(train).isNotEqualTo(Arrays.asList(train));
    assertThatThrownBy(batches::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void epochsDifferAndComeBack() {
    NeighborSamplingIterator batches = batches().build();
    List<String> first = epoch(batches);
    batches.reset();
    assertThat(batches.epoch()).isEqualTo(1);
    assertThat(epoch(batches)).isNotEqualTo(first);
    batches.setEpoch(0);
    assertThat(epoch(batches)).isEqualTo(first);
    assertThat(epoch(batches().build())).isEqualTo(first);
    assertThat(epoch(batches().seed(2).build())).isNotEqualTo(first);
  }

  @Test
  void withoutShufflingDrawsAreStillNew() {
    NeighborSamplingIterator batches = batches().shuffle(false).build();
    int[] first = batches.nextSubgraph().nodes();
    batches.reset();
    int[] second = batches.nextSubgraph().nodes();
    assertThat(Arrays.copyOf(second, 13)).containsExactly(Arrays.copyOf(first, 13));
    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void prefetchingChangesNothing() {
    NeighborSamplingIterator plain = batches().build();
    MultiDataSetIterator async = new AsyncMultiDataSetIterator(batches().build(), 4, true);
    assertThat(epoch(async)).isEqualTo(epoch(plain));
    plain.reset();
    async.reset();
    assertThat(epoch(async)).isEqualTo(epoch(plain));
    async.reset();
    async.hasNext(); // some batches of this epoch are prefetched, but none is used
    async.reset();
    plain.setEpoch(3);
    assertThat(epoch(async)).isEqualTo(epoch(plain));
  }

  private ComputationGraph network() {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .updater(new Adam(0.02))
                .graphBuilder()
                .addInputs("features", "edges")
                .addVertex(
                    "hidden",
                    new SpikingGraphConvVertex.Builder().nOut(24).timeSteps(4).build(),
                    "features",
                    "edges")
                .addVertex(
                    "classes",
                    new GraphConvVertex.Builder().nOut(3).activation(Activation.IDENTITY).build(),
                    "hidden",
                    "edges")
                .addLayer(
                    "readout",
                    new SpikeReadoutLayer.Builder(SpikeReadoutLayer.Mode.MEMBRANE_POTENTIAL)
                        .build(),
                    "classes")
                .addLayer("loss", new LabelledLossLayer.Builder().build(), "readout")
                .setOutputs("loss")
                .setInputTypes(InputType.feedForward(12), InputType.feedForward(3))
                .build());
    network.init();
    return network;
  }

  @Test
  void aNetworkLearnsFromSamplesAndIsEvaluatedOnSeedNodes() {
    ComputationGraph network = network();
    network.fit(batches().batchSize(20).build(), 15);
    NeighborSamplingIterator test = batches().nodes(Split.TEST).batchSize(100).build();
    Evaluation evaluation = network.evaluate(test);
    assertThat(evaluation.getNumRowCounter()).isEqualTo(graph.nodes(Split.TEST).length);
    assertThat(evaluation.accuracy()).isGreaterThan(0.8);
  }

  @Test
  void trainingIsReproducible() {
    ComputationGraph one = network();
    ComputationGraph two = network();
    one.fit(batches().build(), 2);
    two.fit(batches().build(), 2);
    assertThat(two.params()).isEqualTo(one.params());
  }

  @Test
  void oneHopMoreThanLayersGivesTheOutputsOfTheWholeGraph() {
    ComputationGraph network = network();
    INDArray expected =
        network.outputSingle(graph.features(DataType.FLOAT), graph.edges(DataType.FLOAT));
    int all = NeighborSampler.ALL;
    SampledSubgraph part =
        NeighborSampler.fanOuts(all, all, all).sample(graph, new int[] {5, 311}, 1);
    INDArray actual =
        network.outputSingle(part.features(DataType.FLOAT), part.edges(DataType.FLOAT));
    for (int c = 0; c < 3; c++) {
      assertThat(actual.getDouble(0, c)).isEqualTo(expected.getDouble(5, c), within());
      assertThat(actual.getDouble(1, c)).isEqualTo(expected.getDouble(311, c), within());
    }
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.api.Assertions.within(1e-5);
  }

  @Test
  void badSettingsAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> batches().batchSize(0).build());
    assertThatIllegalArgumentException().isThrownBy(() -> batches().nodes(new int[0]).build());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> batches().nodes(4, 5, 4).build())
        .withMessageContaining("got 4 at 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SampledSubgraph.nodes(graph.dataSet(Split.TRAIN, DataType.FLOAT)))
        .withMessageStartingWith("expected a batch of sampled neighbours");
  }
}
