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
  final EpochScores scores;
  final double medianMillis;

  private BestEpoch(int epoch, EpochScores scores, double medianMillis) {
    this.epoch = epoch;
    this.scores = scores;
    this.medianMillis = medianMillis;
  }

  /**
   * Trains.
   *
   * @param network parameters before and after
   * @param train the training nodes, as {@code graph} gives them
   * @param epochs most epochs to train
   * @param patience epochs without a better validation score after which training ends
   */
  static BestEpoch train(
      ComputationGraph network, GraphData graph, MultiDataSet train, int epochs, int patience) {
    EpochScores scores = new EpochScores(graph, train.getFeatures());
    EpochTimer timer = new EpochTimer();
    BestParameters best = new BestParameters(network);
    for (int epoch = 1; epoch <= epochs && !best.exhausted(patience); epoch++) {
      timer.onEpochStart(network);
      network.fit(train);
      timer.onEpochEnd(network);
      best.endEpoch(scores.calculateScore(network));
    }
    best.restore();
    return new BestEpoch(best.epoch(), scores, timer.medianMillis());
  }

  /** Accuracy in per cent. */
  double accuracy(Split split) {
    return scores.accuracies(split)[epoch - 1];
  }

  /** Firing rate of the layer "hidden" on the whole graph. */
  static double hiddenRate(ComputationGraph network, INDArray[] inputs) {
    return network.feedForward(inputs, false).get("hidden").meanNumber().doubleValue();
  }
}
