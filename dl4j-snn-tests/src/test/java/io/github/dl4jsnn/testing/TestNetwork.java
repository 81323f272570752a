package io.github.dl4jsnn.testing;

import static io.github.dl4jsnn.testing.TestNetworkData.CLASSES;
import static io.github.dl4jsnn.testing.TestNetworkData.FEATURES;

import io.github.dl4jsnn.conf.BatchNormThroughTimeLayer;
import io.github.dl4jsnn.conf.DotProductDecoderVertex;
import io.github.dl4jsnn.conf.FiringRateRegularizationLayer;
import io.github.dl4jsnn.conf.GraphAttentionVertex;
import io.github.dl4jsnn.conf.GraphConvVertex;
import io.github.dl4jsnn.conf.GraphReadoutVertex;
import io.github.dl4jsnn.conf.GraphReadoutVertex.Pooling;
import io.github.dl4jsnn.conf.HeadMerge;
import io.github.dl4jsnn.conf.LabelledLossLayer;
import io.github.dl4jsnn.conf.LastTimeStepLayer;
import io.github.dl4jsnn.conf.LifLayer;
import io.github.dl4jsnn.conf.NeuronLayer;
import io.github.dl4jsnn.conf.NodeFeatureAttentionLayer;
import io.github.dl4jsnn.conf.PositionalEncodingLayer;
import io.github.dl4jsnn.conf.SpikeDropoutLayer;
import io.github.dl4jsnn.conf.SpikeEncodingLayer;
import io.github.dl4jsnn.conf.SpikeLossLayer;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikingDense;
import io.github.dl4jsnn.conf.SpikingGraphAttentionVertex;
import io.github.dl4jsnn.conf.SpikingGraphConvVertex;
import io.github.dl4jsnn.conf.StfnLayer;
import io.github.dl4jsnn.conf.TemporalEffectiveBatchNormLayer;
import io.github.dl4jsnn.conf.ThresholdBatchNormLayer;
import io.github.dl4jsnn.conf.TrainableEncodingLayer;
import io.github.dl4jsnn.encode.DirectEncoder;
import io.github.dl4jsnn.encode.PoissonEncoder;
import io.github.dl4jsnn.graph.Propagation;
import io.github.dl4jsnn.learning.TetLoss;
import io.github.dl4jsnn.neuron.AdaptiveLif;
import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.LeakyIntegrator;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.ParametricLif;
import io.github.dl4jsnn.neuron.Recurrence;
import io.github.dl4jsnn.neuron.Reset;
import io.github.dl4jsnn.neuron.ResetGradient;
import io.github.dl4jsnn.neuron.Sharing;
import io.github.dl4jsnn.neuron.StfnParameters;
import io.github.dl4jsnn.position.CpgCode;
import io.github.dl4jsnn.position.SinusoidalCode;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
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
  STATIC_LIF(InputType.feedForward(FEATURES)) {
    @Override
    void build(GraphBuilder b, NetworkSettings s) {
      b.addInputs("x")
          .addLayer("dense", new DenseLayer.Builder().nOut(9).dropOut(0.8).build(), "x")
          .addLayer(
              "lif",
              new LifLayer.Builder()
                  .neuron(neuron().toBuilder().reset(Reset.SOFT).build())
                  .timeSteps(5)
                  .backend(s.backend())
                  .build(),
              "dense")
          .addLayer(
              "read",
              new SpikeReadoutLayer.Builder(SpikeReadoutLayer.Mode.MEMBRANE_POTENTIAL)
                  .decay(0.9)
                  .dropOut(0.9)
                  .backend(s.backend())
                  .build(),
              "lif")
          .addLayer("out", softmax(), "read")
          .setOutputs("out");
    }

    @Override
    MultiDataSet data(TestNetworkData d, int steps) {
      return d.perExample(d.staticFeatures());
    }
  },

  /** What DL4J's dense layer puts out, encoded anew in each iteration, time last (NCW). */
  ENCODED_LIF(InputType.feedForward(FEATURES)) {
    @Override
    void build(GraphBuilder b, NetworkSettings s) {
      b.addInputs("x")
          .addLayer(
              "dense", new DenseLayer.Builder().nOut(9).activation(Activation.SIGMOID).build(), "x")
          .addLayer(
              "encode",
              new SpikeEncodingLayer.Builder()
                  .encoder(new PoissonEncoder(3, 2))
                  .timeSteps(5)
                  .dataFormat(RNNFormat.NCW)
                  .build(),
              "dense")
          .addLayer(
              "lif",
              new LifLayer.Builder().neuron(neuron()).dropOut(0.9).backend(s.backend()).build(),
              "encode")
          .addLayer(
              "read",
              new SpikeReadoutLayer.Builder().trainScale(true).backend(s.backend()).build(),
              "lif")
          .addLayer("out", softmax(), "read")
          .setOutputs("out");
    }

    @Override
    MultiDataSet data(TestNetworkData d, int steps) {
      return d.perExample(d.staticFeatures());
    }
  },

  /** A sequence through DL4J's recurrent layer and LIF neurons, time in the middle (NWC). */
  SEQUENCE_LIF(InputType.recurrent(FEATURES, RNNFormat.NWC)) {
    @Override
    void build(GraphBuilder b, NetworkSettings s) {
      b.addInputs("x")
          .addLayer("rnn", rnn(RNNFormat.NWC), "x")
          .addLayer(
              "lif",
              new LifLayer.Builder().neuron(neuron()).dropOut(0.9).backend(s.backend()).build(),
              "rnn")
          .addLayer(
              "read",
              new SpikeReadoutLayer.Builder().trainScale(true).backend(s.backend()).build(),
              "lif")
          .addLayer("out", softmax(), "read")
          .setOutputs("out");
    }

    @Override
    MultiDataSet data(TestNetworkData d, int steps) {
      return d.perExample(d.sequence(steps, RNNFormat.NWC));
    }
  },

  /** The time to the first spike, behind DL4J's recurrent layer (NCW). */
  FIRST_SPIKE(InputType.recurrent(FEATURES, RNNFormat.NCW)) {
    @Override
    void build(GraphBuilder b, NetworkSettings s) {
      b.addInputs("x")
          .addLayer("rnn", rnn(RNNFormat.NCW), "x")
          .addLayer(
              "lif", new LifLayer.Builder().neuron(neuron()).backend(s.backend()).build(), "rnn")
          .addLayer(
              "read",
              new SpikeReadoutLayer.Builder(SpikeReadoutLayer.Mode.FIRST_SPIKE)
                  .trainScale(true)
                  .dropOut(0.9)
                  .backend(s.backend())
                  .build(),
              "lif")
          .addLayer("out", softmax(), "read")
          .setOutputs("out");
    }

    @Override
    MultiDataSet data(TestNetworkData d, int steps) {
      return d.perExample(d.sequence(steps, RNNFormat.NCW));
    }
  },

  /** Positions coded behind the features and added to them (NCW). */
  POSITIONAL_ENCODING(InputType.recurrent(FEATURES, RNNFormat.NCW)) {
    @Override
    void build(GraphBuilder b, NetworkSettings s) {
      CpgCode code = CpgCode.builder().pairs(2).eta(1).build();
      b.addInputs("x")
          .addLayer("rnn", rnn(RNNFormat.NCW), "x")
          .addLayer(
              "behind",
              new PositionalEncodingLayer.Builder()
                  .code(code)
                  .dropOut(0.9)
                  .backend(s.backend())
                  .build(),
              "rnn")
          .addLayer(
              "affine", new SpikingDense.Builder().nOut(6).backend(s.backend()).build(), "behind")
          .addLayer(
              "added",
              new PositionalEncodingLayer.Builder()
                  .code(new SinusoidalCode(6))
                  .merge(PositionalEncodingLayer.Merge.ADD)
                  .backend(s.backend())
                  .build(),
              "affine")
          .addLayer(
              "lif", new LifLayer.Builder().neuron(neuron()).backend(s.backend()).build(), "added")
          .addLayer("read", new SpikeReadoutLayer.Builder().backend(s.backend()).build(), "lif")
          .addLayer("out", softmax(), "read")
          .setOutputs("out");
    }

    @Override
    MultiDataSet data(TestNetworkData d, int steps) {
      return d.perExample(d.sequence(steps, RNNFormat.NCW));
    }
  },

  /** A leaky integrator read at the last step, behind DL4J's recurrent layer (NCW). */
  LAST_TIME_STEP(InputType.recurrent(FEATURES, RNNFormat.NCW)) {
    @Override
    void build(GraphBuilder b, NetworkSettings s) {
      b.addInputs("x")
          .addLayer("rnn", rnn(RNNFormat.NCW), "x")
          .addLayer(
              "lif",
              new NeuronLayer.Builder()
                  .neuron(new LeakyIntegrator(0.8, Sharing.FEATURE, true))
                  .backend(s.backend())
                  .build(),
              "rnn")
          .addLayer(
              "last",
              new LastTimeStepLayer.Builder().dropOut(0.9).backend(s.backend()).build(),
              "lif")
          .addLayer("out", softmax(), "last")
          .setOutputs("out");
    }

    @Override
    MultiDataSet data(TestNetworkData d, int steps) {
      return d.perExample(d.sequence(steps, RNNFormat.NCW));
    }
  },

  /** Neurons of other models, with trained constants and feedback. */
  SEQUENCE_NEURONS(InputType.recurrent(FEATURES, RNNFormat.NWC)) {
    @Override
    void build(GraphBuilder b, NetworkSettings s) {
      b.addInputs("x")
          .addLayer(
              "plif",
              new NeuronLayer.Builder()
                  .neuron(
                      ParametricLif.builder()
                          .threshold(0.3)
                          .surrogate(new ArctanSurrogate())
                          .trainDecay(Sharing.FEATURE)
                          .trainThreshold(Sharing.LAYER)
                          .build())
                  .recurrence(Recurrence.ONE_TO_ONE)
                  .dropOut(0.9)
                  .backend(s.backend())
                  .build(),
              "x")
          .addLayer("rnn", rnn(RNNFormat.NWC), "plif")
          .addLayer(
              "lif",
              new NeuronLayer.Builder()
                  .neuron(
                      AdaptiveLif.builder()
                          .threshold(0.2)
                          .adaptationStrength(0.3)
                          .trainAdaptationDecay(Sharing.LAYER)
                          .build())
                  .recurrence(Recurrence.ALL_TO_ALL)
                  .backend(s.backend())
                  .build(),
              "rnn")
          .addLayer("read", new SpikeReadoutLayer.Builder().backend(s.backend()).build(), "lif")
          .addLayer("out", softmax(), "read")
          .setOutputs("out");
    }

    @Override
    MultiDataSet data(TestNetworkData d, int steps) {
      return d.perExample(d.sequence(steps, RNNFormat.NWC));
    }
  },

  /** A sequence with STFN before the neurons, time last (NCW). */
  SEQUENCE_STFN(InputType.recurrent(FEATURES, RNNFormat.NCW)) {
    @Override
    void build(GraphBuilder b, NetworkSettings s) {
      b.addInputs("x")
          .addLayer("rnn", rnn(RNNFormat.NCW), "x")
          .addLayer("stfn", new StfnLayer.Builder().backend(s.backend()).build(), "rnn")
          .addLayer(
              "lif", new LifLayer.Builder().neuron(neuron()).backend(s.backend()).build(), "stfn")
          .addLayer(
              "read", new SpikeReadoutLayer.Builder().scale(4).backend(s.backend()).build(), "lif")
          .addLayer("out", softmax(), "read")
          .setOutputs("out");
    }

    @Override
    MultiDataSet data(TestNetworkData d, int steps) {
      return d.perExample(d.sequence(steps, RNNFormat.NCW));
    }
  },

  /**
   * Threshold-dependent batch normalisation of a sequence, time last (NCW), regularised rates and
   * dropped spikes.
   */
  SEQUENCE_BATCH_NORM(InputType.recurrent(FEATURES, RNNFormat.NCW)) {
    @Override
    void build(GraphBuilder b, NetworkSettings s) {
      b.addInputs("x")
          .addLayer("rnn", rnn(RNNFormat.NCW), "x")
          .addLayer(
              "norm",
              new ThresholdBatchNormLayer.Builder()
                  .threshold(0.4)
                  .dropOut(0.9)
                  .backend(s.backend())
                  .build(),
              "rnn")
          .addLayer(
              "lif", new LifLayer.Builder().neuron(neuron()).backend(s.backend()).build(), "norm")
          .addLayer(
              "rate",
              new FiringRateRegularizationLayer.Builder()
                  .lower(0.1)
                  .upper(0.3)
                  .backend(s.backend())
                  .build(),
              "lif")
          .addLayer(
              "drop",
              new SpikeDropoutLayer.Builder().dropProbability(0.1).backend(s.backend()).build(),
              "rate")
          .addLayer(
              "read", new SpikeReadoutLayer.Builder().scale(4).backend(s.backend()).build(), "drop")
          .addLayer("out", softmax(), "read")
          .setOutputs("out");
    }

    @Override
    MultiDataSet data(TestNetworkData d, int steps) {
      return d.perExample(d.sequence(steps, RNNFormat.NCW));
    }
  },

  /** Spikes of a static input, through dense layers on spikes, time last (NCW). */
  SPIKING_DENSE(InputType.recurrent(FEATURES, RNNFormat.NCW)) {
    @Override
    void build(GraphBuilder b, NetworkSettings s) {
      b.addInputs("x")
          .addLayer(
              "dense1",
              new SpikingDense.Builder().nOut(57).dropOut(0.9).backend(s.backend()).build(),
              "x")
          .addLayer(
              "lif", new LifLayer.Builder().neuron(neuron()).backend(s.backend()).build(), "dense1")
          .addLayer(
              "dense2",
              new SpikingDense.Builder().nOut(CLASSES).biasInit(0.1).backend(s.backend()).build(),
              "lif")
          .addLayer(
              "read",
              new SpikeReadoutLayer.Builder(SpikeReadoutLayer.Mode.MEMBRANE_POTENTIAL)
                  .decay(0.9)
                  .backend(s.backend())
                  .build(),
              "dense2")
          .addLayer("out", softmax(), "read")
          .setOutputs("out");
    }

    @Override
    MultiDataSet data(TestNetworkData d, int steps) {
      return d.perExample(d.sequence(steps, RNNFormat.NCW));
    }
  },

  /** Batch normalisations with parameters of each step, whose number is inferred. */
  STATIC_STEPWISE_BATCH_NORM(InputType.feedForward(FEATURES)) {
    @Override
    void build(GraphBuilder b, NetworkSettings s) {
      b.addInputs("x")
          .addLayer("dense", new DenseLayer.Builder().nOut(9).build(), "x")
          .addLayer(
              "lif",
              new LifLayer.Builder().neuron(neuron()).timeSteps(5).backend(s.backend()).build(),
              "dense")
          .addLayer(
              "tebn",
              new TemporalEffectiveBatchNormLayer.Builder().backend(s.backend()).build(),
              "lif")
          .addLayer(
              "lif2", new LifLayer.Builder().neuron(neuron()).backend(s.backend()).build(), "tebn")
          .addLayer(
              "bntt",
              new BatchNormThroughTimeLayer.Builder().hasBias(true).backend(s.backend()).build(),
              "lif2")
          .addLayer(
              "read", new SpikeReadoutLayer.Builder().scale(4).backend(s.backend()).build(), "bntt")
          .addLayer("out", softmax(), "read")
          .setOutputs("out");
    }

    @Override
    MultiDataSet data(TestNetworkData d, int steps) {
      return d.perExample(d.staticFeatures());
    }
  },

  /** Images of one column, encoded; time is folded into the batch for DL4J's convolution layers. */
  FOLDED_IMAGES(InputType.convolutionalFlat(FEATURES, 1, 1)) {
    private static final int STEPS = 4;

    @Override
    void build(GraphBuilder b, NetworkSettings s) {
      b.addInputs("x")
          .addLayer(
              "encode",
              new SpikeEncodingLayer.Builder()
                  .encoder(new DirectEncoder())
                  .timeSteps(STEPS)
                  .build(),
              "x")
          .addLayer(
              "conv",
              new ConvolutionLayer.Builder(2, 1).nOut(6).activation(Activation.IDENTITY).build(),
              "encode")
          .addLayer("lif", lif(s).dropOut(0.9).build(), "conv")
          .addLayer(
              "stfn",
              new StfnLayer.Builder().foldedTimeSteps(STEPS).backend(s.backend()).build(),
              "lif")
          .addLayer(
              "pool",
              new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG, new int[] {2, 1})
                  .build(),
              "stfn")
          .addLayer(
              "dense",
              new DenseLayer.Builder().nOut(8).activation(Activation.IDENTITY).build(),
              "pool")
          .addLayer(
              "lif2",
              new NeuronLayer.Builder()
                  .neuron(ParametricLif.of(neuron()))
                  .foldedTimeSteps(STEPS)
                  .backend(s.backend())
                  .build(),
              "dense")
          .addLayer("read", new SpikeReadoutLayer.Builder().backend(s.backend()).build(), "lif2")
          .addLayer("out", softmax(), "read")
          .setOutputs("out");
    }

    private LifLayer.Builder lif(NetworkSettings s) {
      return new LifLayer.Builder().neuron(neuron()).foldedTimeSteps(STEPS).backend(s.backend());
    }

    @Override
    MultiDataSet data(TestNetworkData d, int steps) {
      return d.perExample(d.staticFeatures());
    }
  },

  /** Spiking graph convolutions of static features; parameters sit in vertices alone. */
  STATIC_SPIKING_GRAPH(InputType.feedForward(FEATURES), InputType.feedForward(3)) {
    @Override
    void build(GraphBuilder b, NetworkSettings s) {
      b.addInputs("x", "e")
          .addVertex(
              "gc1",
              new SpikingGraphConvVertex.Builder()
                  .nOut(10)
                  .timeSteps(4)
                  .neuron(neuron())
                  .dropOut(0.8)
                  .backend(s.backend())
                  .build(),
              "x",
              "e")
          .addVertex(
              "gc2",
              new SpikingGraphConvVertex.Builder()
                  .nOut(CLASSES)
                  .neuron(neuron())
                  .stfn(
                      StfnParameters.builder()
                          .affine(StfnParameters.Affine.SCALAR)
                          .rho(1.2)
                          .build())
                  .dropOut(0.9)
                  .dropOutPerStep(true)
                  .backend(s.backend())
                  .build(),
              "gc1",
              "e")
          .addLayer(
              "read", new SpikeReadoutLayer.Builder().scale(5).backend(s.backend()).build(), "gc2")
          .addLayer("out", new LabelledLossLayer.Builder().build(), "read")
          .setOutputs("out");
    }

    @Override
    MultiDataSet data(TestNetworkData d, int steps) {
      return d.perNode(d.staticFeatures(), d.edges());
    }
  },

  /** A sequence a node, time last (NCW), through a spiking and a plain graph convolution. */
  SEQUENCE_SPIKING_GRAPH(InputType.recurrent(FEATURES, RNNFormat.NCW), InputType.feedForward(3)) {
    @Override
    void build(GraphBuilder b, NetworkSettings s) {
      b.addInputs("x", "e")
          .addVertex(
              "gc1",
              new SpikingGraphConvVertex.Builder()
                  .nOut(8)
                  .neuron(neuron())
                  .dropOut(0.9)
                  .backend(s.backend())
                  .build(),
              "x",
              "e")
          .addVertex(
              "gc2",
              new GraphConvVertex.Builder()
                  .nOut(7)
                  .activation(Activation.TANH)
                  .backend(s.backend())
                  .build(),
              "gc1",
              "e")
          .addLayer(
              "read",
              new SpikeReadoutLayer.Builder().trainScale(true).backend(s.backend()).build(),
              "gc2")
          .addLayer("out", softmax(), "read")
          .setOutputs("out");
    }

    @Override
    MultiDataSet data(TestNetworkData d, int steps) {
      return d.perNode(d.sequence(steps, RNNFormat.NCW), d.edges());
    }
  },

  /** The two-layer graph convolutional network without neurons; parameters in vertices alone. */
  PLAIN_GRAPH(InputType.feedForward(FEATURES), InputType.feedForward(3)) {
    @Override
    void build(GraphBuilder b, NetworkSettings s) {
      b.addInputs("x", "e")
          .addVertex(
              "gc1",
              new GraphConvVertex.Builder().nOut(8).dropOut(0.8).backend(s.backend()).build(),
              "x",
              "e")
          .addVertex(
              "gc2",
              new GraphConvVertex.Builder()
                  .nOut(CLASSES)
                  .activation(Activation.IDENTITY)
                  .backend(s.backend())
                  .build(),
              "gc1",
              "e")
          .addLayer("out", new LabelledLossLayer.Builder().build(), "gc2")
          .setOutputs("out");
    }

    @Override
    MultiDataSet data(TestNetworkData d, int steps) {
      return d.perNode(d.staticFeatures(), d.edges());
    }
  },

  /** Every propagation but the default, with residual connections. */
  PROPAGATIONS(InputType.feedForward(FEATURES), InputType.feedForward(3)) {
    @Override
    void build(GraphBuilder b, NetworkSettings s) {
      b.addInputs("x", "e")
          .addVertex(
              "gc1", spiking(Propagation.mean(), s).timeSteps(4).dropOut(0.9).build(), "x", "e")
          .addVertex("gc2", spiking(Propagation.max(), s).residual(true).build(), "gc1", "e")
          .addVertex(
              "gc3", spiking(Propagation.sum(), s).nOut(6).residual(true).build(), "gc2", "e")
          .addVertex("gc4", spiking(Propagation.gin(0.1, true), s).build(), "gc3", "e")
          .addVertex(
              "gc5",
              new GraphConvVertex.Builder()
                  .nOut(CLASSES)
                  .propagation(Propagation.chebyshev(3))
                  .activation(Activation.IDENTITY)
                  .backend(s.backend())
                  .build(),
              "gc4",
              "e")
          .addLayer(
              "read",
              new SpikeReadoutLayer.Builder(SpikeReadoutLayer.Mode.MEMBRANE_POTENTIAL)
                  .backend(s.backend())
                  .build(),
              "gc5")
          .addLayer("out", new LabelledLossLayer.Builder().build(), "read")
          .setOutputs("out");
    }

    private SpikingGraphConvVertex.Builder spiking(Propagation p, NetworkSettings s) {
      return new SpikingGraphConvVertex.Builder()
          .nOut(8)
          .neuron(neuron())
          .propagation(p)
          .backend(s.backend());
    }

    @Override
    MultiDataSet data(TestNetworkData d, int steps) {
      return d.perNode(d.staticFeatures(), d.edges());
    }
  },

  /** Static values encoded by trained neurons, time last (NCW). */
  TRAINED_ENCODING(InputType.feedForward(FEATURES)) {
    @Override
    void build(GraphBuilder b, NetworkSettings s) {
      b.addInputs("x")
          .addLayer(
              "lif",
              new TrainableEncodingLayer.Builder()
                  .nOut(9)
                  .neuron(neuron())
                  .timeSteps(5)
                  .dataFormat(RNNFormat.NCW)
                  .dropOut(0.95)
                  .backend(s.backend())
                  .build(),
              "x")
          .addLayer(
              "read", new SpikeReadoutLayer.Builder().scale(4).backend(s.backend()).build(), "lif")
          .addLayer("out", softmax(), "read")
          .setOutputs("out");
    }

    @Override
    MultiDataSet data(TestNetworkData d, int steps) {
      return d.perExample(d.staticFeatures());
    }
  },

  /** A loss that sees every step of the last neurons, time last (NCW). */
  SEQUENCE_LOSS(InputType.recurrent(FEATURES, RNNFormat.NCW)) {
    @Override
    void build(GraphBuilder b, NetworkSettings s) {
      b.addInputs("x")
          .addLayer("rnn", rnn(RNNFormat.NCW), "x")
          .addLayer(
              "lif", new LifLayer.Builder().neuron(neuron()).backend(s.backend()).build(), "rnn")
          .addLayer(
              "current", new LSTM.Builder().nOut(CLASSES).dataFormat(RNNFormat.NCW).build(), "lif")
          .addLayer(
              "out",
              new SpikeLossLayer.Builder(new TetLoss(0.02, 0.1))
                  .classWeights(0.9, 1, 1.2)
                  .dropOut(0.95)
                  .build(),
              "current")
          .setOutputs("out");
    }

    @Override
    MultiDataSet data(TestNetworkData d, int steps) {
      return d.perExample(d.sequence(steps, RNNFormat.NCW));
    }
  },

  /**
   * Spiking graph convolutions right before a loss of their counts; parameters in vertices alone.
   */
  GRAPH_LOSS(InputType.feedForward(FEATURES), InputType.feedForward(3)) {
    @Override
    void build(GraphBuilder b, NetworkSettings s) {
      b.addInputs("x", "e")
          .addVertex(
              "gc1",
              new SpikingGraphConvVertex.Builder()
                  .nOut(CLASSES)
                  .timeSteps(4)
                  .neuron(neuron())
                  .backend(s.backend())
                  .build(),
              "x",
              "e")
          .addLayer("out", new SpikeLossLayer.Builder().build(), "gc1")
          .setOutputs("out");
    }

    @Override
    MultiDataSet data(TestNetworkData d, int steps) {
      return d.perNode(d.staticFeatures(), d.edges());
    }
  },

  /** Attention over features and nodes, on static features, spikes and their currents (NCW). */
  NODE_FEATURE_ATTENTION(InputType.feedForward(FEATURES), InputType.feedForward(3)) {
    @Override
    void build(GraphBuilder b, NetworkSettings s) {
      b.addInputs("x", "e")
          .addLayer(
              "gate0",
              new NodeFeatureAttentionLayer.Builder().reduction(2).backend(s.backend()).build(),
              "x")
          .addVertex(
              "gc1",
              new SpikingGraphConvVertex.Builder()
                  .nOut(9)
                  .timeSteps(4)
                  .neuron(neuron())
                  .dataFormat(RNNFormat.NCW)
                  .backend(s.backend())
                  .build(),
              "gate0",
              "e")
          .addLayer(
              "gate1",
              new NodeFeatureAttentionLayer.Builder().dropOut(0.9).backend(s.backend()).build(),
              "gc1")
          .addVertex(
              "gc2",
              new GraphConvVertex.Builder()
                  .nOut(CLASSES)
                  .activation(Activation.IDENTITY)
                  .backend(s.backend())
                  .build(),
              "gate1",
              "e")
          .addLayer(
              "gate2",
              new NodeFeatureAttentionLayer.Builder()
                  .nodeAttention(false)
                  .squeeze(NodeFeatureAttentionLayer.Squeeze.GRAPH)
                  .backend(s.backend())
                  .build(),
              "gc2")
          .addLayer(
              "read",
              new SpikeReadoutLayer.Builder(SpikeReadoutLayer.Mode.MEMBRANE_POTENTIAL)
                  .backend(s.backend())
                  .build(),
              "gate2")
          .addLayer("out", new LabelledLossLayer.Builder().build(), "read")
          .setOutputs("out");
    }

    @Override
    MultiDataSet data(TestNetworkData d, int steps) {
      return d.perNode(d.staticFeatures(), d.edges());
    }
  },

  /** Spiking graph attention of static features, then plain attention whose heads are averaged. */
  GRAPH_ATTENTION(InputType.feedForward(FEATURES), InputType.feedForward(3)) {
    @Override
    void build(GraphBuilder b, NetworkSettings s) {
      b.addInputs("x", "e")
          .addVertex(
              "gc1",
              new SpikingGraphAttentionVertex.Builder()
                  .nOut(9)
                  .heads(3)
                  .timeSteps(4)
                  .neuron(neuron())
                  .dropOut(0.9)
                  .attentionDropOut(0.9)
                  .backend(s.backend())
                  .build(),
              "x",
              "e")
          .addVertex(
              "gc2",
              new GraphAttentionVertex.Builder()
                  .nOut(CLASSES)
                  .heads(2)
                  .headMerge(HeadMerge.MEAN)
                  .activation(Activation.IDENTITY)
                  .attentionDropOut(0.9)
                  .dropOutPerStep(true)
                  .backend(s.backend())
                  .build(),
              "gc1",
              "e")
          .addLayer(
              "read",
              new SpikeReadoutLayer.Builder(SpikeReadoutLayer.Mode.MEMBRANE_POTENTIAL)
                  .backend(s.backend())
                  .build(),
              "gc2")
          .addLayer("out", new LabelledLossLayer.Builder().build(), "read")
          .setOutputs("out");
    }

    @Override
    MultiDataSet data(TestNetworkData d, int steps) {
      return d.perNode(d.staticFeatures(), d.edges());
    }
  },

  /** Differences along a series, as spikes (NCW). */
  DIFFERENCE(InputType.recurrent(FEATURES, RNNFormat.NCW)) {
    @Override
    void build(GraphBuilder b, NetworkSettings s) {
      SeriesNetworks.difference(b, s);
    }

    @Override
    MultiDataSet data(TestNetworkData d, int steps) {
      return d.perExample(d.sequence(steps, RNNFormat.NCW));
    }
  },

  /** Differences of a series from its level, as spikes. */
  SERIES_LEVEL(InputType.recurrent(FEATURES, RNNFormat.NWC)) {
    @Override
    void build(GraphBuilder b, NetworkSettings s) {
      SeriesNetworks.level(b, s);
    }

    @Override
    MultiDataSet data(TestNetworkData d, int steps) {
      return d.perExample(d.sequence(steps, RNNFormat.NWC));
    }
  },

  /** Spiking self-attention, with residual connections of spikes (NCW). */
  SPIKING_ATTENTION(InputType.recurrent(FEATURES, RNNFormat.NCW)) {
    @Override
    void build(GraphBuilder b, NetworkSettings s) {
      AttentionNetworks.spiking(b, s, softmax());
    }

    @Override
    MultiDataSet data(TestNetworkData d, int steps) {
      return d.perExample(d.sequence(steps, RNNFormat.NCW));
    }
  },

  /** Softmax attention between affine maps (NWC). */
  SOFTMAX_ATTENTION(InputType.recurrent(FEATURES, RNNFormat.NWC)) {
    @Override
    void build(GraphBuilder b, NetworkSettings s) {
      AttentionNetworks.softmax(b, s, softmax());
    }

    @Override
    MultiDataSet data(TestNetworkData d, int steps) {
      return d.perExample(d.sequence(steps, RNNFormat.NWC));
    }
  },

  /** T steps on each position: linear maps with and without a positional code. */
  SPIKING_LINEAR(InputType.recurrent(FEATURES, RNNFormat.NWC)) {
    @Override
    void build(GraphBuilder b, NetworkSettings s) {
      SpikingMapNetworks.linear(b, s);
    }

    @Override
    MultiDataSet data(TestNetworkData d, int steps) {
      return d.perExample(d.sequence(steps, RNNFormat.NWC));
    }
  },

  /** T steps on each position: convolutions over positions (NCW). */
  SPIKING_CONV1D(InputType.recurrent(FEATURES, RNNFormat.NCW)) {
    @Override
    void build(GraphBuilder b, NetworkSettings s) {
      SpikingMapNetworks.convolution(b, s);
    }

    @Override
    MultiDataSet data(TestNetworkData d, int steps) {
      return d.perExample(d.sequence(steps, RNNFormat.NCW));
    }
  },

  /** Recurrence over positions, with a positional code, trained neurons, and without (NCW). */
  SPIKE_RECURRENT(InputType.recurrent(FEATURES, RNNFormat.NCW)) {
    @Override
    void build(GraphBuilder b, NetworkSettings s) {
      RecurrentNetworks.spikeRecurrent(b, s);
    }

    @Override
    MultiDataSet data(TestNetworkData d, int steps) {
      return d.perExample(d.sequence(RecurrentNetworks.TIME_STEPS * steps, RNNFormat.NCW));
    }
  },

  /** Whole graphs: spikes of their nodes are pooled, once by attention and once by the mean. */
  GRAPH_READOUT(
      InputType.feedForward(FEATURES), InputType.feedForward(3), InputType.feedForward(1)) {
    @Override
    void build(GraphBuilder b, NetworkSettings s) {
      b.addInputs("x", "e", "membership")
          .addVertex(
              "gc1",
              new SpikingGraphConvVertex.Builder()
                  .nOut(8)
                  .timeSteps(4)
                  .neuron(neuron())
                  .dataFormat(RNNFormat.NCW)
                  .backend(s.backend())
                  .build(),
              "x",
              "e")
          .addVertex("pool", pooling(Pooling.ATTENTION, s), "gc1", "membership")
          .addLayer("rate", new SpikeReadoutLayer.Builder().backend(s.backend()).build(), "pool")
          .addVertex("gc2", mean(s), "x", "e")
          .addVertex("pool2", pooling(Pooling.MEAN, s), "gc2", "membership")
          .addLayer("out", softmax(), "rate", "pool2")
          .setOutputs("out");
    }

    private GraphReadoutVertex pooling(Pooling pooling, NetworkSettings s) {
      return new GraphReadoutVertex.Builder(pooling).backend(s.backend()).build();
    }

    private GraphConvVertex mean(NetworkSettings s) {
      return new GraphConvVertex.Builder().nOut(4).backend(s.backend()).build();
    }

    @Override
    MultiDataSet data(TestNetworkData d, int steps) {
      return d.perGraph();
    }
  },

  /** Link prediction: products of the firing rates of nodes; parameters in vertices alone. */
  LINK_PREDICTION(
      InputType.feedForward(FEATURES), InputType.feedForward(3), InputType.feedForward(2)) {
    @Override
    void build(GraphBuilder b, NetworkSettings s) {
      b.addInputs("x", "e", "pairs")
          .addVertex(
              "gc1",
              new SpikingGraphConvVertex.Builder()
                  .nOut(8)
                  .timeSteps(4)
                  .neuron(neuron())
                  .backend(s.backend())
                  .build(),
              "x",
              "e")
          .addLayer("rate", new SpikeReadoutLayer.Builder().backend(s.backend()).build(), "gc1")
          .addVertex(
              "decoder",
              new DotProductDecoderVertex.Builder()
                  .scale(2)
                  .trainScale(true)
                  .trainBias(true)
                  .backend(s.backend())
                  .build(),
              "rate",
              "pairs")
          .addLayer(
              "out",
              new LossLayer.Builder(LossFunction.XENT).activation(Activation.SIGMOID).build(),
              "decoder")
          .setOutputs("out");
    }

    @Override
    MultiDataSet data(TestNetworkData d, int steps) {
      return d.perPair(d.staticFeatures(), d.edges());
    }
  },

  /** Convolutions, normalisation and pooling of images by this library, and a vote. */
  SPIKING_IMAGES(InputType.convolutionalFlat(FEATURES, 1, 1)) {
    @Override
    void build(GraphBuilder b, NetworkSettings s) {
      ImageNetworks.spikingImages(b, s, CLASSES);
    }

    @Override
    MultiDataSet data(TestNetworkData d, int steps) {
      return d.perExample(d.staticFeatures());
    }
  };

  private final InputType[] inputTypes;

  TestNetwork(InputType... inputTypes) {
    this.inputTypes = inputTypes;
  }

  abstract void build(GraphBuilder b, NetworkSettings s);

  abstract MultiDataSet data(TestNetworkData d, int steps);

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
    build(b, settings);
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
    return data(new TestNetworkData(type, examples, seed), steps);
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
