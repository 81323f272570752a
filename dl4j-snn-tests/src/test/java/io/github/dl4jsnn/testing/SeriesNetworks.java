package io.github.dl4jsnn.testing;

import io.github.dl4jsnn.conf.DifferenceLayer;
import io.github.dl4jsnn.conf.LastTimeStepLayer;
import io.github.dl4jsnn.conf.LifLayer;
import io.github.dl4jsnn.conf.SeriesLevelVertex;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikingDense;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;

/** Bodies of those {@link TestNetwork}s that are about series. */
final class SeriesNetworks {
  private SeriesNetworks() {}

  static void difference(GraphBuilder b, NetworkSettings s) {
    b.addInputs("x")
        .addLayer("rnn", TestNetwork.rnn(RNNFormat.NCW), "x")
        .addLayer(
            "difference",
            new DifferenceLayer.Builder().dropOut(0.9).backend(s.backend()).build(),
            "rnn")
        .addLayer(
            "affine", new SpikingDense.Builder().nOut(6).backend(s.backend()).build(), "difference")
        .addLayer(
            "lif",
            new LifLayer.Builder().neuron(TestNetwork.neuron()).backend(s.backend()).build(),
            "affine")
        .addLayer("read", new SpikeReadoutLayer.Builder().backend(s.backend()).build(), "lif")
        .addLayer("out", TestNetwork.softmax(), "read")
        .setOutputs("out");
  }

  /** Differences from the last reading, and the level given back to what becomes of them. */
  static void level(GraphBuilder b, NetworkSettings s) {
    b.addInputs("x")
        .addLayer("rnn", TestNetwork.rnn(RNNFormat.NWC), "x")
        .addLayer("level", new LastTimeStepLayer.Builder().backend(s.backend()).build(), "rnn")
        .addVertex("split", new SeriesLevelVertex(SeriesLevelVertex.Op.SPLIT), "rnn", "level")
        .addLayer(
            "affine", new SpikingDense.Builder().nOut(8).backend(s.backend()).build(), "split")
        .addLayer(
            "lif",
            new LifLayer.Builder().neuron(TestNetwork.neuron()).backend(s.backend()).build(),
            "affine")
        .addLayer("read", new SpikeReadoutLayer.Builder().backend(s.backend()).build(), "lif")
        .addVertex("forecast", new SeriesLevelVertex(SeriesLevelVertex.Op.ADD), "read", "level")
        .addLayer("out", TestNetwork.softmax(), "forecast")
        .setOutputs("out");
  }
}
