package io.github.dl4jsnn.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jsnn.conf.LifLayer;
import io.github.dl4jsnn.conf.NeuronLayer;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikingDense;
import io.github.dl4jsnn.conf.StfnLayer;
import io.github.dl4jsnn.conf.TrainableEncodingLayer;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Recurrence;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Small sequential networks whose operations are counted by hand. */
class SnnCostTest {

  /** Fires at every step if it gets a 1, never if it gets 0. */
  private static final LifParameters RELAY =
      LifParameters.builder().decay(0.5).threshold(0.5).build();

  /** Two examples, three steps, four features; rows are steps: 2, 1, 0 and 4, 0, 1 spikes. */
  private static final float[][][] SPIKES = {
    {{1, 0, 1, 0}, {0, 0, 0, 1}, {0, 0, 0, 0}},
    {{1, 1, 1, 1}, {0, 0, 0, 0}, {0, 1, 0, 0}}
  };

  private static final INDArray MASK = Nd4j.create(new float[][] {{1, 1, 0}, {0, 1, 1}});

  private static MultiLayerNetwork network(InputType input, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder().seed(7).list(layers);
    MultiLayerNetwork net = new MultiLayerNetwork(list.setInputType(input).build());
    net.init();
    return net;
  }

  private static INDArray spikes(RNNFormat format) {
    INDArray nwc = Nd4j.createFromArray(SPIKES);
    return format == RNNFormat.NWC ? nwc : nwc.permute(0, 2, 1);
  }

  private static Layer dense(int nOut) {
    return new SpikingDense.Builder().nOut(nOut).name("dense").build();
  }

  private static Layer readout() {
    return new SpikeReadoutLayer.Builder().name("readout").build();
  }

  private static Layer output() {
    return new OutputLayer.Builder().nOut(2).activation(Activation.SOFTMAX).name("out").build();
  }

  private static void assertCost(LayerCost cost, long dense, long allSteps, long acc, long macs) {
    assertThat(cost.dense()).as("dense").isEqualTo(dense);
    assertThat(cost.denseAllSteps()).as("all steps").isEqualTo(allSteps);
    assertThat(cost.accumulates()).as("accumulates").isEqualTo(acc);
    assertThat(cost.multiplyAccumulates()).as("MACs").isEqualTo(macs);
  }

  @ParameterizedTest
  @EnumSource(RNNFormat.class)
  void spikesTimesOutputs(RNNFormat format) {
    MultiLayerNetwork net =
        network(
            InputType.recurrent(4, 3, format),
            dense(5),
            new LifLayer.Builder().neuron(RELAY).name("lif").build(),
            readout(),
            output());
    SnnCost cost = SnnCost.of(net, spikes(format));
    assertThat(cost.examples()).isEqualTo(2);
    assertThat(cost.timeSteps()).isEqualTo(3);
    assertCost(cost.layer("dense"), 2 * 4 * 5, 2 * 3 * 4 * 5, 8 * 5, 0);
    assertThat(cost.layer("dense").ratio()).isEqualTo(1);
    assertThat(cost.layer("dense").ratioAllSteps()).isEqualTo(3);
    assertThat(cost.layer("lif").neuronUpdates()).isEqualTo(2 * 3 * 5);
    assertThat(cost.notCounted()).isEmpty();
  }

  @Test
  void missingStepsCountOnNeitherSide() {
    MultiLayerNetwork net =
        network(
            InputType.recurrent(4, 3, RNNFormat.NWC),
            dense(5),
            new LifLayer.Builder().neuron(RELAY).name("lif").build(),
            readout(),
            output());
    SnnCost cost = SnnCost.of(net, spikes(RNNFormat.NWC), MASK);
    // Present: 2 and 1 spikes of the first example, 0 and 1 of the second.
    assertCost(cost.layer("dense"), 2 * 20, 4 * 20, 4 * 5, 0);
    assertThat(cost.layer("lif").neuronUpdates()).isEqualTo(4 * 5);
  }

  @Test
  void anExampleWithoutAnyStepCountsOnNeitherSide() {
    MultiLayerNetwork net =
        network(
            InputType.recurrent(4, 3, RNNFormat.NWC),
            dense(5),
            new RnnOutputLayer.Builder().nOut(2).activation(Activation.SOFTMAX).build());
    INDArray none = Nd4j.create(new float[][] {{1, 1, 0}, {0, 0, 0}});
    SnnCost cost = SnnCost.of(net, spikes(RNNFormat.NWC), none);
    assertCost(cost.layer("dense"), 20, 2 * 20, 3 * 5, 0);
  }

