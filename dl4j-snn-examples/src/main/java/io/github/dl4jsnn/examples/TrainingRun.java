package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.graph.Split;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * One training of a GC-SNN for a fixed number of epochs, with what happened in each. The best epoch
 * is the one that {@link EpochScores} picks on the validation nodes; the network ends up with its
 * parameters.
 */
final class TrainingRun {

  final EpochScores scores;
  final EpochTimer timer = new EpochTimer();

  /** Loss of the training nodes after each epoch, without dropout. */
  final double[] trainLoss;

  private final double hiddenRate;
  private int bestEpoch;

  TrainingRun(ComputationGraph network, GraphData graph, MultiDataSet train, int epochs) {
    INDArray[] inputs = train.getFeatures();
    scores = new EpochScores(graph, inputs);
    trainLoss = new double[epochs];
    INDArray bestParameters = network.params().dup();
    double bestScore = Double.NEGATIVE_INFINITY;
    for (int epoch = 1; epoch <= epochs; epoch++) {
      timer.onEpochStart(network);
      network.fit(train);
      timer.onEpochEnd(network);
      double score = scores.calculateScore(network);
      trainLoss[epoch - 1] = scores.lastLoss(Split.TRAIN);
      if (score > bestScore) {
        bestScore = score;
        bestEpoch = epoch;
        bestParameters.assign(network.params());
      }
    }
    network.params().assign(bestParameters);
    hiddenRate = network.feedForward(inputs, false).get("hidden").meanNumber().doubleValue();
  }

  int bestEpoch() {
    return bestEpoch;
  }

  /** Accuracy of the best epoch in per cent. */
  double accuracy(Split split) {
    return scores.accuracies(split)[bestEpoch - 1];
  }

  /** Firing rate of the hidden layer on the whole graph, at the best epoch. */
  double hiddenRate() {
    return hiddenRate;
  }
}
