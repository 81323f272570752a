package io.github.dl4jsnn.zoo;

import io.github.dl4jsnn.conf.DifferenceLayer;
import io.github.dl4jsnn.conf.SpikingConv1d;
import io.github.dl4jsnn.conf.SpikingLinear;
import io.github.dl4jsnn.neuron.Neuron;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;

/**
 * How series become spikes: the first layers of a spiking network that forecasts, added to a graph.
 *
 * <pre>
 *   REPEAT         SN(BN(W x[l] + b))
 *   DELTA          SN(BN(W (x[l] - x[l-1]) + b))          0 instead of a difference at l = 0
 *   CONVOLUTION    SN(BN(W * x + b))                      three positions: l - 1, l, l + 1
 * </pre>
 *
 * <p>The current of a position is the same at all T steps, its neurons turn it into a spike train.
 *
 * <p><b>Shapes.</b> {@code [N, L, C]} in, {@code [N, T*L, D]} out, entry {@code p = t L + l}; axis
 * order and masks as in {@link SpikingLinear}.
 *
 * <p><b>Source.</b> C. Lv, Y. Wang, D. Han, X. Zheng, X. Huang, D. Li, "Efficient and Effective
 * Time-Series Forecasting with Spiking Neural Networks", ICML 2024 (repeat, delta and convolutional
 * spike encoders). Its delta encoder maps each channel by itself; here the affine map mixes them.
 */
public enum SeriesEncoder {
  /** Values themselves. */
  REPEAT,
  /** Differences from one position to the next, {@link DifferenceLayer}. */
  DELTA,
  /** A convolution over neighbouring positions, {@link SpikingConv1d}. */
  CONVOLUTION;

  private static final int KERNEL = 3;

  /**
   * Adds the layers.
   *
   * @param graph where to
   * @param name of the layer that is the output; DELTA adds a layer "name.difference" before it
   * @param input name of a sequence {@code [N, L, C]}
   * @param hidden D, at least 1
   * @param timeSteps T, at least 1
   * @param neuron of the spikes
   * @return name of the output
   */
  public String addTo(
      GraphBuilder graph, String name, String input, int hidden, int timeSteps, Neuron neuron) {
    if (this == CONVOLUTION) {
      SpikingConv1d convolution =
          new SpikingConv1d.Builder()
              .kernelSize(KERNEL)
              .padding(SpikingConv1d.Padding.SAME)
              .nOut(hidden)
              .timeSteps(timeSteps)
              .repeatInput(true)
              .neuron(neuron)
              .build();
      graph.addLayer(name, convolution, input);
      return name;
    }
    String current = input;
    if (this == DELTA) {
      current = name + ".difference";
      graph.addLayer(current, new DifferenceLayer.Builder().build(), input);
    }
    SpikingLinear linear =
        new SpikingLinear.Builder()
            .nOut(hidden)
            .timeSteps(timeSteps)
            .repeatInput(true)
            .neuron(neuron)
            .build();
    graph.addLayer(name, linear, current);
    return name;
  }
}
