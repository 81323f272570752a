package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jsnn.encode.DirectEncoder;
import io.github.dl4jsnn.encode.PoissonEncoder;
import io.github.dl4jsnn.graph.Propagation;
import io.github.dl4jsnn.learning.TetLoss;
import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.Firing;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.RectangularSurrogate;
import io.github.dl4jsnn.neuron.Recurrence;
import io.github.dl4jsnn.neuron.Reset;
import io.github.dl4jsnn.neuron.ResetGradient;
import io.github.dl4jsnn.neuron.StfnParameters;
import io.github.dl4jsnn.neuron.SynapticLif;
import io.github.dl4jsnn.position.RandomCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.constraint.NonNegativeConstraint;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.weights.WeightInitUniform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * No field of a configuration is lost on the way through JSON, YAML, clone and serialization, and
 * each counts in equality. A field or option added later fails here until it is covered.
 */
class ConfigurationFieldsTest {

  /** A configuration class: a builder of the default, and what changes each of its options. */
  enum Kind {
    LIF(LifLayer.Builder::new) {
      @Override
      void options(Options<?> o) {
        Options<LifLayer.Builder> lif = o.as();
        layer(lif);
        lif.add("neuron", b -> b.neuron(neuron()));
        lif.add("timeSteps", b -> b.timeSteps(7));
        lif.add("nIn", b -> b.nIn(SIZE));
      }
    },
    NEURON(NeuronLayer.Builder::new) {
      @Override
      void options(Options<?> o) {
        Options<NeuronLayer.Builder> n = o.as();
        layer(n);
        n.add("neuron", b -> b.neuron(SynapticLif.builder().currentDecay(0.3).build()));
        n.add("recurrence", b -> b.recurrence(Recurrence.ALL_TO_ALL));
        n.add("timeSteps", b -> b.timeSteps(7));
        n.add("nIn", b -> b.nIn(SIZE));
      }
    },
    STFN(StfnLayer.Builder::new) {
      @Override
      void options(Options<?> o) {
        Options<StfnLayer.Builder> stfn = o.as();
        layer(stfn);
        stfn.add("stfn", b -> b.stfn(Kind.stfn()));
        stfn.add("threshold", b -> b.threshold(0.3));
        stfn.add("nIn", b -> b.nIn(SIZE));
      }
    },
    NODE_FEATURE_ATTENTION(NodeFeatureAttentionLayer.Builder::new) {
      @Override
      void options(Options<?> o) {
        Options<NodeFeatureAttentionLayer.Builder> attention = o.as();
        layer(attention);
        attention.add("featureAttention", b -> b.featureAttention(false));
        attention.add("nodeAttention", b -> b.featureAttention(true).nodeAttention(false));
        attention.add("squeeze", b -> b.squeeze(NodeFeatureAttentionLayer.Squeeze.GRAPH));
        attention.add("reduction", b -> b.reduction(2));
        attention.add("nIn", b -> b.nIn(SIZE));
      }
    },
    TDBN(ThresholdBatchNormLayer.Builder::new) {
      @Override
      void options(Options<?> o) {
        Options<ThresholdBatchNormLayer.Builder> norm = o.as();
        batchNorm(norm);
        norm.add("threshold", b -> b.threshold(0.3));
        norm.add("alpha", b -> b.alpha(0.7));
      }
    },
    TEBN(TemporalEffectiveBatchNormLayer.Builder::new) {
      @Override
      void options(Options<?> o) {
        Options<TemporalEffectiveBatchNormLayer.Builder> norm = o.as();
        batchNorm(norm);
        norm.add("timeSteps", b -> b.timeSteps(6));
      }
    },
    BNTT(BatchNormThroughTimeLayer.Builder::new) {
      @Override
      void options(Options<?> o) {
        Options<BatchNormThroughTimeLayer.Builder> norm = o.as();
        batchNorm(norm);
        norm.add("timeSteps", b -> b.timeSteps(6));
        norm.add("hasBias", b -> b.hasBias(true));
      }
    },
    SPIKE_DROPOUT(SpikeDropoutLayer.Builder::new) {
      @Override
      void options(Options<?> o) {
        Options<SpikeDropoutLayer.Builder> drop = o.as();
        layer(drop);
        drop.add("dropProbability", b -> b.dropProbability(0.2));
      }
    },
    VOTING(() -> new VotingLayer.Builder().votes(1)) {
      @Override
      void options(Options<?> o) {
        Options<VotingLayer.Builder> vote = o.as();
        layer(vote);
        vote.add("votes", b -> b.votes(2));
      }
    },
    FIRING_RATE(FiringRateRegularizationLayer.Builder::new) {
      @Override
      void options(Options<?> o) {
        Options<FiringRateRegularizationLayer.Builder> rate = o.as();
        layer(rate);
        rate.add("lower", b -> b.lower(0.1));
        rate.add("upper", b -> b.upper(0.3));
        rate.add("coefficient", b -> b.coefficient(7));
      }
    },
    READOUT(SpikeReadoutLayer.Builder::new) {
      @Override
      void options(Options<?> o) {
        Options<SpikeReadoutLayer.Builder> read = o.as();
        layer(read);
        read.add("mode", b -> b.mode(SpikeReadoutLayer.Mode.MEMBRANE_POTENTIAL));
        read.add("firstSpike", b -> b.mode(SpikeReadoutLayer.Mode.FIRST_SPIKE));
        read.add("decay", b -> b.mode(SpikeReadoutLayer.Mode.MEMBRANE_POTENTIAL).decay(0.8));
        read.add("scale", b -> b.scale(-2));
        read.add("trainScale", b -> b.trainScale(true));
      }
    },
    SPIKING_DENSE(() -> new SpikingDense.Builder().nOut(2)) {
      @Override
      void options(Options<?> o) {
        Options<SpikingDense.Builder> dense = o.as();
        layer(dense);
        dense.add("nIn", b -> b.nIn(SIZE));
        dense.add("nOut", b -> b.nOut(3));
        dense.add("hasBias", b -> b.hasBias(false));
        dense.add("biasInit", b -> b.biasInit(0.2));
        dense.add("weightInit", b -> b.weightInit(WeightInit.UNIFORM));
        dense.add("paramWeightInit", b -> b.weightInit("W", new WeightInitUniform()));
        dense.add("constrainWeights", b -> b.constrainWeights(new NonNegativeConstraint()));
      }
    },
    POSITIONAL_ENCODING(PositionalEncodingLayer.Builder::new) {
      @Override
      void options(Options<?> o) {
        Options<PositionalEncodingLayer.Builder> position = o.as();
        layer(position);
        position.add("code", b -> b.code(new RandomCode(4, 0.5, 1)));
        position.add("merge", b -> b.merge(PositionalEncodingLayer.Merge.ADD));
      }
    },
    SPIKE_RECURRENT(() -> new SpikeRecurrent.Builder().nOut(2).timeSteps(1)) {
      @Override
      void options(Options<?> o) {
        Options<SpikeRecurrent.Builder> recurrent = o.as();
        layer(recurrent);
        recurrent.add("nIn", b -> b.nIn(SIZE));
        recurrent.add("nOut", b -> b.nOut(3));
        recurrent.add("timeSteps", b -> b.timeSteps(3));
        recurrent.add("hasBias", b -> b.hasBias(false));
        recurrent.add("neuron", b -> b.neuron(SynapticLif.builder().threshold(0.3).build()));
        recurrent.add("positionalCode", b -> b.positionalCode(new RandomCode(4, 0.5, 1)));
        recurrent.add("weightInit", b -> b.weightInit(WeightInit.UNIFORM));
      }
    },
    SPIKING_ATTENTION(() -> new SpikingAttention.Builder().timeSteps(1).heads(1)) {
      @Override
      void options(Options<?> o) {
        Options<SpikingAttention.Builder> attention = o.as();
        layer(attention);
        attention.add("timeSteps", b -> b.timeSteps(2));
        attention.add("heads", b -> b.heads(2));
        attention.add("scale", b -> b.scale(0.2));
        attention.add("neuron", b -> b.neuron(neuron()));
      }
    },
    SOFTMAX_ATTENTION(() -> new SoftmaxAttention.Builder().heads(1)) {
      @Override
      void options(Options<?> o) {
        Options<SoftmaxAttention.Builder> attention = o.as();
        layer(attention);
        attention.add("heads", b -> b.heads(2));
      }
    },
    MEAN_OVER_TIME(() -> new MeanOverTimeLayer.Builder().timeSteps(1)) {
      @Override
      void options(Options<?> o) {
        Options<MeanOverTimeLayer.Builder> mean = o.as();
        layer(mean);
        mean.add("timeSteps", b -> b.timeSteps(2));
      }
    },
    REPEAT_OVER_TIME(() -> new RepeatOverTimeLayer.Builder().timeSteps(1)) {
      @Override
      void options(Options<?> o) {
        Options<RepeatOverTimeLayer.Builder> repeat = o.as();
        layer(repeat);
        repeat.add("timeSteps", b -> b.timeSteps(2));
      }
    },
    SPIKING_LINEAR(() -> new SpikingLinear.Builder().nOut(2).timeSteps(1)) {
      @Override
      void options(Options<?> o) {
        Options<SpikingLinear.Builder> linear = o.as();
        spikingMap(linear);
        linear.add(
            "positionalCode", b -> b.repeatInput(false).positionalCode(new RandomCode(4, 0.5, 1)));
      }
    },
    SPIKING_CONV1D(() -> new SpikingConv1d.Builder().nOut(2).timeSteps(1)) {
      @Override
      void options(Options<?> o) {
        Options<SpikingConv1d.Builder> conv = o.as();
        spikingMap(conv);
        conv.add("kernelSize", b -> b.kernelSize(2));
        conv.add("dilation", b -> b.dilation(3));
        conv.add("padding", b -> b.padding(SpikingConv1d.Padding.SAME));
        conv.add("weightNorm", b -> b.weightNorm(true));
      }
    },
    LAST_TIME_STEP(LastTimeStepLayer.Builder::new) {
      @Override
      void options(Options<?> o) {
        Options<LastTimeStepLayer.Builder> last = o.as();
        layer(last);
      }
    },
    DIFFERENCE(DifferenceLayer.Builder::new) {
      @Override
      void options(Options<?> o) {
        Options<DifferenceLayer.Builder> difference = o.as();
        layer(difference);
      }
    },
    SPIKE_ENCODING(
        () -> new SpikeEncodingLayer.Builder().encoder(new DirectEncoder()).timeSteps(2)) {
      @Override
      void options(Options<?> o) {
        Options<SpikeEncodingLayer.Builder> encoding = o.as();
        encoding.add("encoder", b -> b.encoder(new PoissonEncoder(5, 0.7)));
        encoding.add("timeSteps", b -> b.timeSteps(7));
        encoding.add("dataFormat", b -> b.dataFormat(RNNFormat.NCW));
        encoding.add("inferenceDraw", b -> b.inferenceDraw(-3));
        encoding.add("name", b -> b.name("named"));
        encoding.add("dropOut", b -> b.dropOut(0.4));
      }
    },
    LABELLED_LOSS(LabelledLossLayer.Builder::new) {
      @Override
      void options(Options<?> o) {
        Options<LabelledLossLayer.Builder> loss = o.as();
        loss.add("lossFunction", b -> b.lossFunction(LossFunction.MSE));
        loss.add("activation", b -> b.activation(Activation.TANH));
      }
    },
    TRAINABLE_ENCODING(() -> new TrainableEncodingLayer.Builder().nOut(2)) {
      @Override
      void options(Options<?> o) {
        Options<TrainableEncodingLayer.Builder> encoding = o.as();
        layer(encoding);
        encoding.add("nIn", b -> b.nIn(SIZE));
        encoding.add("nOut", b -> b.nOut(3));
        encoding.add("hasBias", b -> b.hasBias(false));
        encoding.add("neuron", b -> b.neuron(neuron()));
        encoding.add("timeSteps", b -> b.timeSteps(7));
        encoding.add("weightInit", b -> b.weightInit(WeightInit.UNIFORM));
      }
    },
    SPIKE_LOSS(SpikeLossLayer.Builder::new) {
      @Override
      void options(Options<?> o) {
        Options<SpikeLossLayer.Builder> loss = o.as();
        loss.add("loss", b -> b.loss(new TetLoss(0.2, 0.3)));
        loss.add("classWeights", b -> b.classWeights(1, 2, 0.5, 0));
        loss.add("dataFormat", b -> b.dataFormat(RNNFormat.NCW));
        loss.add("name", b -> b.name("named"));
        loss.add("dropOut", b -> b.dropOut(0.4));
      }
    },
    SPIKING_GRAPH_CONV(() -> new SpikingGraphConvVertex.Builder().nOut(2)) {
      @Override
      void options(Options<?> o) {
        Options<SpikingGraphConvVertex.Builder> gc = o.as();
        vertex(gc);
        gc.add("neuron", b -> b.neuron(neuron()));
        gc.add("timeSteps", b -> b.timeSteps(7));
        gc.add("propagation", b -> b.propagation(Propagation.gin(0.5, true)));
      }
    },
    GRAPH_CONV(() -> new GraphConvVertex.Builder().nOut(2)) {
      @Override
      void options(Options<?> o) {
        Options<GraphConvVertex.Builder> gcn = o.as();
        vertex(gcn);
        gcn.add("activation", b -> b.activation(Activation.TANH));
        gcn.add("propagation", b -> b.propagation(Propagation.chebyshev(3)));
      }
    },
    SPIKING_GRAPH_ATTENTION(() -> new SpikingGraphAttentionVertex.Builder().nOut(6)) {
      @Override
      void options(Options<?> o) {
        Options<SpikingGraphAttentionVertex.Builder> ga = o.as();
        vertex(ga);
        attention(ga);
        ga.add("neuron", b -> b.neuron(neuron()));
        ga.add("timeSteps", b -> b.timeSteps(7));
      }
    },
    GRAPH_ATTENTION(() -> new GraphAttentionVertex.Builder().nOut(6)) {
      @Override
      void options(Options<?> o) {
        Options<GraphAttentionVertex.Builder> gat = o.as();
        vertex(gat);
        attention(gat);
        gat.add("activation", b -> b.activation(Activation.TANH));
      }
    },
    GRAPH_READOUT(GraphReadoutVertex.Builder::new) {
      @Override
      void options(Options<?> o) {
        Options<GraphReadoutVertex.Builder> pool = o.as();
        anyVertex(pool);
        pool.add("pooling", b -> b.pooling(GraphReadoutVertex.Pooling.ATTENTION));
        pool.add("nIn", b -> b.nIn(SIZE));
        pool.add("dataFormat", b -> b.dataFormat(RNNFormat.NCW));
        pool.add("weightInit", b -> b.weightInit(WeightInit.UNIFORM));
      }
    },
    DOT_PRODUCT(DotProductDecoderVertex.Builder::new) {
      @Override
      void options(Options<?> o) {
        Options<DotProductDecoderVertex.Builder> dot = o.as();
        anyVertex(dot);
        dot.add("scale", b -> b.scale(2));
        dot.add("bias", b -> b.bias(-1));
        dot.add("trainScale", b -> b.trainScale(true));
        dot.add("trainBias", b -> b.trainBias(true));
      }
    };

