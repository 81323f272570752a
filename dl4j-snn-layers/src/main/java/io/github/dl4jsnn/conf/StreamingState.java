package io.github.dl4jsnn.conf;

import java.io.File;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The state of a network between two chunks of a stream: that of all its recurrent layers, of this
 * library and of DL4J.
 *
 * <p>{@code rnnTimeStep} carries it on, {@code rnnClearPreviousState} puts all neurons to rest, and
 * {@code rnnGetPreviousState} and {@code rnnSetPreviousState} of a layer read and set it, {@code
 * [N, F]} a variable, by the names of {@link io.github.dl4jsnn.neuron.Neuron#stateNames()}. Saving
 * a network leaves the state out, as DL4J does; {@link #save} adds it to the file on request.
 */
public final class StreamingState {
  private static final String KEY = "dl4j-snn-streaming-state";

  private StreamingState() {}

  /**
   * A copy of the state.
   *
   * @param network MultiLayerNetwork or ComputationGraph
   * @return arrays by layer and variable, without layers at rest
   */
  public static Map<String, Map<String, INDArray>> of(Model network) {
    Map<String, Map<String, INDArray>> states = new LinkedHashMap<>();
    layers(network)
        .forEach(
            (name, layer) -> {
              Map<String, INDArray> copy = new LinkedHashMap<>();
              layer.rnnGetPreviousState().forEach((v, a) -> copy.put(v, a.detach().dup()));
              if (!copy.isEmpty()) {
                states.put(name, copy);
              }
            });
    return states;
  }

  /**
   * Sets the state of all layers; those that are not named go to rest.
   *
   * @param network MultiLayerNetwork or ComputationGraph
   * @param states as {@link #of} returns them
   * @throws IllegalArgumentException if they are not those of this network
   */
  public static void set(Model network, Map<String, Map<String, INDArray>> states) {
    Map<String, RecurrentLayer> layers = layers(network);
    if (!layers.keySet().containsAll(states.keySet())) {
      throw new IllegalArgumentException(
          "State of layers "
              + new TreeSet<>(states.keySet())
              + ", but the recurrent layers of the network are "
              + new TreeSet<>(layers.keySet()));
    }
    layers.forEach((name, layer) -> layer.rnnSetPreviousState(states.getOrDefault(name, Map.of())));
  }

  /**
   * Adds the state to the file of a saved network.
   *
   * @param network MultiLayerNetwork or ComputationGraph
   * @param file zip that {@code network.save(file)} wrote
   * @throws IllegalStateException if the file holds a state already; save the network anew first
   */
  public static void save(Model network, File file) {
    if (ModelSerializer.listObjectsInFile(file).contains(KEY)) {
      throw new IllegalStateException(
          file + " holds a streaming state already; save the network anew before its state");
    }
    ModelSerializer.addObjectToFile(file, KEY, of(network));
  }

  /**
   * Sets the state from the file of a saved network. The state is read by Java serialization, so
   * read only files that you trust.
   *
   * @param network MultiLayerNetwork or ComputationGraph
   * @param file zip to which {@link #save} added the state
   * @throws IllegalStateException if the file holds none
   * @throws IllegalArgumentException if it is that of another network
   */
  public static void load(Model network, File file) {
    if (!ModelSerializer.listObjectsInFile(file).contains(KEY)) {
      throw new IllegalStateException(file + " holds no streaming state");
    }
    Map<String, Map<String, INDArray>> states = ModelSerializer.getObjectFromFile(file, KEY);
    set(network, states);
  }

  private static Map<String, RecurrentLayer> layers(Model network) {
    Map<String, RecurrentLayer> recurrent = new LinkedHashMap<>();
    for (Layer l : layersOf(network)) {
      Layer layer = l instanceof BaseWrapperLayer ? ((BaseWrapperLayer) l).getUnderlying() : l;
      if (layer instanceof RecurrentLayer) {
        recurrent.put(layer.conf().getLayer().getLayerName(), (RecurrentLayer) layer);
      }
    }
    return recurrent;
  }

  private static Layer[] layersOf(Model network) {
    if (network instanceof MultiLayerNetwork) {
      return ((MultiLayerNetwork) network).getLayers();
    }
    if (network instanceof ComputationGraph) {
      return ((ComputationGraph) network).getLayers();
    }
    throw new IllegalArgumentException(
        "Expected a MultiLayerNetwork or ComputationGraph, got " + network.getClass().getName());
  }
}
