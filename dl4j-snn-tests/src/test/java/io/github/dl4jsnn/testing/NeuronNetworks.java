package io.github.dl4jsnn.testing;

import io.github.dl4jsnn.conf.LastTimeStepLayer;
import io.github.dl4jsnn.conf.LifLayer;
import io.github.dl4jsnn.conf.NeuronLayer;
import io.github.dl4jsnn.conf.PositionalEncodingLayer;
import io.github.dl4jsnn.conf.SpikeEncodingLayer;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikingDense;
import io.github.dl4jsnn.encode.PoissonEncoder;
import io.github.dl4jsnn.neuron.AdaptiveLif;
import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.LeakyIntegrator;
import io.github.dl4jsnn.neuron.ParametricLif;
import io.github.dl4jsnn.neuron.Recurrence;
import io.github.dl4jsnn.neuron.Reset;
import io.github.dl4jsnn.neuron.Sharing;
import io.github.dl4jsnn.position.CpgCode;
import io.github.dl4jsnn.position.SinusoidalCode;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.nd4j.linalg.activations.Activation;

/** Bodies of {@link TestNetwork}: neurons of all kinds, encoding and reading of spikes. */
final class NeuronNetworks {
  private NeuronNetworks() {}

  static void staticLif(GraphBuilder b, NetworkSettings s) {
    b.addInputs("x")
        .addLayer("dense", new DenseLayer.Builder().nOut(9).dropOut(0.8).build(), "x")
        .addLayer(
            "lif",
            new LifLayer.Builder()
                .neuron(TestNetwork.neuron().toBuilder().reset(Reset.SOFT).build())
                .timeSteps(5)
                .backend(s.backend())
                .build(),
            "dense")
        .addLayer(
            "read",
            new SpikeReadoutLayer.Builder(SpikeReadoutLayer.Mode.MEMBRANE_POTENTIAL)
                .decay(0.9)
                .dropOut(0.9)
                .backend(s.backend())
                .build(),
            "lif")
        .addLayer("out", TestNetwork.softmax(), "read")
        .setOutputs("out");
  }

  static void encodedLif(GraphBuilder b, NetworkSettings s) {
    b.addInputs("x")
        .addLayer(
            "dense", new DenseLayer.Builder().nOut(9).activation(Activation.SIGMOID).build(), "x")
        .addLayer(
            "encode",
            new SpikeEncodingLayer.Builder()
                .encoder(new PoissonEncoder(3, 2))
                .timeSteps(5)
                .dataFormat(RNNFormat.NCW)
                .build(),
            "dense")
        .addLayer(
            "lif",
            new LifLayer.Builder()
                .neuron(TestNetwork.neuron())
                .dropOut(0.9)
                .backend(s.backend())
                .build(),
            "encode")
        .addLayer(
            "read",
            new SpikeReadoutLayer.Builder().trainScale(true).backend(s.backend()).build(),
            "lif")
        .addLayer("out", TestNetwork.softmax(), "read")
        .setOutputs("out");
  }

  static void sequenceLif(GraphBuilder b, NetworkSettings s) {
    b.addInputs("x")
        .addLayer("rnn", TestNetwork.rnn(RNNFormat.NWC), "x")
        .addLayer(
            "lif",
            new LifLayer.Builder()
                .neuron(TestNetwork.neuron())
                .dropOut(0.9)
                .backend(s.backend())
                .build(),
            "rnn")
        .addLayer(
            "read",
            new SpikeReadoutLayer.Builder().trainScale(true).backend(s.backend()).build(),
            "lif")
        .addLayer("out", TestNetwork.softmax(), "read")
        .setOutputs("out");
  }

  static void firstSpike(GraphBuilder b, NetworkSettings s) {
    b.addInputs("x")
        .addLayer("rnn", TestNetwork.rnn(RNNFormat.NCW), "x")
        .addLayer(
            "lif",
            new LifLayer.Builder().neuron(TestNetwork.neuron()).backend(s.backend()).build(),
            "rnn")
        .addLayer(
            "read",
            new SpikeReadoutLayer.Builder(SpikeReadoutLayer.Mode.FIRST_SPIKE)
                .trainScale(true)
                .dropOut(0.9)
                .backend(s.backend())
                .build(),
            "lif")
        .addLayer("out", TestNetwork.softmax(), "read")
        .setOutputs("out");
  }

  static void positionalEncoding(GraphBuilder b, NetworkSettings s) {
    CpgCode code = CpgCode.builder().pairs(2).eta(1).build();
    b.addInputs("x")
        .addLayer("rnn", TestNetwork.rnn(RNNFormat.NCW), "x")
        .addLayer(
            "behind",
            new PositionalEncodingLayer.Builder()
                .code(code)
                .dropOut(0.9)
                .backend(s.backend())
                .build(),
            "rnn")
        .addLayer(
            "affine", new SpikingDense.Builder().nOut(6).backend(s.backend()).build(), "behind")
        .addLayer(
            "added",
            new PositionalEncodingLayer.Builder()
                .code(new SinusoidalCode(6))
                .merge(PositionalEncodingLayer.Merge.ADD)
                .backend(s.backend())
                .build(),
            "affine")
        .addLayer(
            "lif",
            new LifLayer.Builder().neuron(TestNetwork.neuron()).backend(s.backend()).build(),
            "added")
        .addLayer("read", new SpikeReadoutLayer.Builder().backend(s.backend()).build(), "lif")
        .addLayer("out", TestNetwork.softmax(), "read")
        .setOutputs("out");
  }

  static void lastTimeStep(GraphBuilder b, NetworkSettings s) {
    b.addInputs("x")
        .addLayer("rnn", TestNetwork.rnn(RNNFormat.NCW), "x")
        .addLayer(
            "lif",
            new NeuronLayer.Builder()
                .neuron(new LeakyIntegrator(0.8, Sharing.FEATURE, true))
                .backend(s.backend())
                .build(),
            "rnn")
        .addLayer(
            "last",
            new LastTimeStepLayer.Builder().dropOut(0.9).backend(s.backend()).build(),
            "lif")
        .addLayer("out", TestNetwork.softmax(), "last")
        .setOutputs("out");
  }

  static void sequenceNeurons(GraphBuilder b, NetworkSettings s) {
    b.addInputs("x")
        .addLayer(
            "plif",
            new NeuronLayer.Builder()
                .neuron(
                    ParametricLif.builder()
                        .threshold(0.3)
                        .surrogate(new ArctanSurrogate())
                        .trainDecay(Sharing.FEATURE)
                        .trainThreshold(Sharing.LAYER)
                        .build())
                .recurrence(Recurrence.ONE_TO_ONE)
                .dropOut(0.9)
                .backend(s.backend())
                .build(),
            "x")
        .addLayer("rnn", TestNetwork.rnn(RNNFormat.NWC), "plif")
        .addLayer(
            "lif",
            new NeuronLayer.Builder()
                .neuron(
                    AdaptiveLif.builder()
                        .threshold(0.2)
                        .adaptationStrength(0.3)
                        .trainAdaptationDecay(Sharing.LAYER)
                        .build())
                .recurrence(Recurrence.ALL_TO_ALL)
                .backend(s.backend())
                .build(),
            "rnn")
        .addLayer("read", new SpikeReadoutLayer.Builder().backend(s.backend()).build(), "lif")
        .addLayer("out", TestNetwork.softmax(), "read")
        .setOutputs("out");
  }
}
