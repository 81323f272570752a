package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.graph.Split;
import org.deeplearning4j.nn.graph.ComputationGraph;
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
    ComputationGraph network = model.network(graph, settings, seed);
    BestEpoch best = BestEpoch.train(network, graph, train, settings.epochs, settings.patience);
    return new SeedResult(
        seed,
        best.epoch,
        best.accuracy(Split.VALIDATION),
        best.accuracy(Split.TEST),
        model.spiking ? BestEpoch.hiddenRate(network, train.getFeatures()) : Double.NaN,
        best.medianMillis);
  }
}
