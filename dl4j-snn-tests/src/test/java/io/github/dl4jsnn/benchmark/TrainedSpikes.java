package io.github.dl4jsnn.benchmark;

import io.github.dl4jsnn.conf.GraphConvVertex;
import io.github.dl4jsnn.conf.LabelledLossLayer;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikingGraphConvVertex;
import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.graph.Planetoid;
import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.StfnParameters;
import java.io.File;
import java.io.IOException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Spikes of a trained network, which differ from random ones in how they are spread over nodes and
 * neurons: GC-SNN on Cora with the settings of the node classification study, after as many epochs
 * as that takes.
 */
final class TrainedSpikes {
  private static final int EPOCHS = 60;
  private static final int STEPS = 6;

  private TrainedSpikes() {}

  /** Spikes {@code [2708, 6, hidden]}; trains if there is no file of them yet. */
  static INDArray ofCora(int hidden) throws IOException {
    File file = new File(System.getProperty("java.io.tmpdir"), "gcsnn-spikes-" + hidden + ".bin");
    if (!file.exists()) {
      Nd4j.saveBinary(train(hidden), file);
    }
    return Nd4j.readBinary(file);
  }

  private static INDArray train(int hidden) throws IOException {
    GraphData cora = Planetoid.cora();
    MultiDataSet batch = cora.dataSet(Split.TRAIN);
    ComputationGraph network = network(cora, hidden);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      network.fit(batch);
    }
    return network.feedForward(batch.getFeatures(), false).get("hidden").dup('c');
  }

  private static ComputationGraph network(GraphData data, int hidden) {
    ComputationGraph network =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.003))
                .graphBuilder()
                .addInputs("features", "edges")
                .addVertex("hidden", hidden(hidden), "features", "edges")
                .addVertex(
                    "classes",
                    new GraphConvVertex.Builder()
                        .nOut(data.numClasses())
                        .activation(Activation.IDENTITY)
                        .dropOut(0.5)
                        .build(),
                    "hidden",
                    "edges")
                .addLayer(
                    "readout",
                    new SpikeReadoutLayer.Builder(SpikeReadoutLayer.Mode.MEMBRANE_POTENTIAL)
                        .build(),
                    "classes")
                .addLayer("loss", new LabelledLossLayer.Builder().build(), "readout")
                .setOutputs("loss")
                .setInputTypes(InputType.feedForward(data.numFeatures()), InputType.feedForward(3))
                .build());
    network.init();
    return network;
  }

  private static SpikingGraphConvVertex hidden(int hidden) {
    return new SpikingGraphConvVertex.Builder()
        .nOut(hidden)
        .timeSteps(STEPS)
        .neuron(
            LifParameters.builder()
                .decay(0.5)
                .threshold(0.25)
                .surrogate(new ArctanSurrogate())
                .build())
        .stfn(StfnParameters.builder().eps(0.1).build())
        .dropOut(0.2)
        .l2(0.02)
        .build();
  }
}