    private final java.util.function.Supplier<Object> builder;

    Kind(java.util.function.Supplier<Object> builder) {
      this.builder = builder;
    }

    abstract void options(Options<?> o);

    Map<String, Consumer<Object>> options() {
      Options<Object> o = new Options<>();
      options(o);
      return o.all;
    }

    static <B extends AbstractSnnLayer.Builder<B>> void layer(Options<B> o) {
      o.add("backend", b -> b.backend(Backend.SAMEDIFF));
      o.add("dataFormat", b -> b.dataFormat(RNNFormat.NCW));
      o.add("foldedTimeSteps", b -> b.foldedTimeSteps(9));
      o.add("name", b -> b.name("named"));
      o.add("dropOut", b -> b.dropOut(0.4));
      o.add("l1", b -> b.l1(0.1));
      o.add("l2", b -> b.l2(0.2));
      o.add("l1Bias", b -> b.l1Bias(0.3));
      o.add("l2Bias", b -> b.l2Bias(0.4));
      o.add("updater", b -> b.updater(new Nesterovs(0.1, 0.8)));
      o.add("biasUpdater", b -> b.biasUpdater(new RmsProp(0.3)));
    }

    static <B extends AbstractTemporalBatchNormLayer.Builder<B>> void batchNorm(Options<B> o) {
      layer(o);
      o.add("nIn", b -> b.nIn(SIZE));
      o.add("decay", b -> b.decay(0.6));
      o.add("eps", b -> b.eps(1e-3));
    }

