package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.graph.DeepWalk;
import picocli.CommandLine.Option;

/** The settings of DeepWalk on the command line; the values not given are those of its builder. */
final class DeepWalkOptions {

  @Option(
      names = "--vector-size",
      defaultValue = "128",
      converter = GcSnnOptions.Count.class,
      description = "length of the vectors")
  private int vectorSize;

  @Option(
      names = "--window",
      defaultValue = "5",
      converter = GcSnnOptions.Count.class,
      description = "places on a walk that a node predicts to either side")
  private int window;

  @Option(
      names = "--walk-length",
      defaultValue = "40",
      converter = GcSnnOptions.Count.class,
      description = "nodes of a walk")
  private int walkLength;

  @Option(
      names = "--walks",
      defaultValue = "10",
      converter = GcSnnOptions.Count.class,
      description = "walks from each node")
  private int walks;

  @Option(
      names = "--walk-learning-rate",
      defaultValue = "0.025",
      converter = GcSnnOptions.Rate.class,
      description = "step size at the beginning; falls linearly")
  private double learningRate;

  DeepWalk model(long seed) {
    return new DeepWalk.Builder()
        .vectorSize(vectorSize)
        .windowSize(window)
        .walkLength(walkLength)
        .walksPerVertex(walks)
        .learningRate(learningRate)
        .seed(seed)
        .build();
  }

  @Override
  public String toString() {
    return String.format(
        "%d walks of %d nodes from each node, window %d, vectors of %d, learning rate %s",
        walks, walkLength, window, vectorSize, learningRate);
  }
}
