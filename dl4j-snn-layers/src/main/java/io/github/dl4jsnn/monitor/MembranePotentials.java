package io.github.dl4jsnn.monitor;

import io.github.dl4jsnn.internal.runtime.HoldsPotentials;
import io.github.dl4jsnn.neuron.Neuron;
import java.util.Objects;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The membrane potentials and spikes of one layer of neurons, for inputs of your choice.
 *
 * <pre>{@code
 * MembranePotentials p = MembranePotentials.of(graph, "lif1", features);
 * double u = p.potentials().getDouble(n, t, f);
 * SpikePlots.saveMembrane(Path.of("trace.png"), p, n, new int[] {0, 1, 2}, "Three neurons");
 * }</pre>
 *
 * <p>Potentials are those after charging and before the reset: what the neuron compares with its
 * threshold; equations in the classes of {@link Neuron}. A masked step has potential 0. DL4J keeps
 * activations only, so {@code of} runs a forward pass of its own, as inference (without dropout),
 * and computes the potentials of the layer from the input that this pass left; training pays
 * nothing for it.
 *
 * <p><b>Layers.</b> {@code LifLayer}, {@code NeuronLayer}, {@code SpikingGraphConvVertex} and
 * {@code SpikingGraphAttentionVertex}, on the fused path. <b>Cost.</b> The activations and inputs
 * of all layers are in memory at once, and two arrays {@code [N, T, F]} more.
 *
 * <p>Later passes of the network do not change what was returned.
 */
public final class MembranePotentials {
  private final Neuron neuron;
  private final INDArray potentials;
  private final INDArray spikes;

  private MembranePotentials(HoldsPotentials holder) {
    this.neuron = holder.neuron();
    this.potentials = holder.potentials();
    this.spikes = holder.spikes();
  }

  /**
   * Potentials of a layer or vertex of a graph.
   *
   * @param graph an initialised network
   * @param layer name of a layer or vertex of spiking neurons
   * @param features inputs of the network
   * @return potentials and spikes
   * @throws IllegalArgumentException if there is no such layer
   * @throws IllegalStateException if the network is not initialised
   */
  public static MembranePotentials of(ComputationGraph graph, String layer, INDArray... features) {
    return of(graph, layer, features, null);
  }

  /**
   * Potentials of a layer or vertex of a graph, for masked inputs.
   *
   * @param graph an initialised network
   * @param layer name of a layer or vertex of spiking neurons
   * @param features inputs of the network
   * @param featureMasks their masks, or null for none
   * @return potentials and spikes
   * @throws IllegalArgumentException if there is no such layer
   * @throws IllegalStateException if the network is not initialised
   */
  public static MembranePotentials of(
      ComputationGraph graph, String layer, INDArray[] features, INDArray[] featureMasks) {
    Objects.requireNonNull(features, "features");
    HoldsPotentials holder = SpikingLayers.named(SpikingLayers.of(graph), layer);
    // DL4J's passes with all activations have no masks among their arguments.
    graph.setInputs(features);
    graph.setLayerMaskArrays(featureMasks, null);
    try {
      graph.feedForward(features, false, false);
      return new MembranePotentials(holder);
    } finally {
      graph.clearLayerMaskArrays();
      graph.clearLayersStates();
    }
  }

  /**
   * Potentials of a layer of a sequential network.
   *
   * @param net an initialised network
   * @param layer name of a layer of spiking neurons; an unnamed one has its index as name
   * @param features input of the network
   * @return potentials and spikes
   * @throws IllegalArgumentException if there is no such layer
   * @throws IllegalStateException if the network is not initialised
   */
  public static MembranePotentials of(MultiLayerNetwork net, String layer, INDArray features) {
    return of(net, layer, features, null);
  }

  /**
   * Potentials of a layer of a sequential network, for a masked input.
   *
   * @param net an initialised network
   * @param layer name of a layer of spiking neurons; an unnamed one has its index as name
   * @param features input of the network
   * @param featureMask its mask, or null for none
   * @return potentials and spikes
   * @throws IllegalArgumentException if there is no such layer
   * @throws IllegalStateException if the network is not initialised
   */
  public static MembranePotentials of(
      MultiLayerNetwork net, String layer, INDArray features, INDArray featureMask) {
    Objects.requireNonNull(features, "features");
    HoldsPotentials holder = SpikingLayers.named(SpikingLayers.of(net), layer);
    net.setInput(features);
    net.setLayerMaskArrays(featureMask, null);
    try {
      net.feedForward(false, false);
      return new MembranePotentials(holder);
    } finally {
      net.clearLayerMaskArrays();
      net.clearLayersStates();
    }
  }

  /**
   * Membrane potentials, charged and before the reset.
   *
   * @return {@code [N, T, F]}
   */
  public INDArray potentials() {
    return potentials;
  }

  /**
   * Spikes of the same pass.
   *
   * @return {@code [N, T, F]}
   */
  public INDArray spikes() {
    return spikes;
  }

  /**
   * Threshold of the neurons as they were configured.
   *
   * @return {@code vTh}; where it is trained or adapts, what it starts from
   */
  public double threshold() {
    return Threshold.of(neuron);
  }

  /**
   * Model and constants of the neurons.
   *
   * @return the neuron
   */
  public Neuron neuron() {
    return neuron;
  }

  /**
   * Mean, range and more of these potentials.
   *
   * @return the statistics
   */
  public MembraneStatistics statistics() {
    return MembraneStatistics.of(potentials, neuron);
  }
}
