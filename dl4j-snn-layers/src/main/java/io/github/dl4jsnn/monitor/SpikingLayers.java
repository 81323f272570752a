package io.github.dl4jsnn.monitor;

import io.github.dl4jsnn.internal.runtime.HoldsPotentials;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Finds the layers and vertices of a network whose neurons spike. */
final class SpikingLayers {

  private static final String KINDS =
      "LifLayer, NeuronLayer, TrainableEncodingLayer, SpikingGraphConvVertex or"
          + " SpikingGraphAttentionVertex on the fused path";

  private SpikingLayers() {}

  /** By name, in the network's order. */
  static Map<String, HoldsPotentials> of(ComputationGraph graph) {
    checkInitialised(graph.getVertices());
    Map<String, HoldsPotentials> found = new LinkedHashMap<>();
    for (GraphVertex vertex : graph.getVertices()) {
      Object holder = vertex.hasLayer() ? unwrap(vertex.getLayer()) : vertex;
      putIfSpiking(found, vertex.getVertexName(), holder);
    }
    return found;
  }

  /** By name, in the network's order. */
  static Map<String, HoldsPotentials> of(MultiLayerNetwork net) {
    checkInitialised(net.getLayers());
    Map<String, HoldsPotentials> found = new LinkedHashMap<>();
    for (int i = 0; i < net.getnLayers(); i++) {
      putIfSpiking(found, name(net, i), unwrap(net.getLayer(i)));
    }
    return found;
  }

  /** Name of a layer, or its index written as a number. */
  static String name(MultiLayerNetwork net, int index) {
    String name = net.getLayerWiseConfigurations().getConf(index).getLayer().getLayerName();
    return name == null ? Integer.toString(index) : name;
  }

  /** The one of this name. */
  static HoldsPotentials named(Map<String, HoldsPotentials> found, String layer) {
    HoldsPotentials holder = found.get(layer);
    if (holder == null) {
      throw new IllegalArgumentException(
          "Expected a layer or vertex of spiking neurons ("
              + KINDS
              + "), got \""
              + layer
              + "\"; the network has "
              + found.keySet());
    }
    return holder;
  }

  /** These names; if there are none, any. */
  static void checkHas(Map<String, HoldsPotentials> found, Set<String> names) {
    if (found.isEmpty() || !found.keySet().containsAll(names)) {
      throw new IllegalStateException(
          "Expected a network with spiking neurons ("
              + KINDS
              + ")"
              + (names.isEmpty() ? "" : " in the layers " + names)
              + ", found "
              + (found.isEmpty() ? "none" : "those in " + found.keySet()));
    }
  }

  static void checkInitialised(Object[] layers) {
    if (layers == null) {
      throw new IllegalStateException("The network is not initialised: call init() first");
    }
  }

  /** Layers frozen by transfer learning are wrapped. */
  static Layer unwrap(Layer layer) {
    return layer instanceof BaseWrapperLayer
        ? unwrap(((BaseWrapperLayer) layer).getUnderlying())
        : layer;
  }

  private static void putIfSpiking(Map<String, HoldsPotentials> found, String name, Object holder) {
    if (holder instanceof HoldsPotentials && Threshold.fires(((HoldsPotentials) holder).neuron())) {
      found.put(name, (HoldsPotentials) holder);
    }
  }
}
