package io.github.dl4jsnn.testing;

import static io.github.dl4jsnn.testing.TestNetworkData.CLASSES;
import static io.github.dl4jsnn.testing.TestNetworkData.FEATURES;

import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.ResetGradient;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Small networks that together hold every layer and vertex of the library, beside layers of DL4J,
 * with data for them. A contract test runs once for each; a new layer is covered by adding a
 * network here.
 */
public enum TestNetwork {
  /** A static input through DL4J's dense layer, held as a current by LIF neurons. */
  STATIC_LIF(
      NeuronNetworks::staticLif,
      (d, steps) -> d.perExample(d.staticFeatures()),
      InputType.feedForward(FEATURES)),

  /** What DL4J's dense layer puts out, encoded anew in each iteration, time last (NCW). */
  ENCODED_LIF(
      NeuronNetworks::encodedLif,
      (d, steps) -> d.perExample(d.staticFeatures()),
      InputType.feedForward(FEATURES)),

  /** A sequence through DL4J's recurrent layer and LIF neurons, time in the middle (NWC). */
  SEQUENCE_LIF(
      NeuronNetworks::sequenceLif,
      (d, steps) -> d.perExample(d.sequence(steps, RNNFormat.NWC)),
      InputType.recurrent(FEATURES, RNNFormat.NWC)),

  /** The time to the first spike, behind DL4J's recurrent layer (NCW). */
  FIRST_SPIKE(
      NeuronNetworks::firstSpike,
      (d, steps) -> d.perExample(d.sequence(steps, RNNFormat.NCW)),
      InputType.recurrent(FEATURES, RNNFormat.NCW)),

  /** Positions coded behind the features and added to them (NCW). */
  POSITIONAL_ENCODING(
      NeuronNetworks::positionalEncoding,
      (d, steps) -> d.perExample(d.sequence(steps, RNNFormat.NCW)),
      InputType.recurrent(FEATURES, RNNFormat.NCW)),

  /** A leaky integrator read at the last step, behind DL4J's recurrent layer (NCW). */
  LAST_TIME_STEP(
      NeuronNetworks::lastTimeStep,
      (d, steps) -> d.perExample(d.sequence(steps, RNNFormat.NCW)),
      InputType.recurrent(FEATURES, RNNFormat.NCW)),

  /** Neurons of other models, with trained constants and feedback. */
  SEQUENCE_NEURONS(
      NeuronNetworks::sequenceNeurons,
      (d, steps) -> d.perExample(d.sequence(steps, RNNFormat.NWC)),
      InputType.recurrent(FEATURES, RNNFormat.NWC)),

  /** A sequence with STFN before the neurons, time last (NCW). */
  SEQUENCE_STFN(
      LayerNetworks::sequenceStfn,
      (d, steps) -> d.perExample(d.sequence(steps, RNNFormat.NCW)),
      InputType.recurrent(FEATURES, RNNFormat.NCW)),

  /**
   * Threshold-dependent batch normalisation of a sequence, time last (NCW), regularised rates and
   * dropped spikes.
   */
  SEQUENCE_BATCH_NORM(
      LayerNetworks::sequenceBatchNorm,
      (d, steps) -> d.perExample(d.sequence(steps, RNNFormat.NCW)),
      InputType.recurrent(FEATURES, RNNFormat.NCW)),

  /** Spikes of a static input, through dense layers on spikes, time last (NCW). */
  SPIKING_DENSE(
      LayerNetworks::spikingDense,
      (d, steps) -> d.perExample(d.sequence(steps, RNNFormat.NCW)),
      InputType.recurrent(FEATURES, RNNFormat.NCW)),

  /** Batch normalisations with parameters of each step, whose number is inferred. */
  STATIC_STEPWISE_BATCH_NORM(
      LayerNetworks::staticStepwiseBatchNorm,
      (d, steps) -> d.perExample(d.staticFeatures()),
      InputType.feedForward(FEATURES)),

  /** Images of one column, encoded; time is folded into the batch for DL4J's convolution layers. */
  FOLDED_IMAGES(
      LayerNetworks::foldedImages,
      (d, steps) -> d.perExample(d.staticFeatures()),
      InputType.convolutionalFlat(FEATURES, 1, 1)),

