package io.github.dl4jsnn.graph;

import io.github.dl4jsnn.conf.AbstractGraphConvVertex;
import io.github.dl4jsnn.conf.AbstractIndexedVertex;
import io.github.dl4jsnn.conf.NodeFeatureAttentionLayer;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;

/** A network that {@link LayerWiseInference} can run: where the edges go, and that no other way. */
final class LayerWiseNetwork {
  private final ComputationGraph net;
  private final int edgesInput;

  /**
   * Checks it.
   *
   * @throws IllegalArgumentException if the network is not of the kind described there
   */
  LayerWiseNetwork(ComputationGraph net) {
    this.net = net;
    for (int v = 0; v < net.getVertices().length; v++) {
      checkNodesAlone(v);
      checkHops(v);
    }
    if (net.getNumInputArrays() != 2 || net.getNumOutputArrays() != 1) {
      throw bad(
          String.format(
              "expected the inputs features and edges and one output, got %d inputs and %d outputs",
              net.getNumInputArrays(), net.getNumOutputArrays()));
    }
    this.edgesInput = findEdges();
    checkEdges();
  }

  static IllegalArgumentException bad(String message) {
    return new IllegalArgumentException("layer-wise inference: " + message);
  }

  /** Index of the vertex that the edges come from. */
  int edgesInput() {
    return edgesInput;
  }

  boolean isGraphVertex(int index) {
    return config(index) instanceof AbstractGraphConvVertex;
  }

  Object config(int index) {
    return net.getConfiguration().getVertices().get(name(index));
  }

  private String name(int index) {
    return vertex(index).getVertexName();
  }

  private GraphVertex vertex(int index) {
    return net.getVertices()[index];
  }

  /** What needs other nodes than the edges tell of cannot be cut into blocks. */
  private void checkNodesAlone(int v) {
    Object config = config(v);
    if (config instanceof AbstractIndexedVertex) {
      throw mixes(v, config);
    }
    Layer layer =
        config instanceof LayerVertex ? ((LayerVertex) config).getLayerConf().getLayer() : null;
    if (layer instanceof FrozenLayer) {
      layer = ((FrozenLayer) layer).getLayer();
    }
    if (layer instanceof NodeFeatureAttentionLayer) {
      NodeFeatureAttentionLayer attention = (NodeFeatureAttentionLayer) layer;
      if (attention.isFeatureAttention()
          && attention.getSqueeze() == NodeFeatureAttentionLayer.Squeeze.GRAPH) {
        throw mixes(v, "squeeze GRAPH of " + layer.getClass().getSimpleName());
      }
    }
  }

  private IllegalArgumentException mixes(int v, Object what) {
    String kind = what instanceof String ? (String) what : what.getClass().getSimpleName();
    return bad(
        String.format(
            "%s (%s) mixes nodes without edges; expected other vertices and layers than graph"
                + " convolution and attention to compute each node alone",
            name(v), kind));
  }

  /** A Chebyshev polynomial takes several hops in one vertex; a block has one. */
  private void checkHops(int v) {
    if (isGraphVertex(v)
        && ((AbstractGraphConvVertex) config(v)).getPropagation().getKind()
            == Propagation.Kind.CHEBYSHEV) {
      throw bad("Chebyshev propagation of " + name(v) + " takes several hops");
    }
  }

  /** The last input of any graph vertex. */
  private int findEdges() {
    for (int v = 0; v < net.getVertices().length; v++) {
      if (isGraphVertex(v)) {
        VertexIndices[] in = vertex(v).getInputVertices();
        return in[in.length - 1].getVertexIndex();
      }
    }
    throw bad("the network has no graph convolution or attention");
  }

  private void checkEdges() {
    if (!vertex(edgesInput).isInputVertex()) {
      throw bad("expected the edges to be an input of the network");
    }
    for (int v = 0; v < net.getVertices().length; v++) {
      VertexIndices[] in =
          vertex(v).isInputVertex() ? new VertexIndices[0] : vertex(v).getInputVertices();
      for (int i = 0; i < in.length; i++) {
        boolean edges = in[i].getVertexIndex() == edgesInput;
        if (edges != (isGraphVertex(v) && i == in.length - 1)) {
          throw bad(
              String.format(
                  "expected the edges as the last input of graph convolutions and attention and"
                      + " nowhere else; see input %d of %s",
                  i, name(v)));
        }
      }
    }
  }
}
