package io.github.dl4jsnn.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * Runs the runtime layer or vertex of one configuration, outside a training loop but made by a real
 * network. Parameters, gradient from above and dropout depend on shapes and names only, so two runs
 * of the same configuration on two backends must agree.
 */
public final class Backends {
  private static final long SEED = 20261122;

  private Backends() {}

  /**
   * Runs a layer, its parameters moved off their initial values.
   *
   * @param conf configuration
   * @param type input type
   * @param input of that type
   * @param mask feature mask or null
   * @return outputs and gradients in training mode
   */
  public static LayerRun layer(Layer conf, InputType type, INDArray input, INDArray mask) {
    return layer(conf, type, input, mask, true);
  }

  /**
   * Runs a layer.
   *
   * @param conf configuration
   * @param type input type
   * @param input of that type
   * @param mask feature mask or null
   * @param training mode of the forward pass
   * @return outputs and gradients, among them what is to be subtracted from running statistics
   */
  public static LayerRun layer(
      Layer conf, InputType type, INDArray input, INDArray mask, boolean training) {
    MultiLayerNetwork network = network(conf, type, input.dataType());
    org.deeplearning4j.nn.api.Layer layer = network.getLayer(0);
    shift(layer.paramTable());
    layer.setMaskArray(mask);
    LayerRun run = run(layer, input, training, Backends::fromAbove);
    if (layer.numParams() > 0) {
      conf.initializer()
          .getGradientsFromFlattened(layer.conf(), network.getGradientsViewArray())
          .forEach((name, g) -> run.gradients.putIfAbsent(name, g.dup('c')));
    }
    return run;
  }

  /**
   * Runs a layer, its parameters at their initial values but for those given.
   *
   * @param conf configuration
   * @param type input type
   * @param input of that type
   * @param params values of parameters
   * @param g gradient from above
   * @return outputs and gradients in training mode
   */
  public static LayerRun layer(
      Layer conf, InputType type, INDArray input, Map<String, INDArray> params, INDArray g) {
    return layer(conf, type, input, null, params, g);
  }

  /**
   * Runs a layer, its parameters at their initial values but for those given.
   *
   * @param conf configuration
   * @param type input type
   * @param input of that type
   * @param mask feature mask or null
   * @param params values of parameters
   * @param g gradient from above
   * @return outputs and gradients in training mode
   */
  public static LayerRun layer(
      Layer conf,
      InputType type,
      INDArray input,
      INDArray mask,
      Map<String, INDArray> params,
      INDArray g) {
    org.deeplearning4j.nn.api.Layer layer = network(conf, type, input.dataType()).getLayer(0);
    layer.setMaskArray(mask);
    params.forEach((name, value) -> layer.getParam(name).assign(value));
    return run(layer, input, true, output -> g);
  }

  private static MultiLayerNetwork network(Layer conf, InputType type, DataType dataType) {
    MultiLayerConfiguration net =
        new NeuralNetConfiguration.Builder()
            .seed(SEED)
            .dataType(dataType)
            .updater(new NoOp())
            .list()
            .layer(conf)
            .validateOutputLayerConfig(false)
            .setInputType(type)
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(net);
    network.init();
    network.initGradientsView();
    return network;
  }

  private static LayerRun run(
      org.deeplearning4j.nn.api.Layer layer,
      INDArray input,
      boolean training,
      UnaryOperator<INDArray> fromAbove) {
    Nd4j.getRandom().setSeed(SEED);
    LayerWorkspaceMgr mgr = LayerWorkspaceMgr.noWorkspaces();
    layer.setInput(input.dup(), mgr);
    INDArray output = layer.activate(training, mgr).dup('c');
    Pair<Gradient, INDArray> back = layer.backpropGradient(fromAbove.apply(output), mgr);
    return new LayerRun(output, back.getSecond(), copy(back.getFirst()));
  }