    static <B extends AbstractSpikingMapLayer.Builder<B>> void spikingMap(Options<B> o) {
      layer(o);
      o.add("nIn", b -> b.nIn(SIZE));
      o.add("nOut", b -> b.nOut(3));
      o.add("timeSteps", b -> b.timeSteps(3));
      o.add("neuron", b -> b.neuron(neuron()));
      o.add("batchNorm", b -> b.batchNorm(false));
      o.add("batchNormDecay", b -> b.batchNormDecay(0.6));
      o.add("batchNormEps", b -> b.batchNormEps(1e-3));
      o.add("hasBias", b -> b.hasBias(false));
      o.add("repeatInput", b -> b.repeatInput(true));
      o.add("weightInit", b -> b.weightInit(WeightInit.UNIFORM));
    }

    static <B extends AbstractGraphConvVertex.Builder<B>> void vertex(Options<B> o) {
      anyVertex(o);
      o.add("dataFormat", b -> b.dataFormat(RNNFormat.NCW));
      o.add("nIn", b -> b.nIn(SIZE));
      o.add("nOut", b -> b.nOut(3));
      o.add("hasBias", b -> b.hasBias(false));
      o.add("stfn", b -> b.stfn(Kind.stfn()));
      o.add("weightInit", b -> b.weightInit(WeightInit.UNIFORM));
      o.add("dropOut", b -> b.dropOut(0.4));
      o.add("dropOutPerStep", b -> b.dropOutPerStep(true));
      o.add("residual", b -> b.residual(true));
    }

