package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.graph.Split;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * Trains on a whole graph, an epoch a step, and leaves the network as it was at the epoch that the
 * validation nodes picked; see {@link EpochScores}.
 */
final class BestEpoch {

  final int epoch;
  final double validationAccuracy;
  final double testAccuracy;

  private BestEpoch(int epoch, EpochScores scores) {
    this.epoch = epoch;
    validationAccuracy = scores.accuracies(Split.VALIDATION)[epoch - 1];
    testAccuracy = scores.accuracies(Split.TEST)[epoch - 1];
  }

  /**
   * Trains.
   *
   * @param network parameters before and after
   * @param epochs most epochs to train
   * @param patience epochs without a better validation score after which training ends
   */
  static BestEpoch train(ComputationGraph network, GraphData graph, int epochs, int patience) {
    MultiDataSet train = graph.dataSet(Split.TRAIN);
    EpochScores scores = new EpochScores(graph, train.getFeatures());
    INDArray bestParameters = network.params().dup();
    double bestScore = Double.NEGATIVE_INFINITY;
    int best = 0;
    for (int epoch = 1; epoch <= epochs && epoch - best <= patience; epoch++) {
      network.fit(train);
      double score = scores.calculateScore(network);
      if (score > bestScore) {
        bestScore = score;
        best = epoch;
        bestParameters.assign(network.params());
      }
    }
    network.params().assign(bestParameters);
    return new BestEpoch(best, scores);
  }
}
