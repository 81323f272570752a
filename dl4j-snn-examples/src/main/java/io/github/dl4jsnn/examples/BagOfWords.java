package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.learning.AdamW;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Logistic regression on a bag of words: each token has a weight for each class, those of a text
 * are added up. The same as {@link LogisticRegression} on rows of counts, which would fill
 * gigabytes, but in batches of token ids. Starts at zero weights.
 */
final class BagOfWords {

  static final String SYSTEM = "bag of words";

  /** More than a Spikformer needs; an epoch takes a second. */
  static final int EPOCHS = 10;

  private static final double LEARNING_RATE = 0.01;
  private static final double WEIGHT_DECAY = 0.05;

  private BagOfWords() {}

  static ComputationGraph network(int tokens, int classes, long seed) {
    ComputationGraphConfiguration conf =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .graphBuilder()
            .addInputs("ids")
            .addLayer(
                "weights",
                new EmbeddingSequenceLayer.Builder()
                    .nIn(tokens)
                    .nOut(classes)
                    .outputDataFormat(RNNFormat.NCW) // all that masked pooling takes
                    .weightInit(WeightInit.ZERO)
                    .build(),
                "ids")
            .addLayer("sum", new GlobalPoolingLayer.Builder(PoolingType.SUM).build(), "weights")
            .addLayer(
                "classes",
                new LossLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).build(),
                "sum")
            .setOutputs("classes")
            .build();
    AdamW.builder().learningRate(LEARNING_RATE).weightDecay(WEIGHT_DECAY).build().applyTo(conf);
    ComputationGraph network = new ComputationGraph(conf);
    network.init();
    return network;
  }
}
