package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.graph.Split;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/** Training runs of a node classifier that differ in their seed alone. */
final class NodeTraining {

  private final NodeModel model;
  private final GraphData graph;
  private final GcSnnSettings settings;
  private final MultiDataSet train;

  /**
   * Prepares training on a graph.
   *
   * @param model network
   * @param graph features as the network wants them
   * @param settings its settings
   */
  NodeTraining(NodeModel model, GraphData graph, GcSnnSettings settings) {
    this.model = model;
    this.graph = graph;
    this.settings = settings;
    train = graph.dataSet(Split.TRAIN);
  }

  /** Trains until validation stops it, and returns what the chosen epoch came to. */
  SeedResult run(long seed) {
    INDArray[] inputs = train.getFeatures();
    ComputationGraph network = model.network(graph, settings, seed);
    EpochScores scores = new EpochScores(graph, inputs);
    EpochTimer timer = new EpochTimer();
    INDArray bestParameters = network.params().dup();
    double bestScore = Double.NEGATIVE_INFINITY;
    int bestEpoch = 0;
    for (int epoch = 1; epoch <= settings.epochs; epoch++) {
      timer.onEpochStart(network);
      network.fit(train);
      timer.onEpochEnd(network);
      double score = scores.calculateScore(network);
      if (score > bestScore) {
        bestScore = score;
        bestEpoch = epoch;
        bestParameters.assign(network.params());
      } else if (epoch - bestEpoch >= settings.patience) {
        break;
      }
    }
    network.params().assign(bestParameters);
    return new SeedResult(
        seed,
        bestEpoch,
        scores.accuracies(Split.VALIDATION)[bestEpoch - 1],
        scores.accuracies(Split.TEST)[bestEpoch - 1],
        rate(network, inputs),
        timer.medianMillis());
  }

  private double rate(ComputationGraph network, INDArray[] inputs) {
    return model.spiking
        ? network.feedForward(inputs, false).get("hidden").meanNumber().doubleValue()
        : Double.NaN;
  }
}
