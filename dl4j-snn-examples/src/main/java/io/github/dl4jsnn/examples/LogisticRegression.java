package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.graph.Split;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Multinomial logistic regression on node vectors: trained on the train nodes, with the L2
 * coefficient that is best on the validation nodes. It starts from zero weights and its loss is
 * convex, so it needs no seed.
 */
final class LogisticRegression {

  /** From next to nothing to nearly no weights left, for vectors of length 1. */
  private static final double[] L2 = {1e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2};

  private static final int STEPS = 300;
  private static final double LEARNING_RATE = 0.1;

  private final double l2;
  private final double validationAccuracy;
  private final double testAccuracy;

  /**
   * Trains and evaluates.
   *
   * @param vectors {@code [N, D]}
   * @param graph labels and splits
   */
  LogisticRegression(INDArray vectors, GraphData graph) {
    int[] train = graph.nodes(Split.TRAIN);
    INDArray inputs = vectors.getRows(train);
    INDArray labels = graph.labels().getRows(train);
    NodeScores validation = new NodeScores(graph, Split.VALIDATION);
    NodeScores test = new NodeScores(graph, Split.TEST);
    double bestScore = Double.NEGATIVE_INFINITY;
    double bestL2 = 0;
    double bestValidation = 0;
    double bestTest = 0;
    for (double candidate : L2) {
      MultiLayerNetwork model = model((int) vectors.size(1), graph.numClasses(), candidate);
      for (int step = 0; step < STEPS; step++) {
        model.fit(inputs, labels);
      }
      float[] probabilities = NodeScores.rows(model.output(vectors));
      validation.update(probabilities, graph.numClasses());
      double score = validation.correct() + 1 / (1 + validation.loss());
      if (score > bestScore) {
        bestScore = score;
        bestL2 = candidate;
        bestValidation = validation.accuracy();
        test.update(probabilities, graph.numClasses());
        bestTest = test.accuracy();
      }
    }
    l2 = bestL2;
    validationAccuracy = bestValidation;
    testAccuracy = bestTest;
  }

  private static MultiLayerNetwork model(int inputs, int classes, double l2) {
    MultiLayerNetwork model =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .updater(new Adam(LEARNING_RATE))
                .weightInit(WeightInit.ZERO)
                .l2(l2)
                .list()
                .layer(
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(inputs)
                        .nOut(classes)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
    model.init();
    return model;
  }

  double l2() {
    return l2;
  }

  /** Returns the accuracy on the validation nodes in per cent. */
  double validationAccuracy() {
    return validationAccuracy;
  }

  /** Returns the accuracy on the test nodes in per cent, at the L2 that validation picked. */
  double testAccuracy() {
    return testAccuracy;
  }
}
