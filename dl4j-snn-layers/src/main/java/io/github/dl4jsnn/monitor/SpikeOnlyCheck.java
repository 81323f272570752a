package io.github.dl4jsnn.monitor;

import java.io.Serializable;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Proves, in every training pass, that a network is spike-only: that everything its layers hand to
 * each other is 0 and 1, so that hardware without multipliers can run it.
 *
 * <pre>{@code
 * SpikeOnlyCheck check = SpikeOnlyCheck.allBut("rate", "readout");
 * network.addListeners(check);
 * network.fit(data);                          // throws, naming the first layer that puts out more
 * SpikeOnlyCheck.allBut("rate", "readout").check(network, features);    // at inference
 * }</pre>
 *
 * <p><b>What is looked at.</b> The activations of all layers and vertices but those named, which
 * are the ones behind the last spikes (mean over time, read-out) or before the first. Inputs and
 * output layers of the network are not looked at. A float residual ({@code ADD}), sinusoidal codes,
 * and dropout, which scales spikes up in the same array, are found.
 *
 * <p><b>Cost.</b> One pass over all activations at every iteration: a debug check. A {@link
 * MultiLayerNetwork} names layers as in {@link FiringRateListener}. Serializable.
 */
public final class SpikeOnlyCheck extends BaseTrainingListener implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Set<String> exempt;
  private long checked;

  private SpikeOnlyCheck(Collection<String> exempt) {
    this.exempt = new HashSet<>(exempt);
  }

  /**
   * Checks all layers and vertices but some.
   *
   * @param exempt names of layers or vertices that may put out numbers; may be none
   * @return a listener
   * @throws IllegalArgumentException if a name is null, blank or given twice
   */
  public static SpikeOnlyCheck allBut(String... exempt) {
    return new SpikeOnlyCheck(exempt.length == 0 ? List.of() : Names.checked(exempt));
  }

  /**
   * Checks the activations of a forward pass at inference.
   *
   * @param network a network
   * @param features its inputs
   * @throws IllegalStateException if a layer puts out anything but 0 and 1
   */
  public void check(ComputationGraph network, INDArray... features) {
    check(network, network.feedForward(features, false, true));
  }

  /**
   * Activations that were looked at so far, and found to be spikes.
   *
   * @return number of arrays
   */
  public synchronized long checkedActivations() {
    return checked;
  }

  /**
   * Checks a training pass of a {@link ComputationGraph}; called by DL4J.
   *
   * @throws IllegalStateException if a layer puts out anything but 0 and 1
   */
  @Override
  public void onForwardPass(Model model, Map<String, INDArray> activations) {
    if (model instanceof ComputationGraph) {
      check((ComputationGraph) model, activations);
    }
  }

  /**
   * Checks a training pass of a {@link MultiLayerNetwork}; called by DL4J.
   *
   * @throws IllegalStateException if a layer puts out anything but 0 and 1
   */
  @Override
  public void onForwardPass(Model model, List<INDArray> activations) {
    if (model instanceof MultiLayerNetwork) {
      MultiLayerNetwork network = (MultiLayerNetwork) model;
      // the first array is the input of the network
      for (int i = 0; i + 1 < activations.size() && i + 1 < network.getnLayers(); i++) {
        check(SpikingLayers.name(network, i), activations.get(i + 1));
      }
    }
  }

  private void check(ComputationGraph network, Map<String, INDArray> activations) {
    Set<String> unknown = new TreeSet<>(exempt);
    unknown.removeAll(network.getConfiguration().getVertices().keySet());
    if (!unknown.isEmpty()) {
      throw new IllegalStateException(
          "SpikeOnlyCheck: no layers or vertices "
              + unknown
              + " in the network of "
              + network.getConfiguration().getVertices().keySet());
    }
    for (int index : network.topologicalSortOrder()) {
      String name = network.getVertices()[index].getVertexName();
      boolean between =
          !network.getConfiguration().getNetworkInputs().contains(name)
              && !network.getConfiguration().getNetworkOutputs().contains(name);
      if (between && activations.containsKey(name)) {
        check(name, activations.get(name));
      }
    }
  }

  private synchronized void check(String name, INDArray activations) {
    if (exempt.contains(name)) {
      return;
    }
    if (!SpikeStatistics.of(activations, RNNFormat.NWC).isBinary()) {
      throw new IllegalStateException(
          "SpikeOnlyCheck: layer or vertex \""
              + name
              + "\" puts out "
              + firstOther(activations)
              + "; expected 0 and 1 only");
    }
    checked++;
  }

  private static double firstOther(INDArray activations) {
    for (double v : activations.dup('c').data().asDouble()) {
      if (v != 0 && v != 1) {
        return v;
      }
    }
    throw new AssertionError("there is one");
  }
}
