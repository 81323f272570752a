package io.github.dl4jsnn.convert;

import java.util.function.BiConsumer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Where the layers of the spiking network go.
 *
 * @param <N> kind of network
 */
interface SnnTarget<N> {

  void layer(String name, org.deeplearning4j.nn.conf.layers.Layer layer, String input);

  void vertex(String name, GraphVertex vertex, String... inputs);

  /** Makes the network and hands each layer of it, by name, to {@code parameters}. */
  N build(String output, BiConsumer<String, Layer> parameters);

  /** A list of layers. */
  static SnnTarget<MultiLayerNetwork> list(NeuralNetConfiguration.Builder conf, InputType input) {
    ListBuilder list = conf.list();
    return new SnnTarget<>() {
      @Override
      public void layer(
          String name, org.deeplearning4j.nn.conf.layers.Layer layer, String ignored) {
        layer.setLayerName(name);
        list.layer(layer);
      }

      @Override
      public void vertex(String name, GraphVertex vertex, String... inputs) {
        throw new IllegalStateException("A list of layers has no vertex " + name);
      }

      @Override
      public MultiLayerNetwork build(String output, BiConsumer<String, Layer> parameters) {
        MultiLayerNetwork net = new MultiLayerNetwork(list.setInputType(input).build());
        net.init();
        for (Layer layer : net.getLayers()) {
          parameters.accept(layer.conf().getLayer().getLayerName(), layer);
        }
        return net;
      }
    };
  }

  /** A graph. */
  static SnnTarget<ComputationGraph> graph(
      NeuralNetConfiguration.Builder conf, String inputName, InputType input) {
    GraphBuilder graph = conf.graphBuilder().addInputs(inputName).setInputTypes(input);
    return new SnnTarget<>() {
      @Override
      public void layer(String name, org.deeplearning4j.nn.conf.layers.Layer layer, String from) {
        graph.addLayer(name, layer, from);
      }

      @Override
      public void vertex(String name, GraphVertex vertex, String... inputs) {
        graph.addVertex(name, vertex, inputs);
      }

      @Override
      public ComputationGraph build(String output, BiConsumer<String, Layer> parameters) {
        ComputationGraph net = new ComputationGraph(graph.setOutputs(output).build());
        net.init();
        for (Layer layer : net.getLayers()) {
          parameters.accept(layer.conf().getLayer().getLayerName(), layer);
        }
        return net;
      }
    };
  }
}
