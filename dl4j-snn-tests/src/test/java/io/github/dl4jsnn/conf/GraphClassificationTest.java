package io.github.dl4jsnn.conf;

import static io.github.dl4jsnn.testing.Networks.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jsnn.conf.GraphReadoutVertex.Pooling;
import io.github.dl4jsnn.graph.GraphBatch;
import io.github.dl4jsnn.graph.GraphBatchIterator;
import io.github.dl4jsnn.graph.GraphExample;
import io.github.dl4jsnn.graph.GraphShapes;
import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.testing.Tolerances;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Whole graphs in a network of DL4J, from data to the restored model. */
class GraphClassificationTest {
  @TempDir Path folder;

  private static ComputationGraph network(
      Pooling pooling, DataType type, IUpdater updater, double l2) {
    LifParameters neuron =
        LifParameters.builder().decay(0.6).threshold(0.4).surrogate(new ArctanSurrogate()).build();
    ComputationGraph net =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .dataType(type)
                .updater(updater)
                .l2(l2)
                .graphBuilder()
                .addInputs("features", "edges", "membership")
                .addVertex(
                    "gc1",
                    new SpikingGraphConvVertex.Builder()
                        .nOut(16)
                        .timeSteps(4)
                        .neuron(neuron)
                        .build(),
                    "features",
                    "edges")
                .addVertex(
                    "gc2",
                    new SpikingGraphConvVertex.Builder().nOut(16).neuron(neuron).build(),
                    "gc1",
                    "edges")
                .addVertex(
                    "pool", new GraphReadoutVertex.Builder(pooling).build(), "gc2", "membership")
                .addLayer("rate", new SpikeReadoutLayer.Builder().build(), "pool")
                .addLayer(
                    "out",
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(GraphShapes.CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build(),
                    "rate")
                .setOutputs("out")
                .setInputTypes(
                    InputType.feedForward(GraphShapes.FEATURES),
                    InputType.feedForward(3),
                    InputType.feedForward(1))
                .build());
    net.init();
    return net;
  }

  @Test
  void learnsAndComesBackFromAZip() throws Exception {
    List<GraphExample> graphs = GraphShapes.generate(240, 1);
    GraphBatchIterator train =
        new GraphBatchIterator.Builder(graphs.subList(0, 180)).batchSize(20).shuffle(1).build();
    GraphBatchIterator test =
        new GraphBatchIterator.Builder(graphs.subList(180, 240)).batchSize(25).build();
    ComputationGraph net = network(Pooling.MEAN, DataType.FLOAT, new Adam(0.01), 0);
    net.fit(train, 15);
    Evaluation evaluation = net.evaluate(test);
    assertThat(evaluation.getNumRowCounter()).isEqualTo(60);
    assertThat(evaluation.accuracy()).isGreaterThan(0.9);
    Evaluation again = new Evaluation();
    test.reset();
    net.doEvaluation(test, again);
    assertThat(again.confusionToString()).isEqualTo(evaluation.confusionToString());

    File zip = folder.resolve("graphs.zip").toFile();
    net.save(zip, true);
    ComputationGraph loaded = ComputationGraph.load(zip, true);
    MultiDataSet batch = GraphBatch.of(graphs.subList(180, 240)).dataSet();
    assertSameBits(loaded.output(batch.getFeatures())[0], net.output(batch.getFeatures())[0]);
    assertThat(loaded.evaluate(test).accuracy()).isEqualTo(evaluation.accuracy());
  }

  /** DL4J divides by the rows of the labels, which are graphs; there are more rows of features. */
  @ParameterizedTest
  @EnumSource
  void lossIsTheMeanOverGraphs(Pooling pooling) {
    List<GraphExample> graphs = GraphShapes.generate(5, 2);
    double l2 = 0.3;
    ComputationGraph net = network(pooling, DataType.DOUBLE, new Sgd(0.1), l2);
    INDArray start = net.params().dup();
    double sum = 0;
    INDArray steps = start.like();
    for (GraphExample g : graphs) {
      MultiDataSet alone = GraphBatch.of(List.of(g)).dataSet(DataType.DOUBLE);
      INDArray p = net.output(alone.getFeatures())[0];
      sum -= Math.log(p.mul(alone.getLabels(0)).sumNumber().doubleValue());
      net.fit(alone);
      steps.addi(net.params().sub(start));
      net.setParams(start);
    }
    MultiDataSet batch = GraphBatch.of(graphs).dataSet(DataType.DOUBLE);
    double expected = sum / graphs.size() + net.calcRegularizationScore(true);
    assertThat(net.calcRegularizationScore(true)).isPositive();
    assertThat(net.score(batch, false)).isCloseTo(expected, within(1e-9 * expected));
    net.fit(batch);
    INDArray step = net.params().sub(start);
    assertThat(step.norm1Number().doubleValue()).isGreaterThan(0.1);
    Tolerances.assertClose("step", step, steps.div(graphs.size()), 1e-8);
  }

  /** Several layers deep, a graph gives alone what it gives in a batch. */
  @ParameterizedTest
  @EnumSource
  void graphsOfABatchDoNotSeeEachOther(Pooling pooling) {
    List<GraphExample> graphs = GraphShapes.generate(7, 4);
    ComputationGraph net = network(pooling, DataType.FLOAT, new Sgd(0.1), 0);
    INDArray together = net.output(GraphBatch.of(graphs).dataSet().getFeatures())[0];
    for (int g = 0; g < graphs.size(); g++) {
      INDArray alone =
          net.output(GraphBatch.of(graphs.subList(g, g + 1)).dataSet().getFeatures())[0];
      Tolerances.assertClose("graph " + g, alone, together.getRow(g, true).dup(), Tolerances.FLOAT);
    }
  }

  /** Nodes numbered otherwise, edges along with them: the same answer. */
  @ParameterizedTest
  @EnumSource
  void numberingOfNodesDoesNotMatter(Pooling pooling) {
    GraphBatch batch = GraphBatch.of(GraphShapes.generate(6, 5));
    ComputationGraph net = network(pooling, DataType.DOUBLE, new Sgd(0.1), 0);
    MultiDataSet plain = batch.dataSet(DataType.DOUBLE);
    INDArray x = plain.getFeatures(0).dup();
    INDArray e = plain.getFeatures(1).dup();
    int[] number = new int[(int) x.size(0)];
    for (int g = 0; g < batch.numGraphs(); g++) {
      int last = batch.firstNode(g + 1) - 1;
      for (int i = batch.firstNode(g); i <= last; i++) {
        number[i] = batch.firstNode(g) + last - i;
        x.putRow(number[i], plain.getFeatures(0).getRow(i));
      }
    }
    for (int row = 0; row < e.size(0); row++) {
      e.putScalar(row, 0, number[e.getInt(row, 0)]);
      e.putScalar(row, 1, number[e.getInt(row, 1)]);
    }
    Tolerances.assertClose(
        "output",
        net.output(x, e, plain.getFeatures(2))[0],
        net.output(plain.getFeatures())[0],
        1e-9);
  }
}