    static <B extends AbstractSnnVertex.Builder<B>> void anyVertex(Options<B> o) {
      o.add("backend", b -> b.backend(Backend.SAMEDIFF));
      o.add("l1", b -> b.l1(0.1));
      o.add("l2", b -> b.l2(0.2));
      o.add("l2Bias", b -> b.l2Bias(0.4));
      o.add("weightDecay", b -> b.weightDecay(0.5));
      o.add("updater", b -> b.updater(new Nesterovs(0.1, 0.8)));
      o.add("biasUpdater", b -> b.biasUpdater(new RmsProp(0.3)));
      o.add(
          "gradientNormalization",
          b -> b.gradientNormalization(GradientNormalization.ClipL2PerLayer));
      o.add("gradientNormalizationThreshold", b -> b.gradientNormalizationThreshold(0.7));
    }

    static <B extends AbstractGraphAttentionVertex.Builder<B>> void attention(Options<B> o) {
      o.add("heads", b -> b.heads(3));
      o.add("headMerge", b -> b.headMerge(HeadMerge.MEAN));
      o.add("attentionDropOut", b -> b.attentionDropOut(0.3));
      o.add("negativeSlope", b -> b.negativeSlope(0.1));
    }

    /** Off its default in each field but the reset, which a reset potential needs. */
    static LifParameters neuron() {
      return LifParameters.builder()
          .decay(0.9)
          .threshold(0.3)
          .resetPotential(-0.1)
          .bpta(0.5)
          .surrogate(new ArctanSurrogate(3))
          .firing(Firing.SMOOTH)
          .build();
    }

