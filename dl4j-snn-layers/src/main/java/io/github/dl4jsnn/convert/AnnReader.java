package io.github.dl4jsnn.convert;

import static io.github.dl4jsnn.convert.Refusals.refuse;

import io.github.dl4jsnn.conf.SpikingBatchNormalization;
import io.github.dl4jsnn.conf.SpikingConvolution;
import io.github.dl4jsnn.conf.SpikingDense;
import io.github.dl4jsnn.conf.SpikingPooling;
import io.github.dl4jsnn.convert.Node.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Takes a network apart; refuses what has no spiking counterpart. */
final class AnnReader {

  // Not by instanceof: depthwise and transposed convolutions are subclasses with other weights.
  private static final Set<Class<?>> AFFINE =
      Set.of(
          ConvolutionLayer.class,
          Convolution2D.class,
          SpikingConvolution.class,
          DenseLayer.class,
          SpikingDense.class);
  private static final Set<Class<?>> KEPT =
      Set.of(
          SubsamplingLayer.class,
          SpikingPooling.class,
          GlobalPoolingLayer.class,
          ZeroPaddingLayer.class,
          Cropping2D.class);

  private final ComputationGraph net;
  private final UnaryOperator<String> names;
  private final List<Node> nodes = new ArrayList<>();

  /** Node that stands for the output of a vertex. */
  private final Map<String, String> outputs = new HashMap<>();

  private AnnReader(ComputationGraph net, UnaryOperator<String> names) {
    this.net = net;
    this.names = names;
  }

  /**
   * Returns the nodes in topological order.
   *
   * @param names what the layer of a vertex is called
   */
  static List<Node> read(ComputationGraph net, UnaryOperator<String> names) {
    Refusals.checkEnds(net);
    AnnReader reader = new AnnReader(net, names);
    for (int i : net.topologicalSortOrder()) {
      reader.read(net.getVertices()[i]);
    }
    return reader.nodes;
  }

  private void read(GraphVertex vertex) {
    String id = vertex.getVertexName();
    if (vertex.isInputVertex()) {
      outputs.put(id, id);
    } else if (vertex.hasLayer()) {
      Layer layer = vertex.getLayer().conf().getLayer();
      layer = layer instanceof FrozenLayer ? ((FrozenLayer) layer).getLayer() : layer;
      read(id, layer, vertex.getLayer());
    } else {
      combine(id);
    }
  }

  private void read(String id, Layer layer, org.deeplearning4j.nn.api.Layer runtime) {
    String name = names.apply(id);
    Refusals.checkLayout(name, layer);
    Class<?> type = layer.getClass();
    if (AFFINE.contains(type)) {
      affine(name, id, layer, runtime);
      if (!(layer instanceof SpikingDense)) {
        activation(
            name + "-neurons",
            id,
            name,
            ((org.deeplearning4j.nn.conf.layers.BaseLayer) layer).getActivationFn());
      }
    } else if (type == OutputLayer.class) {
      affine(name, id, layer, runtime);
      add(name + "-loss", Kind.LOSS, id).layer = layer;
    } else if (type == LossLayer.class) {
      add(name, Kind.LOSS, id).layer = layer;
    } else if (type == ActivationLayer.class) {
      activation(name, id, name, ((ActivationLayer) layer).getActivationFn());
    } else if (type == BatchNormalization.class || type == SpikingBatchNormalization.class) {
      Node node = add(name, Kind.BATCH_NORM, id);
      node.layer = layer;
      node.normalization = BatchNormFolding.statistics((BatchNormalization) layer, runtime);
      if (layer instanceof SpikingBatchNormalization
          && ((SpikingBatchNormalization) layer).isRelu()) {
        add(name + "-neurons", Kind.RELU, id);
      }
    } else if (KEPT.contains(type)) {
      add(name, Kind.KEPT, id).layer = layer;
    } else if (type == DropoutLayer.class) {
      outputs.put(id, input(id));
    } else {
      throw refuse(
          name,
          layer.getClass().getSimpleName() + " has no spiking counterpart",
          "convolution, dense, pooling, batch normalisation, activation, dropout, padding,"
              + " cropping, output and loss layers do");
    }
  }

  private void affine(
      String name, String id, Layer layer, org.deeplearning4j.nn.api.Layer runtime) {
    Node node = add(name, Kind.AFFINE, id);
    node.layer = layer;
    node.weights = runtime.getParam("W").dup('c');
    INDArray b = runtime.paramTable().get("b");
    node.bias = b == null ? null : b.dup('c').reshape(b.length());
  }

  private void activation(String name, String id, String layer, IActivation activation) {
    if (Refusals.isRectifier(activation)) {
      add(name, Kind.RELU, id);
    } else if (activation instanceof ActivationIdentity) {
      outputs.putIfAbsent(id, input(id));
    } else {
      throw refuse(
          layer,
          "activation " + activation + " has no spiking counterpart",
          "the rates of integrate-and-fire neurons are those of Activation.RELU: train with it");
    }
  }

  private void combine(String id) {
    org.deeplearning4j.nn.conf.graph.GraphVertex vertex =
        net.getConfiguration().getVertices().get(id);
    boolean linear =
        vertex instanceof MergeVertex
            || vertex instanceof ElementWiseVertex
                && Refusals.isLinear(((ElementWiseVertex) vertex).getOp());
    if (!linear) {
      throw refuse(
          id,
          "this " + vertex.getClass().getSimpleName() + " has no spiking counterpart",
          "MergeVertex and ElementWiseVertex with Add, Subtract or Average do");
    }
    add(id, Kind.COMBINED, id).combination = vertex;
  }

  private Node add(String name, Kind kind, String id) {
    List<String> inputs = new ArrayList<>();
    if (outputs.containsKey(id)) {
      inputs.add(outputs.get(id)); // the second node of this layer
    } else {
      net.getConfiguration().getVertexInputs().get(id).forEach(i -> inputs.add(outputs.get(i)));
    }
    Node node = new Node(name, kind, id, inputs);
    nodes.add(node);
    outputs.put(id, name);
    return node;
  }

  private String input(String id) {
    return outputs.get(net.getConfiguration().getVertexInputs().get(id).get(0));
  }
}