  @Test
  void otherInputsThanSpikesCostProducts() {
    MultiLayerNetwork net =
        network(
            InputType.recurrent(4, 3, RNNFormat.NWC),
            dense(5),
            new LifLayer.Builder().neuron(RELAY).build(),
            readout(),
            output());
    INDArray x = spikes(RNNFormat.NWC);
    x.putScalar(0, 0, 0, -0.5);
    LayerCost cost = SnnCost.of(net, x).layer("dense");
    assertCost(cost, 40, 120, 0, 8 * 5);
    // A missing step is not looked at, whatever it holds.
    INDArray mask = Nd4j.create(new float[][] {{0, 1, 1}, {1, 1, 1}});
    assertCost(SnnCost.of(net, x, mask).layer("dense"), 40, 100, 6 * 5, 0);
  }

  @Test
  void aHeldInputIsMappedOnce() {
    MultiLayerNetwork net =
        network(
            InputType.feedForward(3),
            new TrainableEncodingLayer.Builder()
                .nOut(4)
                .neuron(RELAY)
                .timeSteps(6)
                .name("encode")
                .build(),
            readout(),
            output());
    net.getParam("0_W").assign(1);
    INDArray x = Nd4j.create(new float[][] {{0, 1, 0}, {0, 0, 0}});
    SnnCost cost = SnnCost.of(net, x);
    LayerCost encode = cost.layer("encode");
    assertCost(encode, 2 * 12, 6 * 2 * 12, 4, 0);
    assertThat(encode.operationsSentEachStep()).isEqualTo(6 * 4);
    assertThat(encode.ratio()).isEqualTo(6);
    assertThat(encode.ratioSentEachStep()).isEqualTo(1);
    assertThat(encode.spikes()).isEqualTo(6 * 4);
    assertThat(encode.firingRate()).isEqualTo(0.5);
    // Behind the read-out there is no time: rate 1 of the first example, 0 of the second.
    assertCost(cost.layer("out"), 2 * 4 * 2, 2 * 4 * 2, 4 * 2, 0);
    assertThat(cost.timeSteps()).isEqualTo(6);
    assertThat(cost.total().firingRate()).isEqualTo(0.5);
  }

  @ParameterizedTest
  @EnumSource(
      value = Recurrence.class,
      names = {"ONE_TO_ONE", "ALL_TO_ALL"})
  void feedbackOfSpikes(Recurrence recurrence) {
    int fanOut = recurrence == Recurrence.ALL_TO_ALL ? 4 : 1;
    MultiLayerNetwork net =
        network(
            InputType.recurrent(4, 3, RNNFormat.NWC),
            new NeuronLayer.Builder().neuron(RELAY).recurrence(recurrence).name("neurons").build(),
            readout(),
            output());
    net.getParam("0_RW").assign(0);
    LayerCost cost = SnnCost.of(net, spikes(RNNFormat.NWC)).layer("neurons");
    assertThat(cost.spikes()).isEqualTo(8);
    // The last step feeds none: 3 + 4 spikes.
    assertCost(cost, 2 * 4 * fanOut, 2 * 2 * 4 * fanOut, 7 * fanOut, 0);
    cost = SnnCost.of(net, spikes(RNNFormat.NWC), MASK).layer("neurons");
    // Step 1 is fed in both examples (missing step 0 of the second: no spikes), step 2 in the
    // second.
    assertThat(cost.spikes()).isEqualTo(4);
    assertCost(cost, 2 * 4 * fanOut, 3 * 4 * fanOut, 2 * fanOut, 0);
  }

  @Test
  void timeFoldedIntoRowsOfADenseLayer() {
    MultiLayerNetwork net =
        network(
            InputType.recurrent(4, 3, RNNFormat.NCW),
            new DenseLayer.Builder().nOut(5).activation(Activation.IDENTITY).name("dense").build(),
            new LifLayer.Builder().neuron(RELAY).name("lif").build(),
            readout(),
            output());
    SnnCost cost = SnnCost.of(net, spikes(RNNFormat.NCW));
    assertCost(cost.layer("dense"), 40, 120, 8 * 5, 0);
    cost = SnnCost.of(net, spikes(RNNFormat.NCW), MASK);
    assertCost(cost.layer("dense"), 2 * 20, 4 * 20, 4 * 5, 0);
    assertThat(cost.layer("lif").neuronUpdates()).isEqualTo(4 * 5);
  }

  @Test
  void outputLayerOfSequences() {
    MultiLayerNetwork net =
        network(
            InputType.recurrent(4, 3, RNNFormat.NWC),
            new LifLayer.Builder().neuron(RELAY).name("lif").build(),
            new RnnOutputLayer.Builder()
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .dataFormat(RNNFormat.NWC)
                .name("out")
                .build());
    SnnCost cost = SnnCost.of(net, spikes(RNNFormat.NWC));
    assertCost(cost.layer("out"), 2 * 12, 6 * 12, 8 * 3, 0);
  }