    static StfnParameters stfn() {
      return StfnParameters.builder()
          .rho(0.6)
          .initialLambda(1.5)
          .initialGamma(-0.2)
          .eps(1e-3)
          .affine(StfnParameters.Affine.SCALAR)
          .build();
    }

    Object build(Consumer<Object> change) {
      Object b = builder.get();
      change.accept(b);
      try {
        Method build = b.getClass().getMethod("build");
        return build.invoke(b);
      } catch (ReflectiveOperationException e) {
        throw new AssertionError(e);
      }
    }

    Object full() {
      return build(b -> options().values().forEach(o -> o.accept(b)));
    }
  }

  static final class Options<B> {
    private Map<String, Consumer<Object>> all = new LinkedHashMap<>();

    @SuppressWarnings("unchecked")
    void add(String name, Consumer<B> change) {
      all.put(name, (Consumer<Object>) change);
    }

    @SuppressWarnings("unchecked")
    <C> Options<C> as() {
      return (Options<C>) this;
    }
  }

  private static final int SIZE = 4;

  /** Those that do not take sequences. */
  private static final Set<Kind> STATIC =
      Set.of(Kind.LABELLED_LOSS, Kind.SPIKE_ENCODING, Kind.DOT_PRODUCT);

  /** Those that take queries, keys and values side by side. */
  private static final Set<Kind> QKV = Set.of(Kind.SPIKING_ATTENTION, Kind.SOFTMAX_ATTENTION);

