package io.github.dl4jsnn.convert;

import java.util.Collections;
import java.util.Map;

/**
 * A converted network.
 *
 * @param <N> MultiLayerNetwork or ComputationGraph, as the one that was converted
 */
public final class Conversion<N> {
  private final N original;
  private final N network;
  private final Map<String, Double> thresholds;
  private final int timeSteps;

  Conversion(N original, N network, Map<String, Double> thresholds, int timeSteps) {
    this.original = original;
    this.network = network;
    this.thresholds = Collections.unmodifiableMap(thresholds);
    this.timeSteps = timeSteps;
  }

  /**
   * The network that was converted.
   *
   * @return not a copy
   */
  public N original() {
    return original;
  }

  /**
   * The spiking network: an ordinary one of DL4J, to run, save and train.
   *
   * @return the network
   */
  public N network() {
    return network;
  }

  /**
   * Thresholds in the units of the activations, by the names of the layers of neurons: that of the
   * activation layer, or of the convolution or dense layer with {@code -neurons} behind it.
   *
   * @return an unmodifiable map, from the input to the output
   */
  public Map<String, Double> thresholds() {
    return thresholds;
  }

  /**
   * Number of time steps.
   *
   * @return T
   */
  public int timeSteps() {
    return timeSteps;
  }
}
