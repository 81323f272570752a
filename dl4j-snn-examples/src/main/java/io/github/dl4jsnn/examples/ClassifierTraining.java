package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Trains a classifier on batches and leaves it as it was after the epoch with the best accuracy on
 * the validation part, the first of equals.
 */
final class ClassifierTraining {

  final int bestEpoch;
  final double validationAccuracy;
  final double medianMillis;

  /**
   * Trains.
   *
   * @param network parameters before and after
   * @param train shuffled batches
   * @param validation batches
   * @param epochs number of epochs
   * @param out where a line an epoch goes
   */
  ClassifierTraining(
      ComputationGraph network,
      DataSetIterator train,
      DataSetIterator validation,
      int epochs,
      PrintWriter out) {
    EpochTimer timer = new EpochTimer();
    network.addListeners(timer);
    BestParameters best = new BestParameters(network);
    List<Double> accuracies = new ArrayList<>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      train.reset();
      network.fit(train);
      double accuracy = accuracy(network, validation);
      accuracies.add(accuracy);
      best.endEpoch(accuracy);
      out.printf(
          ROOT,
          "epoch %3d   loss %.4f   validation accuracy %6.2f %%%n",
          epoch,
          network.score(),
          accuracy);
      out.flush();
    }
    best.restore();
    bestEpoch = best.epoch();
    validationAccuracy = accuracies.get(bestEpoch - 1);
    medianMillis = timer.medianMillis();
  }

  /** Returns the accuracy in per cent. */
  static double accuracy(ComputationGraph network, DataSetIterator examples) {
    examples.reset();
    Evaluation evaluation = network.evaluate(examples);
    return 100 * evaluation.accuracy();
  }
}