  /** Set by DL4J while it builds a network, or derived from the other fields. */
  private static final Set<String> NOT_OPTIONS =
      Set.of(
          "vertexParams",
          "layerParams",
          "dataType",
          "constraints",
          "name",
          "nIn",
          "foldedShape",
          "unfoldingTime");

  /** Fields of DL4J's SameDiffLayer for parameters that most of our layers do not have. */
  private static final Set<String> WITHOUT_EFFECT = Set.of("weightInit", "paramWeightInit");

  /** The last class whose fields are looked at: DL4J's base classes of ours, or our own. */
  private static final Set<String> LAST =
      Set.of(
          "SameDiffVertex",
          "AbstractSameDiffLayer",
          "LabelledLossLayer",
          "SpikeEncodingLayer",
          "SpikeLossLayer");

  @ParameterizedTest
  @EnumSource
  void everyOptionIsListed(Kind kind) {
    Set<String> declared = new TreeSet<>();
    for (Class<?> c = kind.builder.get().getClass();
        c.getName().startsWith("io.github.dl4jsnn");
        c = c.getSuperclass()) {
      for (Method m : c.getDeclaredMethods()) {
        if (Modifier.isPublic(m.getModifiers()) && !m.getName().equals("build")) {
          declared.add(m.getName());
        }
      }
    }
    assertThat(kind.options().keySet()).containsAll(declared);
  }

  @ParameterizedTest
  @EnumSource
  void everyOptionCountsInEquality(Kind kind) {
    Object plain = kind.build(b -> {});
    assertThat(kind.build(b -> {})).isEqualTo(plain).hasSameHashCodeAs(plain);
    assertThat(plain).isNotEqualTo(null).isNotEqualTo("other");
    for (Map.Entry<String, Consumer<Object>> option : kind.options().entrySet()) {
      Object changed = kind.build(option.getValue());
      assertThat(changed).as(option.getKey()).isNotEqualTo(plain);
      assertThat(plain).as(option.getKey()).isNotEqualTo(changed);
      Object again = kind.build(option.getValue());
      assertThat(again).as(option.getKey()).isEqualTo(changed).hasSameHashCodeAs(changed);
    }
  }

