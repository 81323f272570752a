package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.graph.Split;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * One training of a GC-SNN for a fixed number of epochs, with what happened in each. The best epoch
 * is the one that {@link EpochScores} picks on the validation nodes; the network ends up with its
 * parameters.
 */
final class TrainingRun {

  private final BestEpoch best;
  private final double hiddenRate;

  TrainingRun(ComputationGraph network, GraphData graph, MultiDataSet train, int epochs) {
    best = BestEpoch.train(network, graph, train, epochs, epochs);
    hiddenRate = BestEpoch.hiddenRate(network, train.getFeatures());
  }

  int bestEpoch() {
    return best.epoch;
  }

  /** Loss of the training nodes after each epoch, without dropout. */
  double[] trainLoss() {
    return best.scores.losses(Split.TRAIN);
  }

  /** Accuracy after each epoch in per cent. */
  double[] accuracies(Split split) {
    return best.scores.accuracies(split);
  }

  /** Accuracy of the best epoch in per cent. */
  double accuracy(Split split) {
    return best.accuracy(split);
  }

  double medianMillis() {
    return best.medianMillis;
  }

  /** Firing rate of the hidden layer on the whole graph, at the best epoch. */
  double hiddenRate() {
    return hiddenRate;
  }
}
