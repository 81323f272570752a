package io.github.dl4jsnn.benchmark;

import io.github.dl4jsnn.conf.LabelledLossLayer;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikingGraphAttentionVertex;
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
 * One training iteration of GA-SNN on Cora, full batch: two spiking graph attention layers, the
 * first with several heads side by side, the second with one; STFN, neurons, dropout, loss and
 * updater as in {@link GcSnnBenchmark}. The peer {@code gasnn_torch.py} trains the same network.
 */
public class GaSnnBenchmark extends AbstractCoraBenchmark {
  /** Neurons of the hidden layer, in all heads together. */
  @Param("64")
  public int hidden;

  /** Heads of the hidden layer. */
  @Param("8")
  public int heads;

  /** Time steps. */
  @Param("10")
  public int timeSteps;

  @Override
  ComputationGraphConfiguration configuration(GraphData data) {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .updater(new Adam(0.005))
        .l2(5e-4)
        .graphBuilder()
        .addInputs("features", "edges")
        .addVertex(
            "ga1", attention(hidden, heads).timeSteps(timeSteps).build(), "features", "edges")
        .addVertex(
            "ga2",
            attention(data.numClasses(), 1).dropOut(0.5).dropOutPerStep(true).build(),
            "ga1",
            "edges")
        .addLayer("rates", new SpikeReadoutLayer.Builder().scale(5).build(), "ga2")
        .addLayer("out", new LabelledLossLayer.Builder().build(), "rates")
        .setOutputs("out")
        .setInputTypes(InputType.feedForward(data.numFeatures()), InputType.feedForward(3))
        .build();
  }

  private static SpikingGraphAttentionVertex.Builder attention(int nOut, int heads) {
    return new SpikingGraphAttentionVertex.Builder()
        .nOut(nOut)
        .heads(heads)
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
