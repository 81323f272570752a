package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.AbstractGraphConvVertex;
import io.github.dl4jsnn.internal.kernel.CounterRandom;
import io.github.dl4jsnn.internal.op.GraphConvOp;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Picks dropout masks: a function of network seed, vertex and iteration, so that forward and
 * backward agree.
 */
final class Dropouts {
  private Dropouts() {}

  static GraphConvOp.Dropout of(
      AbstractGraphConvVertex config, ComputationGraph graph, int vertex) {
    if (config.getRetain() == 1 && AttentionSettings.retain(config) == 1) {
      return null;
    }
    long stream =
        CounterRandom.mix(graph.getConfiguration().getDefaultConfiguration().getSeed(), vertex);
    long seed = CounterRandom.mix(stream, graph.getConfiguration().getIterationCount());
    return new GraphConvOp.Dropout(
        config.getRetain(), AttentionSettings.retain(config), config.isDropOutPerStep(), seed);
  }
}
