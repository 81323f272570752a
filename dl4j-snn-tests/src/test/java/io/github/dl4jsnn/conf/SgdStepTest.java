package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.testing.Graphs;
import io.github.dl4jsnn.testing.QuietSameDiff;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * One step of plain gradient descent, where a gradient of the wrong size shows: DL4J 1.0.0-M2.1
 * doubles the gradient that passes a SameDiff layer or vertex, and our SAMEDIFF backend undoes it.
 */
@ExtendWith(QuietSameDiff.class)
class SgdStepTest {
  private static final DataType TYPE = DataType.DOUBLE;
  private static final LifParameters NEURON =
      LifParameters.builder().surrogate(new ArctanSurrogate()).build();

  private final INDArray x = Values.uniform(1, -1, 2, TYPE, 5, 3);
  private final INDArray y = Values.array(new double[] {1, 0, 0, 1, 1, 0, 1, 0, 0, 1}, TYPE, 5, 2);

  private static NeuralNetConfiguration.Builder sgd() {
    return new NeuralNetConfiguration.Builder().seed(3).dataType(TYPE).updater(new Sgd(0.5));
  }

  /** Two LIF layers, so that an uncorrected factor would appear squared at the bottom. */
  private INDArray stepOfLayers(Backend backend) {
    MultiLayerConfiguration conf =
        sgd()
            .list()
            .layer(new DenseLayer.Builder().nOut(4).activation(Activation.IDENTITY).build())
            .layer(new LifLayer.Builder().neuron(NEURON).timeSteps(3).backend(backend).build())
            .layer(new StfnLayer.Builder().backend(backend).build())
            .layer(new LifLayer.Builder().neuron(NEURON).backend(backend).build())
            .layer(new SpikeReadoutLayer.Builder().trainScale(true).backend(backend).build())
            .layer(new OutputLayer.Builder().nOut(2).activation(Activation.SOFTMAX).build())
            .setInputType(InputType.feedForward(3))
            .build();
    MultiLayerNetwork net = new MultiLayerNetwork(conf);
    net.init();
    INDArray before = net.params().dup();
    net.fit(new DataSet(x, y));
    return net.params().sub(before);
  }

  @Test
  void layersOfBothBackendsTakeTheSameStep() {
    INDArray fused = stepOfLayers(Backend.FUSED);
    assertThat(fused.norm1Number().doubleValue()).isGreaterThan(0.1);
    Tolerances.assertClose("step", stepOfLayers(Backend.SAMEDIFF), fused, Tolerances.DOUBLE);
  }

  private INDArray stepOfVertices(Backend backend) {
    ComputationGraphConfiguration conf =
        sgd()
            .graphBuilder()
            .addInputs("x", "edges")
            .addVertex("gc1", spiking(4).timeSteps(3).backend(backend).build(), "x", "edges")
            .addVertex("gc2", spiking(3).backend(backend).build(), "gc1", "edges")
            .addLayer(
                "read", new SpikeReadoutLayer.Builder().scale(3).backend(backend).build(), "gc2")
            .addVertex(
                "gc3",
                new GraphConvVertex.Builder()
                    .nOut(2)
                    .activation(Activation.IDENTITY)
                    .backend(backend)
                    .build(),
                "read",
                "edges")
            .addLayer("out", new LabelledLossLayer.Builder().build(), "gc3")
            .setOutputs("out")
            .setInputTypes(InputType.feedForward(3), InputType.feedForward(3))
            .build();
    ComputationGraph net = new ComputationGraph(conf);
    net.init();
    INDArray before = net.params().dup();
    net.fit(
        new MultiDataSet(
            new INDArray[] {x, Graphs.WEIGHTED.edges(TYPE)},
            new INDArray[] {y},
            null,
            new INDArray[] {Values.array(new double[] {1, 0, 1, 1, 0}, TYPE, 5, 1)}));
    return net.params().sub(before);
  }

  private static SpikingGraphConvVertex.Builder spiking(int nOut) {
    return new SpikingGraphConvVertex.Builder().nOut(nOut).neuron(NEURON);
  }

  @Test
  void verticesOfBothBackendsTakeTheSameStep() {
    INDArray fused = stepOfVertices(Backend.FUSED);
    assertThat(fused.norm1Number().doubleValue()).isGreaterThan(0.1);
    Tolerances.assertClose("step", stepOfVertices(Backend.SAMEDIFF), fused, Tolerances.DOUBLE);
  }

  @Test
  void dl4jStillDoublesTheGradientOfSameDiffLayers() {
    INDArray dense =
        firstWeightStep(
            new DenseLayer.Builder().nIn(3).nOut(4).activation(Activation.TANH).build());
    INDArray sameDiff = firstWeightStep(new TanhLayer());
    assertThat(sameDiff.norm2Number().doubleValue() / dense.norm2Number().doubleValue())
        .as(
            "step of a stock SameDiff layer / step of the same DenseLayer. If this is 1 now, DL4J"
                + " has repaired ExternalErrorsFunction: set DefinedLayer.GRADIENT_CORRECTION to 1"
                + " and this expectation too")
        .isCloseTo(2.0, within(Tolerances.DOUBLE));
  }

  private INDArray firstWeightStep(Layer layer) {
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            sgd()
                .list()
                .layer(layer)
                .layer(
                    new OutputLayer.Builder().nIn(4).nOut(2).activation(Activation.SOFTMAX).build())
                .build());
    net.init();
    INDArray w = Values.uniform(8, -1, 1, TYPE, 3, 4);
    net.getLayer(0).getParam("W").assign(w);
    net.getLayer(0).getParam("b").assign(0);
    net.getLayer(1).getParam("W").assign(Values.uniform(9, -1, 1, TYPE, 4, 2));
    net.fit(new DataSet(x, y));
    return net.getLayer(0).getParam("W").sub(w);
  }

  /** DL4J's own way to write a dense tanh layer in SameDiff. */
  static final class TanhLayer extends SameDiffLayer {
    private static final long serialVersionUID = 1L;

    @Override
    public void defineParameters(SDLayerParams params) {
      params.clear();
      params.addWeightParam("W", 3, 4);
      params.addBiasParam("b", 4);
    }

    @Override
    public void initializeParameters(Map<String, INDArray> params) {
      // the test sets them
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
      return InputType.feedForward(4);
    }

    @Override
    public SDVariable defineLayer(
        SameDiff sd, SDVariable in, Map<String, SDVariable> params, SDVariable mask) {
      return sd.math().tanh(sd.mmul(in, params.get("W")).add(params.get("b")));
    }
  }
}
