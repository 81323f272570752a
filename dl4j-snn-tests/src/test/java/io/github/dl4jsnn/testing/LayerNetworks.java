package io.github.dl4jsnn.testing;

import static io.github.dl4jsnn.testing.TestNetworkData.CLASSES;

import io.github.dl4jsnn.conf.BatchNormThroughTimeLayer;
import io.github.dl4jsnn.conf.FiringRateRegularizationLayer;
import io.github.dl4jsnn.conf.LifLayer;
import io.github.dl4jsnn.conf.NeuronLayer;
import io.github.dl4jsnn.conf.SpikeDropoutLayer;
import io.github.dl4jsnn.conf.SpikeEncodingLayer;
import io.github.dl4jsnn.conf.SpikeLossLayer;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikingDense;
import io.github.dl4jsnn.conf.StfnLayer;
import io.github.dl4jsnn.conf.TemporalEffectiveBatchNormLayer;
import io.github.dl4jsnn.conf.ThresholdBatchNormLayer;
import io.github.dl4jsnn.conf.TrainableEncodingLayer;
import io.github.dl4jsnn.encode.DirectEncoder;
import io.github.dl4jsnn.learning.TetLoss;
import io.github.dl4jsnn.neuron.ParametricLif;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;

/**
 * Bodies of {@link TestNetwork}: normalisation, dense layers on spikes, trained encoding, losses.
 */
final class LayerNetworks {
  private LayerNetworks() {}

  static void sequenceStfn(GraphBuilder b, NetworkSettings s) {
    b.addInputs("x")
        .addLayer("rnn", TestNetwork.rnn(RNNFormat.NCW), "x")
        .addLayer("stfn", new StfnLayer.Builder().backend(s.backend()).build(), "rnn")
        .addLayer(
            "lif",
            new LifLayer.Builder().neuron(TestNetwork.neuron()).backend(s.backend()).build(),
            "stfn")
        .addLayer(
            "read", new SpikeReadoutLayer.Builder().scale(4).backend(s.backend()).build(), "lif")
        .addLayer("out", TestNetwork.softmax(), "read")
        .setOutputs("out");
  }

  static void sequenceBatchNorm(GraphBuilder b, NetworkSettings s) {
    b.addInputs("x")
        .addLayer("rnn", TestNetwork.rnn(RNNFormat.NCW), "x")
        .addLayer(
            "norm",
            new ThresholdBatchNormLayer.Builder()
                .threshold(0.4)
                .dropOut(0.9)
                .backend(s.backend())
                .build(),
            "rnn")
        .addLayer(
            "lif",
            new LifLayer.Builder().neuron(TestNetwork.neuron()).backend(s.backend()).build(),
            "norm")
        .addLayer(
            "rate",
            new FiringRateRegularizationLayer.Builder()
                .lower(0.1)
                .upper(0.3)
                .backend(s.backend())
                .build(),
            "lif")
        .addLayer(
            "drop",
            new SpikeDropoutLayer.Builder().dropProbability(0.1).backend(s.backend()).build(),
            "rate")
        .addLayer(
            "read", new SpikeReadoutLayer.Builder().scale(4).backend(s.backend()).build(), "drop")
        .addLayer("out", TestNetwork.softmax(), "read")
        .setOutputs("out");
  }

  static void spikingDense(GraphBuilder b, NetworkSettings s) {
    b.addInputs("x")
        .addLayer(
            "dense1",
            new SpikingDense.Builder().nOut(57).dropOut(0.9).backend(s.backend()).build(),
            "x")
        .addLayer(
            "lif",
            new LifLayer.Builder().neuron(TestNetwork.neuron()).backend(s.backend()).build(),
            "dense1")
        .addLayer(
            "dense2",
            new SpikingDense.Builder().nOut(CLASSES).biasInit(0.1).backend(s.backend()).build(),
            "lif")
        .addLayer(
            "read",
            new SpikeReadoutLayer.Builder(SpikeReadoutLayer.Mode.MEMBRANE_POTENTIAL)
                .decay(0.9)
                .backend(s.backend())
                .build(),
            "dense2")
        .addLayer("out", TestNetwork.softmax(), "read")
        .setOutputs("out");
  }

