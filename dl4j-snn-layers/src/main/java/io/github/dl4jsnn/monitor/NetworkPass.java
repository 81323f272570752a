package io.github.dl4jsnn.monitor;

import io.github.dl4jsnn.conf.AbstractGraphConvVertex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runs a network once at inference and keeps what went into and came out of each layer. */
final class NetworkPass {

  private final List<PassedLayer> layers = new ArrayList<>();

  private NetworkPass() {}

  /** In topological order, without the inputs of the network. */
  List<PassedLayer> layers() {
    return layers;
  }

  static NetworkPass of(MultiLayerNetwork net, INDArray features, INDArray mask) {
    SpikingLayers.checkInitialised(net.getLayers());
    NetworkPass pass = new NetworkPass();
    net.setInput(features);
    net.setLayerMaskArrays(mask, null);
    try {
      List<INDArray> outputs = net.feedForward(false, false);
      long examples = features.size(0);
      for (int i = 0; i < net.getnLayers(); i++) {
        Layer layer = SpikingLayers.unwrap(net.getLayer(i));
        PassedLayer passed = passed(SpikingLayers.name(net, i), layer, outputs.get(i + 1));
        passed.examples = examples;
        pass.layers.add(passed);
      }
      long steps = 1;
      for (int i = pass.layers.size() - 1; i >= 0; i--) {
        steps = runs(pass.layers.get(i), steps);
      }
      return pass;
    } finally {
      net.clearLayerMaskArrays();
      net.clearLayersStates();
      net.clear();
    }
  }

  static NetworkPass of(ComputationGraph graph, INDArray[] features, INDArray[] masks) {
    SpikingLayers.checkInitialised(graph.getVertices());
    NetworkPass pass = new NetworkPass();
    graph.setInputs(features);
    graph.setLayerMaskArrays(masks, null);
    try {
      Map<String, INDArray> outputs = graph.feedForward(features, false, false);
      Map<Integer, PassedLayer> byIndex = new HashMap<>();
      for (int index : graph.topologicalSortOrder()) {
        GraphVertex vertex = graph.getVertices()[index];
        PassedLayer passed = passed(graph, vertex, outputs);
        passed.examples = examples(passed, vertex, byIndex);
        byIndex.put(index, passed);
        if (passed.conf != null) {
          pass.layers.add(passed);
        }
      }
      setSteps(graph, byIndex);
      return pass;
    } finally {
      graph.clearLayerMaskArrays();
      graph.clearLayersStates();
      graph.clear();
    }
  }

  private static PassedLayer passed(
      ComputationGraph graph, GraphVertex vertex, Map<String, INDArray> outputs) {
    String name = vertex.getVertexName();
    if (vertex.isInputVertex()) {
      INDArray in = graph.getInput(graph.getConfiguration().getNetworkInputs().indexOf(name));
      return new PassedLayer(name, null, new INDArray[] {in}, in, null, 0);
    }
    INDArray out = outputs.get(name);
    if (vertex.hasLayer()) {
      return passed(name, SpikingLayers.unwrap(vertex.getLayer()), out);
    }
    Object conf = graph.getConfiguration().getVertices().get(name);
    conf = conf instanceof FrozenVertex ? ((FrozenVertex) conf).getUnderlying() : conf;
    INDArray[] in = vertex.getInputs().clone();
    return new PassedLayer(name, conf, in, out, null, vertex.numParams());
  }

  private static PassedLayer passed(String name, Layer layer, INDArray out) {
    INDArray[] in = {layer.input()};
    return new PassedLayer(
        name, layer.conf().getLayer(), in, out, layer.getMaskArray(), layer.numParams());
  }

  /**
   * Number of examples behind a vertex. A layer, a graph vertex and a preprocessor change the axes
   * of an example at most; another vertex may stack, take apart or pool examples.
   */
  private static long examples(
      PassedLayer passed, GraphVertex vertex, Map<Integer, PassedLayer> byIndex) {
    if (vertex.isInputVertex()) {
      return passed.out.size(0);
    }
    PassedLayer first = byIndex.get(vertex.getInputVertices()[0].getVertexIndex());
    boolean keeps =
        vertex.hasLayer()
            || passed.conf instanceof AbstractGraphConvVertex
            || passed.conf instanceof PreprocessorVertex;
    return keeps ? first.examples : first.examples * passed.out.size(0) / first.out.size(0);
  }

  private static void setSteps(ComputationGraph graph, Map<Integer, PassedLayer> byIndex) {
    int[] order = graph.topologicalSortOrder();
    for (int i = order.length - 1; i >= 0; i--) {
      long later = 1;
      VertexIndices[] next = graph.getVertices()[order[i]].getOutputVertices();
      for (int v = 0; next != null && v < next.length; v++) {
        later = Math.max(later, byIndex.get(next[v].getVertexIndex()).stepsFromHere);
      }
      runs(byIndex.get(order[i]), later);
    }
  }

  private static long runs(PassedLayer layer, long later) {
    layer.stepsFromHere =
        Math.max(later, Math.max(layer.steps(layer.in[0]), layer.steps(layer.out)));
    return layer.stepsFromHere;
  }
}