  @Test
  void aNetworkWithoutSpikes() {
    MultiLayerNetwork net =
        network(
            InputType.feedForward(3),
            new DenseLayer.Builder().nOut(4).activation(Activation.TANH).name("dense").build(),
            output());
    net.getParam("0_b").assign(1);
    SnnCost cost = SnnCost.of(net, Nd4j.create(new float[][] {{1, 2, 3}, {4, 5, 6}}));
    assertCost(cost.layer("dense"), 24, 24, 0, 24);
    assertCost(cost.total(), 24 + 16, 24 + 16, 0, 24 + 16);
    assertThat(cost.total().ratio()).isEqualTo(1);
    assertThat(cost.total().firingRate()).isNaN();
    assertThat(cost.report()).contains("T = 1");
    assertThat(cost.total().denseEnergy(OperationEnergy.nm45()))
        .isEqualTo(cost.total().energy(OperationEnergy.nm45()))
        .isEqualTo(40 * 4.6);
  }

  @Test
  void unknownLayersAreNamed() {
    MultiLayerNetwork net =
        network(
            InputType.recurrent(4, 3, RNNFormat.NWC),
            dense(5),
            new LSTM.Builder().nOut(3).dataFormat(RNNFormat.NWC).name("memory").build(),
            new RnnOutputLayer.Builder().nOut(2).activation(Activation.SOFTMAX).build());
    SnnCost cost = SnnCost.of(net, spikes(RNNFormat.NWC));
    assertThat(cost.notCounted()).containsExactly("memory (LSTM)");
    assertThat(cost.report()).contains("NOT COUNTED: memory (LSTM)");
    assertThat(cost.layers()).containsOnlyKeys("dense", "layer2");
  }

  @Test
  void normalisationIsBesideTheRatio() {
    MultiLayerNetwork net =
        network(
            InputType.recurrent(4, 3, RNNFormat.NWC),
            new StfnLayer.Builder().name("stfn").build(),
            new LifLayer.Builder().neuron(RELAY).build(),
            readout(),
            output());
    SnnCost cost = SnnCost.of(net, spikes(RNNFormat.NWC));
    assertThat(cost.layer("stfn").normalisation()).isEqualTo(2 * 2 * 3 * 4);
    assertThat(cost.total().dense()).isEqualTo(cost.layer("out").dense());
  }

  @Test
  void batchesAddUp() {
    MultiLayerNetwork net =
        network(
            InputType.recurrent(4, 3, RNNFormat.NWC),
            dense(5),
            new LifLayer.Builder().neuron(RELAY).name("lif").build(),
            readout(),
            output());
    INDArray x = spikes(RNNFormat.NWC);
    INDArray y = Nd4j.ones(2, 2);
    SnnCost once = SnnCost.of(net, x);
    List<DataSet> two = Arrays.asList(new DataSet(x, y), new DataSet(x, y, MASK, null));
    ExistingDataSetIterator batches = new ExistingDataSetIterator(two);
    SnnCost first = SnnCost.of(net, new ExistingDataSetIterator(two.subList(0, 1)));
    assertThat(first.report()).isEqualTo(once.report());
    SnnCost masked = SnnCost.of(net, x, MASK);
    SnnCost both = SnnCost.of(net, batches);
    assertThat(both.examples()).isEqualTo(4);
    assertThat(both.total().accumulates())
        .isEqualTo(once.total().accumulates() + masked.total().accumulates());
    assertThat(both.layer("lif").spikes())
        .isEqualTo(once.layer("lif").spikes() + masked.layer("lif").spikes());
    assertThat(batches.hasNext()).isFalse();
    assertThatThrownBy(() -> SnnCost.of(net, new ExistingDataSetIterator(List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one batch");
  }

  @Test
  void leavesTheNetworkAsItWas() {
    MultiLayerNetwork net =
        network(
            InputType.recurrent(4, 3, RNNFormat.NWC),
            dense(5),
            new LifLayer.Builder().neuron(RELAY).build(),
            readout(),
            output());
    INDArray x = spikes(RNNFormat.NWC);
    INDArray before = net.output(x).dup();
    SnnCost.of(net, x, MASK);
    assertThat(net.output(x)).isEqualTo(before);
  }

  @Test
  void refusesANetworkThatIsNotInitialised() {
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list(new OutputLayer.Builder().nIn(2).nOut(2).build())
                .build());
    assertThatThrownBy(() -> SnnCost.of(net, Nd4j.ones(1, 2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("init()");
  }

  @Test
  void refusesAnUnknownLayer() {
    MultiLayerNetwork net =
        network(
            InputType.recurrent(4, 3, RNNFormat.NWC),
            dense(5),
            new LifLayer.Builder().neuron(RELAY).name("lif").build(),
            readout(),
            output());
    SnnCost cost = SnnCost.of(net, spikes(RNNFormat.NWC));
    assertThatThrownBy(() -> cost.sum("dense", "none"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[dense, lif, out]")
        .hasMessageContaining("none");
    assertThat(cost.sum("dense", "out").dense()).isEqualTo(40 + 20);
    assertThat(cost.total().ratio())
        .isCloseTo(60.0 / (40 + cost.layer("out").operations()), within(1e-12));
  }
}
