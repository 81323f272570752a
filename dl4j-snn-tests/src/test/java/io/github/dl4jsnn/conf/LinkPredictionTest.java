package io.github.dl4jsnn.conf;

import static io.github.dl4jsnn.testing.Networks.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jsnn.graph.Auc;
import io.github.dl4jsnn.graph.EdgeSplit;
import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.graph.KarateClub;
import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.LifParameters;
import java.io.File;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Links of a graph in a network of DL4J, from the split to the restored model. */
class LinkPredictionTest {
  @TempDir Path folder;

  private static ComputationGraph network(GraphData graph) {
    LifParameters neuron =
        LifParameters.builder().decay(0.6).threshold(0.4).surrogate(new ArctanSurrogate()).build();
    ComputationGraph net =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .updater(new Adam(0.01))
                .graphBuilder()
                .addInputs("features", "edges", "pairs")
                .addVertex(
                    "gc",
                    new SpikingGraphConvVertex.Builder()
                        .nOut(16)
                        .timeSteps(8)
                        .neuron(neuron)
                        .build(),
                    "features",
                    "edges")
                .addLayer("rate", new SpikeReadoutLayer.Builder().build(), "gc")
                .addVertex(
                    "decoder",
                    new DotProductDecoderVertex.Builder()
                        .scale(3)
                        .bias(-1)
                        .trainScale(true)
                        .trainBias(true)
                        .build(),
                    "rate",
                    "pairs")
                .addLayer(
                    "out",
                    new LossLayer.Builder(LossFunction.XENT).activation(Activation.SIGMOID).build(),
                    "decoder")
                .setOutputs("out")
                .setInputTypes(
                    InputType.feedForward(graph.numFeatures()),
                    InputType.feedForward(3),
                    InputType.feedForward(2))
                .build());
    net.init();
    return net;
  }

  private static double auc(ComputationGraph net, MultiDataSet data) {
    return Auc.of(data.getLabels(0), net.output(data.getFeatures())[0]);
  }

  @Test
  void learnsTheLinksItSeesAndComesBackFromAZip() throws Exception {
    EdgeSplit split = EdgeSplit.builder(KarateClub.load()).validation(0).test(0.1).seed(2).build();
    MultiDataSet train = split.dataSet(Split.TRAIN);
    ComputationGraph net = network(split.graph());
    double before = net.score(train);
    for (int epoch = 0; epoch < 120; epoch++) {
      net.fit(split.trainingSet(epoch, DataType.FLOAT));
    }
    assertThat(net.score(train)).isLessThan(0.8 * before);
    assertThat(auc(net, train)).isGreaterThan(0.9);
    assertThat(auc(net, split.dataSet(Split.TEST))).isGreaterThan(0.6);

    File zip = folder.resolve("links.zip").toFile();
    net.save(zip, true);
    ComputationGraph loaded = ComputationGraph.load(zip, true);
    INDArray[] inputs = split.dataSet(Split.TEST).getFeatures();
    assertSameBits(loaded.output(inputs)[0], net.output(inputs)[0]);
  }

  @Test
  void lossIsTheMeanOverPairs() {
    EdgeSplit split = EdgeSplit.builder(KarateClub.load()).seed(2).build();
    MultiDataSet train = split.dataSet(Split.TRAIN);
    ComputationGraph net = network(split.graph());
    double[] p = net.output(train.getFeatures())[0].dup().data().asDouble();
    double[] y = train.getLabels(0).dup().data().asDouble();
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      sum -= y[i] == 1 ? Math.log(p[i]) : Math.log(1 - p[i]);
    }
    double expected = sum / p.length;
    assertThat(net.score(train)).isCloseTo(expected, within(1e-5 * expected));
  }
}
