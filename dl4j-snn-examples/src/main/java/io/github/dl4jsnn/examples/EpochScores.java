package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.graph.Split;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.earlystopping.scorecalc.ScoreCalculator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Scores a network after each epoch: one inference pass over the whole graph gives the accuracies
 * of all three splits.
 *
 * <p>The score that picks the epoch, here and in early stopping, knows the validation nodes only:
 * more of them correct, or as many at a lower loss.
 */
final class EpochScores implements ScoreCalculator<ComputationGraph> {
  private static final long serialVersionUID = 1L;

  private final transient INDArray[] inputs;
  private final transient int numClasses;
  private final transient Map<Split, NodeScores> scores = new EnumMap<>(Split.class);
  private final transient Map<Split, List<Double>> accuracies = new EnumMap<>(Split.class);
  private final transient Map<Split, List<Double>> losses = new EnumMap<>(Split.class);

  /**
   * Scores on a graph.
   *
   * @param graph labels and splits
   * @param inputs features and edges
   */
  EpochScores(GraphData graph, INDArray[] inputs) {
    this.inputs = inputs;
    numClasses = graph.numClasses();
    for (Split split : List.of(Split.TRAIN, Split.VALIDATION, Split.TEST)) {
      scores.put(split, new NodeScores(graph, split));
      accuracies.put(split, new ArrayList<>());
      losses.put(split, new ArrayList<>());
    }
  }

  @Override
  public double calculateScore(ComputationGraph network) {
    float[] probabilities = NodeScores.rows(network.output(false, inputs)[0]);
    scores.forEach(
        (split, s) -> {
          s.update(probabilities, numClasses);
          accuracies.get(split).add(s.accuracy());
          losses.get(split).add(s.loss());
        });
    NodeScores validation = scores.get(Split.VALIDATION);
    return validation.correct() + 1 / (1 + validation.loss());
  }

  @Override
  public boolean minimizeScore() {
    return false;
  }

  /** Returns the accuracy of the last epoch in per cent. */
  double lastAccuracy(Split split) {
    return scores.get(split).accuracy();
  }

  /** Returns the accuracies of all epochs in per cent. */
  double[] accuracies(Split split) {
    return array(accuracies.get(split));
  }

  /** Returns the mean cross-entropies of all epochs. */
  double[] losses(Split split) {
    return array(losses.get(split));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