  /** DL4J makes the shapes of the parameters when they are first asked for. */
  @ParameterizedTest
  @EnumSource(
      names = {
        "LIF",
        "NEURON",
        "STFN",
        "TDBN",
        "TEBN",
        "BNTT",
        "READOUT",
        "SPIKING_DENSE",
        "SPIKE_RECURRENT",
        "SPIKING_LINEAR",
        "SPIKING_CONV1D",
        "TRAINABLE_ENCODING"
      })
  void parameterShapesDoNotCountInEquality(Kind kind) {
    AbstractSnnLayer a = (AbstractSnnLayer) kind.full();
    AbstractSnnLayer b = (AbstractSnnLayer) kind.full();
    a.getLayerParams();
    assertThat(a).isEqualTo(b).hasSameHashCodeAs(b);
    assertThat(b).isEqualTo(a);
  }

  @ParameterizedTest
  @EnumSource
  void noFieldOfTheFullConfigurationIsAtItsDefault(Kind kind) {
    Object full = inside(network(kind, kind.full(), true));
    Object plain = inside(network(kind, kind.build(b -> {}), false));
    List<String> atDefault = new ArrayList<>();
    compare(kind.name(), full, plain, atDefault);
    // Of the two gates of attention one must stay on; the dot product takes no sequences; a code
    // excludes a held input.
    assertThat(atDefault)
        .isSubsetOf(
            kind + ".neuron.reset",
            kind + ".featureAttention",
            "DOT_PRODUCT.dataFormat",
            "SPIKING_LINEAR.repeatInput");
  }

  private static void compare(String path, Object full, Object plain, List<String> atDefault) {
    for (Field f : fields(full.getClass())) {
      Object a = get(f, full);
      Object b = get(f, plain);
      String name = path + "." + f.getName();
      if (Objects.equals(a, b)) {
        atDefault.add(name);
      } else if (a instanceof LifParameters) {
        compare(name, a, LifParameters.defaults(), atDefault);
      } else if (a instanceof StfnParameters) {
        compare(name, a, StfnParameters.defaults(), atDefault);
      }
    }
  }

  private static List<Field> fields(Class<?> type) {
    List<Field> fields = new ArrayList<>();
    for (Class<?> c = type; c != Object.class; c = c.getSuperclass()) {
      for (Field f : c.getDeclaredFields()) {
        boolean skipped =
            Modifier.isStatic(f.getModifiers())
                || f.isSynthetic()
                || NOT_OPTIONS.contains(f.getName())
                || type != SpikingDense.class
                    && c.getSimpleName().equals("SameDiffLayer")
                    && WITHOUT_EFFECT.contains(f.getName());
        if (!skipped) {
          f.setAccessible(true);
          fields.add(f);
        }
      }
      if (LAST.contains(c.getSimpleName())) {
        break;
      }
    }
    return fields;
  }

  private static Object get(Field f, Object o) {
    try {
      return f.get(o);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyFieldSurvivesJsonYamlCloneAndSerialization(Kind kind) throws Exception {
    for (Object configuration : new Object[] {kind.full(), kind.build(b -> {})}) {
      ComputationGraphConfiguration conf = network(kind, configuration, true);
      assertSame(ComputationGraphConfiguration.fromJson(conf.toJson()), conf);
      assertSame(ComputationGraphConfiguration.fromYaml(conf.toYaml()), conf);
      assertSame(conf.clone(), conf);
      assertSame(serialized(conf), conf);
    }
  }

  private static void assertSame(
      ComputationGraphConfiguration actual, ComputationGraphConfiguration expected) {
    assertThat(actual).isEqualTo(expected).hasSameHashCodeAs(expected);
    Object a = inside(actual);
    Object e = inside(expected);
    assertThat(a).isNotSameAs(e).isEqualTo(e).hasSameHashCodeAs(e);
    for (Field f : fields(e.getClass())) {
      assertThat(get(f, a)).as(f.getName()).isEqualTo(get(f, e));
    }
  }

  private static ComputationGraphConfiguration serialized(ComputationGraphConfiguration conf)
      throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(conf);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (ComputationGraphConfiguration) in.readObject();
    }
  }

