package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Trains a network with checkpoints, and goes on at the last one if the program was stopped, at
 * whatever step. The batches of an epoch depend on its number alone, random numbers of the network
 * on that of the step: so a training that was stopped ends with the same parameters as one that was
 * not.
 */
final class ResumableTraining {

  private final RunFolder folder;
  private final int epochs;
  private final int stepsPerEpoch;
  private final int checkpointEvery;
  private final PrintWriter out;

  private MultiLayerNetwork network;
  private int step;
  private List<EpochScore> scores;

  /**
   * A training that keeps its state in a folder.
   *
   * @param checkpointEvery steps between checkpoints within an epoch
   */
  ResumableTraining(
      RunFolder folder, int epochs, int stepsPerEpoch, int checkpointEvery, PrintWriter out) {
    this.folder = folder;
    this.epochs = epochs;
    this.stepsPerEpoch = stepsPerEpoch;
    this.checkpointEvery = checkpointEvery;
    this.out = out;
  }

  /**
   * Trains, or goes on.
   *
   * @param networks the network before the first step, as it is trained in an epoch
   * @param change the epoch from which on it is trained in another way, or 0
   * @param train at its first epoch
   * @param validation picks the epoch
   * @return the network of the epoch with the best validation accuracy, the first of equals
   */
  MultiLayerNetwork train(
      IntFunction<MultiLayerNetwork> networks,
      int change,
      DataSetIterator train,
      DataSetIterator validation)
      throws IOException {
    load(networks);
    position(train);
    try (StepProgress progress = new StepProgress(out, folder.name(), stepsPerEpoch)) {
      // what was stopped between the end of an epoch and its score
      if (scores.size() < network.getEpochCount()) {
        endEpoch(validation, Double.NaN, 0);
      }
      TrainingListener checkpoints = folder.listener(checkpointEvery);
      network.setListeners(progress, checkpoints);
      while (network.getEpochCount() < epochs) {
        if (change > 0 && network.getEpochCount() == change && step == 0) {
          moveTo(networks.apply(change));
          network.setListeners(progress, checkpoints);
        }
        progress.begin(step);
        network.fit(train);
        step = 0;
        endEpoch(validation, progress.meanLoss(), progress.secondsPerEpoch());
        train.reset();
      }
    }
    return MultiLayerNetwork.load(folder.best().toFile(), false);
  }

  /** Takes up the newest checkpoint, if there is one, or else begins. */
  private void load(IntFunction<MultiLayerNetwork> networks) throws IOException {
    Optional<MultiLayerNetwork> checkpoint = folder.newest();
    network = checkpoint.orElseGet(() -> networks.apply(0));
    checkpoint.ifPresent(this::count);
    scores = new ArrayList<>(folder.epochs());
    if (scores.size() > network.getEpochCount()) {
      scores.subList(network.getEpochCount(), scores.size()).clear();
    }
    step = network.getIterationCount() - network.getEpochCount() * stepsPerEpoch;
    if (checkpoint.isPresent()) {
      out.printf(
          "goes on behind epoch %d, step %d, from %s%n", network.getEpochCount(), step, folder);
      out.flush();
    }
  }

  /**
   * Counts what DL4J had done, but not counted, when it saved: it counts a step after its
   * listeners, and so it does an epoch.
   */
  private void count(MultiLayerNetwork saved) {
    int end = (saved.getEpochCount() + 1) * stepsPerEpoch;
    int done = Math.min(end, saved.getIterationCount() + 1);
    saved.setIterationCount(done);
    if (done == end) {
      saved.setEpochCount(saved.getEpochCount() + 1);
    }
  }

  /** Goes on with another network of the same parameters. */
  private void moveTo(MultiLayerNetwork other) {
    other.setParams(network.params());
    other.getUpdater().getStateViewArray().assign(network.getUpdater().getStateViewArray());
    other.setIterationCount(network.getIterationCount());
    other.setEpochCount(network.getEpochCount());
    network = other;
  }

  private void position(DataSetIterator train) {
    for (int epoch = 0; epoch < network.getEpochCount(); epoch++) {
      train.reset();
    }
    for (int i = 0; i < step; i++) {
      train.next();
    }
  }

  private void endEpoch(DataSetIterator validation, double loss, double seconds)
      throws IOException {
    int epoch = network.getEpochCount();
    double accuracy = accuracy(network, validation);
    if (accuracy > bestAccuracy()) {
      folder.saveBest(network);
    }
    scores.add(new EpochScore(epoch, loss, accuracy, seconds));
    folder.saveEpochs(scores);
    out.printf(
        ROOT,
        "epoch %3d   loss %.4f   validation accuracy %6.2f %%   %.0f s%n",
        epoch,
        loss,
        accuracy,
        seconds);
    out.flush();
  }

  /** Returns the accuracy in per cent. */
  static double accuracy(MultiLayerNetwork network, DataSetIterator examples) {
    examples.reset();
    return 100 * network.evaluate(examples).accuracy();
  }

  private double bestAccuracy() {
    return scores.stream().mapToDouble(s -> s.validation).max().orElse(-1);
  }

  /** The epoch of the network that was returned. */
  EpochScore best() {
    double best = bestAccuracy();
    return scores.stream().filter(s -> s.validation == best).findFirst().orElseThrow();
  }

  /** All epochs. */
  List<EpochScore> scores() {
    return scores;
  }

  /** Seconds of training, without validation. */
  double seconds() {
    return scores.stream().mapToDouble(s -> s.seconds).sum();
  }
}