  static void staticStepwiseBatchNorm(GraphBuilder b, NetworkSettings s) {
    b.addInputs("x")
        .addLayer("dense", new DenseLayer.Builder().nOut(9).build(), "x")
        .addLayer(
            "lif",
            new LifLayer.Builder()
                .neuron(TestNetwork.neuron())
                .timeSteps(5)
                .backend(s.backend())
                .build(),
            "dense")
        .addLayer(
            "tebn",
            new TemporalEffectiveBatchNormLayer.Builder().backend(s.backend()).build(),
            "lif")
        .addLayer(
            "lif2",
            new LifLayer.Builder().neuron(TestNetwork.neuron()).backend(s.backend()).build(),
            "tebn")
        .addLayer(
            "bntt",
            new BatchNormThroughTimeLayer.Builder().hasBias(true).backend(s.backend()).build(),
            "lif2")
        .addLayer(
            "read", new SpikeReadoutLayer.Builder().scale(4).backend(s.backend()).build(), "bntt")
        .addLayer("out", TestNetwork.softmax(), "read")
        .setOutputs("out");
  }

  static void foldedImages(GraphBuilder b, NetworkSettings s) {
    b.addInputs("x")
        .addLayer(
            "encode",
            new SpikeEncodingLayer.Builder().encoder(new DirectEncoder()).timeSteps(STEPS).build(),
            "x")
        .addLayer(
            "conv",
            new ConvolutionLayer.Builder(2, 1).nOut(6).activation(Activation.IDENTITY).build(),
            "encode")
        .addLayer("lif", lif(s).dropOut(0.9).build(), "conv")
        .addLayer(
            "stfn",
            new StfnLayer.Builder().foldedTimeSteps(STEPS).backend(s.backend()).build(),
            "lif")
        .addLayer(
            "pool",
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG, new int[] {2, 1})
                .build(),
            "stfn")
        .addLayer(
            "dense",
            new DenseLayer.Builder().nOut(8).activation(Activation.IDENTITY).build(),
            "pool")
        .addLayer(
            "lif2",
            new NeuronLayer.Builder()
                .neuron(ParametricLif.of(TestNetwork.neuron()))
                .foldedTimeSteps(STEPS)
                .backend(s.backend())
                .build(),
            "dense")
        .addLayer("read", new SpikeReadoutLayer.Builder().backend(s.backend()).build(), "lif2")
        .addLayer("out", TestNetwork.softmax(), "read")
        .setOutputs("out");
  }

  private static final int STEPS = 4;

  private static LifLayer.Builder lif(NetworkSettings s) {
    return new LifLayer.Builder()
        .neuron(TestNetwork.neuron())
        .foldedTimeSteps(STEPS)
        .backend(s.backend());
  }

  static void trainedEncoding(GraphBuilder b, NetworkSettings s) {
    b.addInputs("x")
        .addLayer(
            "lif",
            new TrainableEncodingLayer.Builder()
                .nOut(9)
                .neuron(TestNetwork.neuron())
                .timeSteps(5)
                .dataFormat(RNNFormat.NCW)
                .dropOut(0.95)
                .backend(s.backend())
                .build(),
            "x")
        .addLayer(
            "read", new SpikeReadoutLayer.Builder().scale(4).backend(s.backend()).build(), "lif")
        .addLayer("out", TestNetwork.softmax(), "read")
        .setOutputs("out");
  }

  static void sequenceLoss(GraphBuilder b, NetworkSettings s) {
    b.addInputs("x")
        .addLayer("rnn", TestNetwork.rnn(RNNFormat.NCW), "x")
        .addLayer(
            "lif",
            new LifLayer.Builder().neuron(TestNetwork.neuron()).backend(s.backend()).build(),
            "rnn")
        .addLayer(
            "current", new LSTM.Builder().nOut(CLASSES).dataFormat(RNNFormat.NCW).build(), "lif")
        .addLayer(
            "out",
            new SpikeLossLayer.Builder(new TetLoss(0.02, 0.1))
                .classWeights(0.9, 1, 1.2)
                .dropOut(0.95)
                .build(),
            "current")
        .setOutputs("out");
  }
}
