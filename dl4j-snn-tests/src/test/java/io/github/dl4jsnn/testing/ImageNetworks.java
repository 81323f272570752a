package io.github.dl4jsnn.testing;

import io.github.dl4jsnn.conf.LifLayer;
import io.github.dl4jsnn.conf.SpikeLossLayer;
import io.github.dl4jsnn.conf.SpikingBatchNormalization;
import io.github.dl4jsnn.conf.SpikingConvolution;
import io.github.dl4jsnn.conf.SpikingDense;
import io.github.dl4jsnn.conf.SpikingPooling;
import io.github.dl4jsnn.conf.VotingLayer;
import io.github.dl4jsnn.learning.MseRateLoss;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;

/** Networks of images for {@link TestNetwork}. */
final class ImageNetworks {
  private static final int STEPS = 4;

  private ImageNetworks() {}

  /** A static image through convolution, normalisation, pooling and a vote. */
  static void spikingImages(GraphBuilder b, NetworkSettings s, int classes) {
    b.addInputs("x")
        .addLayer(
            "conv", new SpikingConvolution.Builder(2, 1).nOut(8).backend(s.backend()).build(), "x")
        .addLayer(
            "norm",
            new SpikingBatchNormalization.Builder().relu(true).backend(s.backend()).build(),
            "conv")
        .addLayer("lif", lif(s).timeSteps(STEPS).build(), "norm")
        .addLayer(
            "pool",
            new SpikingPooling.Builder().kernelSize(2, 1).stride(1, 1).backend(s.backend()).build(),
            "lif")
        .addLayer(
            "conv2",
            new SpikingConvolution.Builder(2, 1).nOut(8).dropOut(0.9).backend(s.backend()).build(),
            "pool")
        .addLayer("lif2", lif(s).foldedTimeSteps(STEPS).build(), "conv2")
        .addLayer(
            "dense",
            new SpikingDense.Builder()
                .nOut(3L * classes)
                .foldedTimeSteps(STEPS)
                .backend(s.backend())
                .build(),
            "lif2")
        .addLayer("lif3", lif(s).foldedTimeSteps(STEPS).build(), "dense")
        .addLayer("vote", new VotingLayer.Builder().votes(3).backend(s.backend()).build(), "lif3")
        .addLayer("out", new SpikeLossLayer.Builder(new MseRateLoss()).build(), "vote")
        .setOutputs("out");
  }

  private static LifLayer.Builder lif(NetworkSettings s) {
    return new LifLayer.Builder().neuron(TestNetwork.neuron()).backend(s.backend());
  }
}
