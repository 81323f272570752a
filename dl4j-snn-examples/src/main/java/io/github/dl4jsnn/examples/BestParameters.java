package io.github.dl4jsnn.examples;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The parameters of a network after the epoch with the best score, the first of equals. */
final class BestParameters {
  private final ComputationGraph network;
  private final INDArray parameters;
  private double score = Double.NEGATIVE_INFINITY;
  private int epochs;
  private int best;

  /** Before the first epoch. */
  BestParameters(ComputationGraph network) {
    this.network = network;
    this.parameters = network.params().dup();
  }

  /** Ends an epoch with this score; a score that is no number is worse than any other. */
  void endEpoch(double score) {
    epochs++;
    if (best == 0 || score > this.score) {
      this.score = Double.isNaN(score) ? Double.NEGATIVE_INFINITY : score;
      best = epochs;
      parameters.assign(network.params());
    }
  }

  /** Whether the best epoch is so many epochs ago. */
  boolean exhausted(int patience) {
    return epochs - best >= patience;
  }

  /** The best epoch, from 1; 0 before the first one ends. */
  int epoch() {
    return best;
  }

  /** Gives the network the parameters of the best epoch. */
  void restore() {
    network.params().assign(parameters);
  }
}