  /**
   * Runs a graph vertex, behind a layer, since nobody asks for the gradient of a network input.
   *
   * @param conf configuration
   * @param type of the features
   * @param features of that type
   * @param edges {@code [E, 2]} or {@code [E, 3]}
   * @param keep factors of the gradient from above, 0 for neurons to be left out; null for all 1
   * @return outputs and gradients in training mode
   */
  public static LayerRun vertex(
      GraphVertex conf, InputType type, INDArray features, INDArray edges, INDArray keep) {
    return vertex(
        conf,
        type,
        features,
        edges,
        Backends::shift,
        output -> keep == null ? fromAbove(output) : fromAbove(output).mul(keep));
  }

  /**
   * Runs a graph vertex with the given parameters and gradient from above.
   *
   * @param conf configuration
   * @param type of the features
   * @param features of that type
   * @param edges {@code [E, 2]} or {@code [E, 3]}
   * @param params values of all parameters, in c order
   * @param g gradient from above
   * @return outputs and gradients in training mode
   */
  public static LayerRun vertex(
      GraphVertex conf,
      InputType type,
      INDArray features,
      INDArray edges,
      Map<String, INDArray> params,
      INDArray g) {
    return vertex(
        conf,
        type,
        features,
        edges,
        table -> table.forEach((name, p) -> p.assign(params.get(name).reshape('c', p.shape()))),
        output -> g);
  }

  private static LayerRun vertex(
      GraphVertex conf,
      InputType type,
      INDArray features,
      INDArray edges,
      Consumer<Map<String, INDArray>> parameters,
      UnaryOperator<INDArray> fromAbove) {
    ComputationGraph network = network(conf, type, features.dataType(), edges.size(1));
    network.initGradientsView();
    org.deeplearning4j.nn.graph.vertex.GraphVertex vertex = network.getVertex("gc");
    parameters.accept(vertex.paramTable(false));
    LayerWorkspaceMgr mgr = LayerWorkspaceMgr.noWorkspaces();
    vertex.setInput(0, features.dup(), mgr);
    vertex.setInput(1, edges, mgr);
    INDArray output = vertex.doForward(true, mgr).dup('c');
    vertex.setEpsilon(fromAbove.apply(output));
    Pair<Gradient, INDArray[]> back = vertex.doBackward(false, mgr);
    return new LayerRun(output, back.getSecond()[0], copy(back.getFirst()));
  }

  /**
   * Parameters with which {@link #vertex} runs.
   *
   * @param conf configuration
   * @param type of the features
   * @param dataType of the network
   * @param edgeColumns 2 or 3
   * @return parameters by name
   */
  public static Map<String, INDArray> vertexParams(
      GraphVertex conf, InputType type, DataType dataType, long edgeColumns) {
    ComputationGraph network = network(conf, type, dataType, edgeColumns);
    Map<String, INDArray> params = network.getVertex("gc").paramTable(false);
    shift(params);
    return params;
  }

  private static ComputationGraph network(
      GraphVertex conf, InputType type, DataType dataType, long edgeColumns) {
    ComputationGraphConfiguration net =
        new NeuralNetConfiguration.Builder()
            .seed(SEED)
            .dataType(dataType)
            .updater(new NoOp())
            .graphBuilder()
            .addInputs("x", "edges")
            .addLayer("before", new ActivationLayer(Activation.IDENTITY), "x")
            .addVertex("gc", conf, "before", "edges")
            .setOutputs("gc")
            .validateOutputLayerConfig(false)
            .setInputTypes(type, InputType.feedForward(edgeColumns))
            .build();
    ComputationGraph network = new ComputationGraph(net);
    network.init();
    return network;
  }

  /** Moves parameters off their initial values, each entry elsewhere. */
  private static void shift(Map<String, INDArray> params) {
    if (params != null) {
      params.forEach(
          (name, p) -> p.addi(Values.uniform(name.hashCode(), -0.3, 0.3, p.dataType(), p.shape())));
    }
  }

  /** The gradient from above that all runs with an output of this shape get. */
  public static INDArray fromAbove(INDArray output) {
    return Values.uniform(7, -1, 1, output.dataType(), output.shape());
  }

  private static Map<String, INDArray> copy(Gradient gradient) {
    Map<String, INDArray> copy = new LinkedHashMap<>();
    gradient.gradientForVariable().forEach((name, g) -> copy.put(name, g.dup('c')));
    return copy;
  }
}
