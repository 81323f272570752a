package io.github.dl4jsnn.convert;

import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What goes into the readout of a spiking network, step by step. */
final class ReadoutOverTime {
  private final ComputationGraph net;
  private final String before;
  private final int timeSteps;

  ReadoutOverTime(ComputationGraph net, int timeSteps) {
    this.net = net;
    this.timeSteps = timeSteps;
    this.before = net.getConfiguration().getVertexInputs().get(readout(net)).get(0);
  }

  private static String readout(ComputationGraph net) {
    for (GraphVertex vertex : net.getVertices()) {
      if (vertex.hasLayer() && vertex.getLayer().conf().getLayer() instanceof SpikeReadoutLayer) {
        return vertex.getVertexName();
      }
    }
    throw new IllegalArgumentException(
        "ConversionReport: expected a network with a SpikeReadoutLayer, as AnnToSnn makes it");
  }

  /** Returns {@code [T, N, classes]}. */
  INDArray currents(INDArray features) {
    long n = features.size(0);
    // DL4J leaves workspaces open where a pass ends before the last layer.
    List<String> vertices = List.of(before, net.getConfiguration().getNetworkOutputs().get(0));
    INDArray out = net.output(vertices, false, new INDArray[] {features}, null)[0];
    return out.rank() == 3
        ? out.permute(1, 0, 2)
        : out.dup('c').reshape('c', timeSteps, n, out.length() / (timeSteps * n));
  }
}