  /** Spiking graph convolutions of static features; parameters sit in vertices alone. */
  STATIC_SPIKING_GRAPH(
      GraphNetworks::staticSpikingGraph,
      (d, steps) -> d.perNode(d.staticFeatures(), d.edges()),
      InputType.feedForward(FEATURES),
      InputType.feedForward(3)),

  /** A sequence a node, time last (NCW), through a spiking and a plain graph convolution. */
  SEQUENCE_SPIKING_GRAPH(
      GraphNetworks::sequenceSpikingGraph,
      (d, steps) -> d.perNode(d.sequence(steps, RNNFormat.NCW), d.edges()),
      InputType.recurrent(FEATURES, RNNFormat.NCW),
      InputType.feedForward(3)),

  /** The two-layer graph convolutional network without neurons; parameters in vertices alone. */
  PLAIN_GRAPH(
      GraphNetworks::plainGraph,
      (d, steps) -> d.perNode(d.staticFeatures(), d.edges()),
      InputType.feedForward(FEATURES),
      InputType.feedForward(3)),

  /** Every propagation but the default, with residual connections. */
  PROPAGATIONS(
      GraphNetworks::propagations,
      (d, steps) -> d.perNode(d.staticFeatures(), d.edges()),
      InputType.feedForward(FEATURES),
      InputType.feedForward(3)),

  /** Static values encoded by trained neurons, time last (NCW). */
  TRAINED_ENCODING(
      LayerNetworks::trainedEncoding,
      (d, steps) -> d.perExample(d.staticFeatures()),
      InputType.feedForward(FEATURES)),

  /** A loss that sees every step of the last neurons, time last (NCW). */
  SEQUENCE_LOSS(
      LayerNetworks::sequenceLoss,
      (d, steps) -> d.perExample(d.sequence(steps, RNNFormat.NCW)),
      InputType.recurrent(FEATURES, RNNFormat.NCW)),

  /**
   * Spiking graph convolutions right before a loss of their counts; parameters in vertices alone.
   */
  GRAPH_LOSS(
      GraphTaskNetworks::graphLoss,
      (d, steps) -> d.perNode(d.staticFeatures(), d.edges()),
      InputType.feedForward(FEATURES),
      InputType.feedForward(3)),

  /** Attention over features and nodes, on static features, spikes and their currents (NCW). */
  NODE_FEATURE_ATTENTION(
      GraphNetworks::nodeFeatureAttention,
      (d, steps) -> d.perNode(d.staticFeatures(), d.edges()),
      InputType.feedForward(FEATURES),
      InputType.feedForward(3)),

  /** Spiking graph attention of static features, then plain attention whose heads are averaged. */
  GRAPH_ATTENTION(
      GraphNetworks::graphAttention,
      (d, steps) -> d.perNode(d.staticFeatures(), d.edges()),
      InputType.feedForward(FEATURES),
      InputType.feedForward(3)),

  /** Differences along a series, as spikes (NCW). */
  DIFFERENCE(
      SeriesNetworks::difference,
      (d, steps) -> d.perExample(d.sequence(steps, RNNFormat.NCW)),
      InputType.recurrent(FEATURES, RNNFormat.NCW)),

  /** Differences of a series from its level, as spikes. */
  SERIES_LEVEL(
      SeriesNetworks::level,
      (d, steps) -> d.perExample(d.sequence(steps, RNNFormat.NWC)),
      InputType.recurrent(FEATURES, RNNFormat.NWC)),

  /** Spiking self-attention, with residual connections of spikes (NCW). */
  SPIKING_ATTENTION(
      (b, s) -> AttentionNetworks.spiking(b, s, softmax()),
      (d, steps) -> d.perExample(d.sequence(steps, RNNFormat.NCW)),
      InputType.recurrent(FEATURES, RNNFormat.NCW)),

  /** Softmax attention between affine maps (NWC). */
  SOFTMAX_ATTENTION(
      (b, s) -> AttentionNetworks.softmax(b, s, softmax()),
      (d, steps) -> d.perExample(d.sequence(steps, RNNFormat.NWC)),
      InputType.recurrent(FEATURES, RNNFormat.NWC)),

  /** T steps on each position: linear maps with and without a positional code. */
  SPIKING_LINEAR(
      SpikingMapNetworks::linear,
      (d, steps) -> d.perExample(d.sequence(steps, RNNFormat.NWC)),
      InputType.recurrent(FEATURES, RNNFormat.NWC)),

