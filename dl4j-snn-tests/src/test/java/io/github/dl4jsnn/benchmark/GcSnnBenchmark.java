package io.github.dl4jsnn.benchmark;

import io.github.dl4jsnn.conf.LabelledLossLayer;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikingGraphConvVertex;
import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.ResetGradient;
import io.github.dl4jsnn.neuron.StfnParameters;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.learning.config.Adam;
import org.openjdk.jmh.annotations.Param;

/**
 * One training iteration of GC-SNN on Cora, full batch: two spiking graph convolutions with STFN
 * (one lambda and gamma a layer), dropout between them drawn anew each step, firing rates times 5,
 * softmax and cross-entropy of the labelled nodes, Adam with L2. The peer {@code gcsnn_torch.py}
 * trains the same network.
 */
public class GcSnnBenchmark extends AbstractCoraBenchmark {
  /** Neurons of the hidden layer. */
  @Param("400")
  public int hidden;

  /** Time steps. */
  @Param("10")
  public int timeSteps;

  @Override
  ComputationGraphConfiguration configuration(GraphData data) {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .updater(new Adam(0.01))
        .l2(5e-4)
        .graphBuilder()
        .addInputs("features", "edges")
        .addVertex("gc1", conv(hidden).timeSteps(timeSteps).build(), "features", "edges")
        .addVertex(
            "gc2",
            conv(data.numClasses()).dropOut(0.5).dropOutPerStep(true).build(),
            "gc1",
            "edges")
        .addLayer("rates", new SpikeReadoutLayer.Builder().scale(5).build(), "gc2")
        .addLayer("out", new LabelledLossLayer.Builder().build(), "rates")
        .setOutputs("out")
        .setInputTypes(InputType.feedForward(data.numFeatures()), InputType.feedForward(3))
        .build();
  }

  private static SpikingGraphConvVertex.Builder conv(int nOut) {
    return new SpikingGraphConvVertex.Builder()
        .nOut(nOut)
        .stfn(StfnParameters.builder().affine(StfnParameters.Affine.SCALAR).build())
        .neuron(
            LifParameters.builder()
                .decay(0.5)
                .threshold(1)
                .surrogate(new ArctanSurrogate())
                .resetGradient(ResetGradient.EXACT)
                .build());
  }
}
