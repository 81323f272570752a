package io.github.dl4jsnn.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.conf.SpikingDense;
import io.github.dl4jsnn.conf.SpikingGraphConvVertex;
import java.util.Map;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.linalg.lossfunctions.LossFunctions;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Linear regression by 20 steps of torch.optim.AdamW (torch 2.15.0, double), lr 0.1, then 0.05. */
class AdamWTest {
  private static final DataSet DATA =
      new DataSet(
          array(new double[][] {{1, 2, -1}, {0.5, -0.5, 2}, {-1.5, 1, 0}, {2, 0, 1}}),
          array(new double[][] {{1, 0}, {0, 2}, {-1, 1}, {0.5, -0.5}}));

  private static final double[][] TORCH_W = {
    {0.6217190821905944, -0.008732002044292645},
    {-0.11256304319139342, -0.06812917991143258},
    {-0.6272967413965064, 0.5130835406045737}
  };
  private static final double[][] TORCH_B = {{0.1411530617197366, 0.4429798063566077}};

  @Test
  void equalsTorch() {
    MultiLayerNetwork net = trained(AdamW.builder().weightDecay(0.1));
    assertThat(net.getParam("0_W").distance2(array(TORCH_W))).isLessThan(1e-6);
    assertThat(net.getParam("0_b").distance2(array(TORCH_B))).isLessThan(1e-6);
  }

  @Test
  void withoutDecayOfBiasesOnlyTheyDifferAtFirst() {
    assertThat(trained(AdamW.builder().weightDecay(0.1).decayBias(false)).getParam("0_b"))
        .isNotEqualTo(trained(AdamW.builder().weightDecay(0.1)).getParam("0_b"));
  }

  @Test
  void isPartOfTheSavedConfiguration() {
    NeuralNetConfiguration.Builder b = new NeuralNetConfiguration.Builder();
    MultiLayerConfiguration conf = configuration(AdamW.builder().weightDecay(0.3), b);
    assertThat(MultiLayerConfiguration.fromJson(conf.toJson())).isEqualTo(conf);
    assertThat(conf.toJson()).contains("WeightDecay").contains("0.3");
  }

  @Test
  void reachesVerticesWrappedLayersAndLayersOfOurs() {
    ComputationGraphConfiguration conf =
        new NeuralNetConfiguration.Builder()
            .l1(0.5)
            .l2(0.5)
            .graphBuilder()
            .addInputs("x", "edges")
            .addVertex(
                "gc",
                new SpikingGraphConvVertex.Builder().nOut(4).timeSteps(2).build(),
                "x",
                "edges")
            .addLayer("dense", new SpikingDense.Builder().nOut(3).build(), "gc")
            .addLayer("last", new LastTimeStep(new LSTM.Builder().nOut(3).build()), "dense")
            .addLayer(
                "out",
                new OutputLayer.Builder().nOut(2).activation(Activation.SOFTMAX).build(),
                "last")
            .setOutputs("out")
            .setInputTypes(InputType.feedForward(3), InputType.feedForward(3))
            .build();
    AdamW.builder().learningRate(0.02).weightDecay(0.3).decayBias(false).build().applyTo(conf);
    ComputationGraph net = new ComputationGraph(conf);
    net.init();
    for (String vertex : new String[] {"gc", "dense", "last", "out"}) {
      TrainingConfig c = net.getVertex(vertex).getConfig();
      assertThat(c.getUpdaterByParam("W")).isInstanceOf(Adam.class);
      assertThat(c.getUpdaterByParam("W").getLearningRate(0, 0)).isEqualTo(0.02);
      assertThat(c.getRegularizationByParam("W"))
          .as(vertex)
          .containsExactlyInAnyOrder(new L1Regularization(0.5), new WeightDecay(0.3, true));
      assertThat(c.getRegularizationByParam("b")).isNullOrEmpty();
    }
  }

  @Test
  void refusesNumbersOutOfRange() {
    assertThatThrownBy(() -> AdamW.builder().weightDecay(-1)).hasMessageContaining("weightDecay");
    assertThatThrownBy(() -> AdamW.builder().learningRate(0)).hasMessageContaining("learningRate");
    assertThatThrownBy(() -> AdamW.builder().betas(0.9, 1)).hasMessageContaining("beta2");
    assertThatThrownBy(() -> AdamW.builder().epsilon(Double.NaN)).hasMessageContaining("epsilon");
  }

  private static MultiLayerNetwork trained(AdamW.Builder adamW) {
    adamW.learningRate(new MapSchedule(ScheduleType.ITERATION, Map.of(0, 0.1, 10, 0.05)));
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            configuration(
                adamW, new NeuralNetConfiguration.Builder().dataType(DataType.DOUBLE).seed(1)));
    net.init();
    net.getParam("0_W").assign(array(new double[][] {{0.5, 1.5}, {-1, 0.75}, {0.25, -0.5}}));
    net.getParam("0_b").assign(array(new double[][] {{0.1, -0.2}}));
    for (int i = 0; i < 20; i++) {
      net.fit(DATA);
    }
    return net;
  }

  private static MultiLayerConfiguration configuration(
      AdamW.Builder adamW, NeuralNetConfiguration.Builder network) {
    return adamW
        .build()
        .applyTo(
            network
                .weightDecay(7)
                .weightDecayBias(7)
                .list()
                .layer(
                    new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                        .nIn(3)
                        .nOut(2)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
  }

  private static INDArray array(double[][] rows) {
    return Nd4j.create(rows).castTo(DataType.DOUBLE);
  }
}