  @Test
  void everyNeuronConstantCountsInEquality() {
    LifParameters plain = LifParameters.defaults();
    List<LifParameters> changed =
        Arrays.asList(
            LifParameters.builder().decay(0.9).build(),
            LifParameters.builder().threshold(0.9).build(),
            LifParameters.builder().resetPotential(0.1).build(),
            LifParameters.builder().reset(Reset.SOFT).build(),
            LifParameters.builder().reset(Reset.NONE).build(),
            LifParameters.builder().resetGradient(ResetGradient.EXACT).build(),
            LifParameters.builder().resetGradient(ResetGradient.BPTA).build(),
            LifParameters.builder().bpta(0.5).build(),
            LifParameters.builder().surrogate(new RectangularSurrogate(2)).build(),
            LifParameters.builder().surrogate(new ArctanSurrogate(2)).build(),
            LifParameters.builder().surrogate(new ArctanSurrogate(3)).build(),
            LifParameters.builder().firing(Firing.SMOOTH).build());
    assertAllDifferent(plain, changed);
    for (LifParameters p : changed) {
      assertThat(p.toBuilder().build()).isEqualTo(p).hasSameHashCodeAs(p);
    }
  }

  @Test
  void everyNormalisationConstantCountsInEquality() {
    assertAllDifferent(
        StfnParameters.defaults(),
        Arrays.asList(
            StfnParameters.builder().rho(2).build(),
            StfnParameters.builder().initialLambda(2).build(),
            StfnParameters.builder().initialGamma(2).build(),
            StfnParameters.builder().eps(2).build(),
            StfnParameters.builder().affine(StfnParameters.Affine.SCALAR).build(),
            StfnParameters.builder().affine(StfnParameters.Affine.FIXED).build()));
  }

  private static <T> void assertAllDifferent(T first, List<T> others) {
    List<T> all = new ArrayList<>(others);
    all.add(first);
    assertThat(all.stream().distinct().collect(Collectors.toList())).hasSize(all.size());
  }

  /** A softly reset neuron, which the full configurations cannot hold, comes back too. */
  @Test
  void softResetSurvives() {
    LifParameters soft = LifParameters.builder().reset(Reset.SOFT).build();
    Object lif = new LifLayer.Builder().neuron(soft).timeSteps(2).build();
    ComputationGraphConfiguration conf = network(Kind.LIF, lif, true);
    assertSame(ComputationGraphConfiguration.fromJson(conf.toJson()), conf);
  }

  private static ComputationGraphConfiguration network(
      Kind kind, Object configuration, boolean globals) {
    NeuralNetConfiguration.Builder start = new NeuralNetConfiguration.Builder();
    if (globals) {
      start
          .gradientNormalization(GradientNormalization.ClipL2PerLayer)
          .gradientNormalizationThreshold(0.7);
    }
    GraphBuilder b = start.graphBuilder().addInputs("x", "e").allowDisconnected(true);
    long size = QKV.contains(kind) ? 3 * SIZE : SIZE;
    InputType x =
        STATIC.contains(kind)
            ? InputType.feedForward(SIZE)
            : InputType.recurrent(size, globals ? 6 : 5, globals ? RNNFormat.NCW : RNNFormat.NWC);
    if (configuration instanceof GraphVertex) {
      b.addVertex("it", (GraphVertex) configuration, "x", "e");
    } else {
      b.addLayer("it", (Layer) configuration, "x");
    }
    int columns = kind == Kind.GRAPH_READOUT ? 1 : kind == Kind.DOT_PRODUCT ? 2 : 3;
    return b.setOutputs("it").setInputTypes(x, InputType.feedForward(columns)).build();
  }

  private static Object inside(ComputationGraphConfiguration conf) {
    GraphVertex v = conf.getVertices().get("it");
    return v instanceof LayerVertex ? ((LayerVertex) v).getLayerConf().getLayer() : v;
  }
}
