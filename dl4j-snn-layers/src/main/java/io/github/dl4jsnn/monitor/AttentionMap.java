package io.github.dl4jsnn.monitor;

import io.github.dl4jsnn.internal.runtime.AttentionMaps;
import io.github.dl4jsnn.internal.runtime.HoldsAttentionMap;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How the positions of a sequence attend to each other in one attention layer, for inputs of your
 * choice.
 *
 * <pre>{@code
 * AttentionMap map = AttentionMap.of(graph, "block0.attention", features);
 * double a = map.of(example, head).getDouble(t, l, m);    // of position l to position m at step t
 * }</pre>
 *
 * <p>Of a {@code SpikingAttention} it is {@code Q K^T * scale}, of each of the T spike steps; rows
 * do not add up to 1, as there is no softmax.
 *
 * <p>DL4J keeps activations only, so {@code of} runs a forward pass of its own, as inference
 * (without dropout). On the fused path only. Maps are computed when asked for, from a copy of what
 * went into the layer: later passes of the network do not change them.
 */
public final class AttentionMap {
  private final AttentionMaps maps;

  private AttentionMap(AttentionMaps maps) {
    this.maps = maps;
  }

  /**
   * Maps of a layer.
   *
   * @param graph an initialised network
   * @param layer name of an attention layer
   * @param features inputs of the network
   * @return its maps
   * @throws IllegalArgumentException if there is no such layer
   * @throws IllegalStateException if the network is not initialised
   */
  public static AttentionMap of(ComputationGraph graph, String layer, INDArray... features) {
    return of(graph, layer, features, null);
  }

  /**
   * Maps of a layer, for masked inputs.
   *
   * @param graph an initialised network
   * @param layer name of an attention layer
   * @param features inputs of the network
   * @param featureMasks their masks, or null for none
   * @return its maps
   * @throws IllegalArgumentException if there is no such layer
   * @throws IllegalStateException if the network is not initialised
   */
  public static AttentionMap of(
      ComputationGraph graph, String layer, INDArray[] features, INDArray[] featureMasks) {
    Objects.requireNonNull(features, "features");
    HoldsAttentionMap holder = holder(graph, layer);
    graph.setInputs(features);
    graph.setLayerMaskArrays(featureMasks, null);
    try {
      graph.feedForward(features, false, false);
      return new AttentionMap(holder.attentionMaps());
    } finally {
      graph.clearLayerMaskArrays();
      graph.clearLayersStates();
    }
  }

  private static HoldsAttentionMap holder(ComputationGraph graph, String layer) {
    SpikingLayers.checkInitialised(graph.getVertices());
    GraphVertex vertex = graph.getVertex(layer);
    Layer found = vertex == null || !vertex.hasLayer() ? null : vertex.getLayer();
    found = found == null ? null : SpikingLayers.unwrap(found);
    if (!(found instanceof HoldsAttentionMap)) {
      throw new IllegalArgumentException(
          "Expected the name of an attention layer on the fused path, got \""
              + layer
              + "\"; the network has "
              + graph.getConfiguration().getVertices().keySet());
    }
    return (HoldsAttentionMap) found;
  }

  /**
   * The map of one example and head.
   *
   * @param example number of the example, from 0
   * @param head number of the head, from 0
   * @return {@code [T, L, L]}, the position that attends before the one that is attended to
   * @throws IllegalArgumentException if there is no such example or head
   */
  public INDArray of(int example, int head) {
    return maps.of(example, head);
  }

  /**
   * The mean over heads and steps of one example.
   *
   * @param example number of the example, from 0
   * @return {@code [L, L]}, the position that attends before the one that is attended to
   * @throws IllegalArgumentException if there is no such example
   */
  public INDArray mean(int example) {
    INDArray sum = of(example, 0).mean(0);
    for (int head = 1; head < maps.heads(); head++) {
      sum.addi(of(example, head).mean(0));
    }
    return sum.divi(maps.heads());
  }
}
