package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.zoo.BpsaNetwork;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** What the networks of a {@link VisionStudy} are trained on: images, or recordings of them. */
interface VisionData {

  /** The name in the tables. */
  String name();

  /** Number of training examples. */
  int trainingExamples();

  /** Tells a network what its input looks like. */
  BpsaNetwork.Builder inputOf(BpsaNetwork.Builder network);

  /**
   * Shuffled training batches, at the beginning of their first epoch. Order and augmentation depend
   * on the seed and the number of the epoch alone; {@code reset()} begins the next epoch.
   */
  DataSetIterator training(int timeSteps, int batchSize, long seed);

  /** Batches of a part, in order and as they are. */
  DataSetIterator scoring(Split split, int timeSteps, int batchSize);

  /** What was taken of the data and how, without commas: a part of the settings in the tables. */
  String settings();
}
