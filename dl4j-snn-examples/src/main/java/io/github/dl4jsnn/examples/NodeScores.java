package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.graph.Split;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Accuracy and loss on the nodes of one split, from the network's output for all nodes. */
final class NodeScores {

  private final int[] nodes;
  private final int[] labels;
  private int correct;
  private double loss;

  NodeScores(GraphData graph, Split split) {
    nodes = graph.nodes(split);
    labels = new int[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      labels[i] = graph.label(nodes[i]);
    }
  }

  /**
   * Takes new class probabilities.
   *
   * @param probabilities {@code [N, C]} in rows
   * @param numClasses C
   */
  void update(float[] probabilities, int numClasses) {
    correct = 0;
    double sum = 0;
    for (int i = 0; i < nodes.length; i++) {
      int row = nodes[i] * numClasses;
      int best = 0;
      for (int c = 1; c < numClasses; c++) {
        best = probabilities[row + c] > probabilities[row + best] ? c : best;
      }
      correct += best == labels[i] ? 1 : 0;
      // As in DL4J's cross-entropy, so that a probability of 0 gives a large loss, not infinity.
      sum -= Math.log(Math.max(1e-10, probabilities[row + labels[i]]));
    }
    loss = sum / nodes.length;
  }

  /** Returns the probabilities {@code [N, C]} as rows one after the other. */
  static float[] rows(INDArray output) {
    return output.dup('c').data().asFloat();
  }

  /** Returns the accuracy in per cent. */
  double accuracy() {
    return 100.0 * correct / nodes.length;
  }

  /** Returns the mean cross-entropy. */
  double loss() {
    return loss;
  }

  /** Returns how many nodes are classified correctly. */
  int correct() {
    return correct;
  }
}