  /** T steps on each position: convolutions over positions (NCW). */
  SPIKING_CONV1D(
      SpikingMapNetworks::convolution,
      (d, steps) -> d.perExample(d.sequence(steps, RNNFormat.NCW)),
      InputType.recurrent(FEATURES, RNNFormat.NCW)),

  /** Recurrence over positions, with a positional code, trained neurons, and without (NCW). */
  SPIKE_RECURRENT(
      RecurrentNetworks::spikeRecurrent,
      (d, steps) -> d.perExample(d.sequence(RecurrentNetworks.TIME_STEPS * steps, RNNFormat.NCW)),
      InputType.recurrent(FEATURES, RNNFormat.NCW)),

  /** Whole graphs: spikes of their nodes are pooled, once by attention and once by the mean. */
  GRAPH_READOUT(
      GraphTaskNetworks::graphReadout,
      (d, steps) -> d.perGraph(),
      InputType.feedForward(FEATURES),
      InputType.feedForward(3),
      InputType.feedForward(1)),

  /** Link prediction: products of the firing rates of nodes; parameters in vertices alone. */
  LINK_PREDICTION(
      GraphTaskNetworks::linkPrediction,
      (d, steps) -> d.perPair(d.staticFeatures(), d.edges()),
      InputType.feedForward(FEATURES),
      InputType.feedForward(3),
      InputType.feedForward(2)),

  /** Convolutions, normalisation and pooling of images by this library, and a vote. */
  SPIKING_IMAGES(
      (b, s) -> ImageNetworks.spikingImages(b, s, CLASSES),
      (d, steps) -> d.perExample(d.staticFeatures()),
      InputType.convolutionalFlat(FEATURES, 1, 1));

  /** Adds the layers and vertices of a network, and sets its inputs and outputs. */
  private interface Body {
    void addTo(GraphBuilder b, NetworkSettings s);
  }

  /** A batch. */
  private interface Data {
    MultiDataSet of(TestNetworkData d, int steps);
  }

  private final Body body;
  private final Data data;
  private final InputType[] inputTypes;

  TestNetwork(Body body, Data data, InputType... inputTypes) {
    this.body = body;
    this.data = data;
    this.inputTypes = inputTypes;
  }

  /** Whether the second input is an edge list. */
  public boolean isGraph() {
    return inputTypes.length > 1;
  }

  /** Types of its inputs, with the length of sequences. */
  public InputType[] inputTypes(int steps) {
    InputType[] types = inputTypes.clone();
    if (types[0] instanceof InputType.InputTypeRecurrent) {
      RNNFormat format = ((InputType.InputTypeRecurrent) types[0]).getFormat();
      types[0] = InputType.recurrent(FEATURES, steps, format);
    }
    return types;
  }

  /** Columns of its output. */
  public int outputs() {
    return this == LINK_PREDICTION ? 1 : CLASSES;
  }

  /** Name of a layer or vertex with activations of a sequence, or of any if there is none. */
  public String hiddenLayer() {
    return isGraph() ? "gc1" : "lif";
  }

  /** A new network, initialised from a fixed seed. */
  public ComputationGraph create(NetworkSettings settings) {
    GraphBuilder b = settings.start().graphBuilder();
    body.addTo(b, settings);
    b.setInputTypes(inputTypes);
    ComputationGraph net = new ComputationGraph(b.build());
    net.init();
    return net;
  }

  public ComputationGraph create() {
    return create(NetworkSettings.defaults());
  }

  /** A batch of examples (or a graph of nodes) drawn from a seed; equal arguments, equal data. */
  public MultiDataSet data(DataType type, int examples, int steps, long seed) {
    return data.of(new TestNetworkData(type, examples, seed), steps);
  }

  /** The usual batch. */
  public MultiDataSet data(DataType type) {
    return data(type, 11, 6, 1);
  }

  static LifParameters neuron() {
    return LifParameters.builder()
        .decay(0.7)
        .threshold(0.4)
        .resetGradient(ResetGradient.EXACT)
        .surrogate(new ArctanSurrogate(1.5))
        .build();
  }

  static LSTM rnn(RNNFormat format) {
    return new LSTM.Builder().nOut(8).dataFormat(format).activation(Activation.TANH).build();
  }

  static OutputLayer softmax() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(CLASSES)
        .activation(Activation.SOFTMAX)
        .build();
  }
}
