package io.github.dl4jsnn.benchmark;

import io.github.dl4jsnn.conf.GraphConvVertex;
import io.github.dl4jsnn.conf.LabelledLossLayer;
import io.github.dl4jsnn.graph.GraphData;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.openjdk.jmh.annotations.Param;

/**
 * One training iteration of a plain GCN on Cora, full batch: features divided by their sum, dropout
 * of features and hidden values, Adam, L2 on the first layer. The peer {@code gcn_pyg.py} trains
 * the same network.
 */
public class GcnBenchmark extends AbstractCoraBenchmark {
  /** Hidden features. */
  @Param("16")
  public int hidden;

  @Override
  GraphData prepare(GraphData cora) {
    return cora.rowNormalizedFeatures();
  }

  @Override
  ComputationGraphConfiguration configuration(GraphData data) {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .updater(new Adam(0.01))
        .graphBuilder()
        .addInputs("features", "edges")
        .addVertex("gc1", conv(hidden).l2(5e-4).build(), "features", "edges")
        .addVertex(
            "gc2", conv(data.numClasses()).activation(Activation.IDENTITY).build(), "gc1", "edges")
        .addLayer("out", new LabelledLossLayer.Builder().build(), "gc2")
        .setOutputs("out")
        .setInputTypes(InputType.feedForward(data.numFeatures()), InputType.feedForward(3))
        .build();
  }

  private static GraphConvVertex.Builder conv(int nOut) {
    return new GraphConvVertex.Builder().nOut(nOut).dropOut(0.5);
  }
}
