package io.github.dl4jsnn.convert;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One operation of the network that is converted. A layer with a rectifier is two of them. */
final class Node {

  /** What a node does. */
  enum Kind {
    /** Convolution or dense layer, without activation. */
    AFFINE,
    /** Rectifier. */
    RELU,
    /** Batch normalisation, until it is folded. */
    BATCH_NORM,
    /** Pooling, padding, cropping: kept as it is. */
    KEPT,
    /** Sum, mean, difference or concatenation. */
    COMBINED,
    /** Loss and the activation before it. */
    LOSS
  }

  final String name;
  final Kind kind;

  /** Vertex of the network with the output of this node; what calibration looks at. */
  String vertex;

  List<String> inputs;
  Layer layer;
  GraphVertex combination;

  /** {@code [nOut, C, kH, kW]} or {@code [nIn, nOut]}. */
  INDArray weights;

  /** {@code [nOut]}, or null. */
  INDArray bias;

  /** Mean, deviation, gamma and beta of batch normalisation, {@code [nOut]} each. */
  INDArray[] normalization;

  Node(String name, Kind kind, String vertex, List<String> inputs) {
    this.name = name;
    this.kind = kind;
    this.vertex = vertex;
    this.inputs = new ArrayList<>(inputs);
  }

  String input() {
    return inputs.get(0);
  }

  static Node find(List<Node> nodes, String name) {
    return nodes.stream().filter(n -> n.name.equals(name)).findFirst().orElse(null);
  }

  /** How often the output of a node is used. */
  static long uses(List<Node> nodes, String name) {
    return nodes.stream().flatMap(n -> n.inputs.stream()).filter(name::equals).count();
  }

  /** Lets all that take one output take another. */
  static void redirect(List<Node> nodes, String from, String to) {
    nodes.forEach(n -> n.inputs.replaceAll(i -> i.equals(from) ? to : i));
  }
}
