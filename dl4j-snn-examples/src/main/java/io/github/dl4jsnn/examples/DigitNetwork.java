package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.conf.SpikingBatchNormalization;
import io.github.dl4jsnn.conf.SpikingConvolution;
import io.github.dl4jsnn.conf.SpikingPooling;
import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.vision.ImageData;
import io.github.dl4jsnn.vision.ImageIterator;
import io.github.dl4jsnn.vision.ImageSet;
import java.io.PrintWriter;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import picocli.CommandLine.Option;

/**
 * A small convolutional network with rectifiers and mean pooling. It has no neurons that spike; its
 * convolutions are ours, which compute what DL4J's do several times faster on a CPU.
 */
final class DigitNetwork {

  /** Layers with weights. */
  static final int LAYERS = 4;

  @Option(
      names = "--width",
      defaultValue = "12",
      converter = GcSnnOptions.Count.class,
      description = "channels of the first convolution; the second has twice as many")
  private int width;

  @Option(
      names = "--epochs",
      defaultValue = "3",
      converter = GcSnnOptions.Count.class,
      description = "epochs of training")
  private int epochs;

  @Option(
      names = "--train-images",
      defaultValue = "1000000",
      converter = GcSnnOptions.Count.class,
      description = "train on so many images at most, the first ones")
  private int trainImages;

  @Option(
      names = "--batch",
      defaultValue = "32",
      converter = GcSnnOptions.Count.class,
      description = "images of a training step")
  private int batch;

  @Option(
      names = "--learning-rate",
      defaultValue = "0.002",
      converter = GcSnnOptions.Rate.class,
      description = "learning rate of Adam")
  private double learningRate;

  private MultiLayerNetwork network(ImageSet images, int classes, long seed) {
    ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .weightInit(WeightInit.RELU)
            .updater(new Adam(learningRate))
            .activation(Activation.IDENTITY)
            .list();
    for (int channels : new int[] {width, 2 * width}) {
      list.layer(new SpikingConvolution.Builder(3, 3).padding(1, 1).nOut(channels).build());
      list.layer(new SpikingBatchNormalization.Builder().relu(true).build());
      list.layer(new SpikingPooling.Builder(PoolingType.AVG).kernelSize(2, 2).stride(2, 2).build());
    }
    list.layer(new DenseLayer.Builder().nOut(8 * width).activation(Activation.RELU).build());
    list.layer(new OutputLayer.Builder().nOut(classes).activation(Activation.SOFTMAX).build());
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            list.setInputType(
                    InputType.convolutional(images.height(), images.width(), images.channels()))
                .build());
    net.init();
    return net;
  }

  /** A trained network. */
  MultiLayerNetwork train(ImageData data, long seed, PrintWriter out) {
    ImageSet images = data.part(Split.TRAIN);
    MultiLayerNetwork net = network(images, data.numClasses(), seed);
    ImageIterator train =
        new ImageIterator.Builder(images, data.numClasses())
            .batchSize(batch)
            .limit(trainImages)
            .shuffle(seed)
            .build();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      net.fit(train);
      out.printf(
          ROOT, "epoch %d of %d   loss of the last batch %.4f%n", epoch, epochs, net.score());
      out.flush();
    }
    return net;
  }

  @Override
  public String toString() {
    return String.format(
        ROOT,
        "%dC3-AP2-%dC3-AP2-%dFC, batch normalised, %d epochs of batches of %d, Adam %s",
        width,
        2 * width,
        8 * width,
        epochs,
        batch,
        learningRate);
  }
}
