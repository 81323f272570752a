package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dl4jsnn.learning.CrossEntropyCountLoss;
import io.github.dl4jsnn.learning.CrossEntropyMaxMembraneLoss;
import io.github.dl4jsnn.learning.CrossEntropyMeanRateLoss;
import io.github.dl4jsnn.learning.CrossEntropyRateLoss;
import io.github.dl4jsnn.learning.CrossEntropyTemporalLoss;
import io.github.dl4jsnn.learning.MseRateLoss;
import io.github.dl4jsnn.learning.SpikeLoss;
import io.github.dl4jsnn.learning.TetLoss;
import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.testing.DoublePrecision;
import io.github.dl4jsnn.testing.Threads;
import io.github.dl4jsnn.testing.Tolerances;
import io.github.dl4jsnn.testing.Values;
import java.util.Arrays;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.utilty.SingletonDataSetIterator;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.scorecalc.ClassificationScoreCalculator;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingTrainer;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.GraphConfig;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.MLNConfig;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.listeners.CollectScoresIterationListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.evaluation.classification.EvaluationBinary;
import org.nd4j.evaluation.regression.RegressionEvaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.Sgd;

/** The layer in networks of DL4J: score, gradient, masks, evaluation. */
@ExtendWith(DoublePrecision.class)
class SpikeLossLayerTest {
  private static final DataType TYPE = DataType.DOUBLE;
  private static final int N = 5;
  private static final int T = 4;
  private static final int IN = 2;
  private static final int C = 3;

  private final INDArray y =
      Values.array(new double[] {0, 1, 0, 1, 0, 0, 0.2, 0.3, 0.5, 0, 0, 1, 1, 0, 0}, TYPE, N, C);
  private final INDArray labelsMask = Values.array(new double[] {1, 0, 1, 1, 0}, TYPE, N, 1);

  private static INDArray x(RNNFormat format) {
    INDArray x = Values.uniform(1, -2, 2, TYPE, N, T, IN);
    return format == RNNFormat.NWC ? x : x.permute(0, 2, 1).dup('c');
  }

  private static SpikeLossLayer.Builder loss(SpikeLoss loss) {
    return new SpikeLossLayer.Builder(loss).name("out");
  }

  private static NeuralNetConfiguration.Builder settings(IUpdater updater) {
    return new NeuralNetConfiguration.Builder().seed(4).dataType(TYPE).updater(updater).l2(0.01);
  }

  private static Layer rnn() {
    return new SimpleRnn.Builder().nOut(C).activation(Activation.TANH).build();
  }

  private static MultiLayerNetwork network(
      NeuralNetConfiguration.Builder settings, RNNFormat format, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list = settings.list();
    Arrays.stream(layers).forEach(list::layer);
    MultiLayerNetwork net =
        new MultiLayerNetwork(list.setInputType(InputType.recurrent(IN, T, format)).build());
    net.init();
    return net;
  }

  private static ComputationGraph graph(
      NeuralNetConfiguration.Builder settings, RNNFormat format, Layer... layers) {
    return network(settings, format, layers).toComputationGraph();
  }

  /** Runs the spikes of the first layer, so that times of first spikes mean something. */
  private static MultiLayerNetwork spiking(SpikeLoss loss, IUpdater updater) {
    return network(
        settings(updater),
        RNNFormat.NWC,
        rnn(),
        new LifLayer.Builder().name("lif").build(),
        loss(loss).build());
  }

  static Stream<SpikeLoss> losses() {
    return Stream.of(
        new CrossEntropyRateLoss(),
        new CrossEntropyCountLoss(),
        new CrossEntropyMeanRateLoss(3),
        new CrossEntropyMaxMembraneLoss(),
        new MseRateLoss(0.9, 0.1),
        new TetLoss(0.2, 0.4),
        new CrossEntropyTemporalLoss());
  }

  static Stream<Arguments> smoothLosses() {
    return losses()
        .filter(l -> !(l instanceof CrossEntropyTemporalLoss))
        .flatMap(
            l -> Stream.of(arguments(l, RNNFormat.NWC, false), arguments(l, RNNFormat.NCW, true)));
  }

  // ---- gradient

  @ParameterizedTest(name = "{0} {1} masked and weighted {2}")
  @MethodSource("smoothLosses")
  void gradientCheck(SpikeLoss loss, RNNFormat format, boolean masked) {
    SpikeLossLayer.Builder b = loss(loss);
    if (masked) {
      b.classWeights(0.5, 2, 1);
    }
    INDArray featureMask = masked ? Values.mask(N, T, TYPE) : null;
    MLNConfig check =
        new MLNConfig()
            .net(network(settings(new NoOp()), format, rnn(), b.build()))
            .input(x(format))
            .labels(y)
            .inputMask(featureMask)
            .labelMask(masked ? labelsMask : null)
            .maxRelError(Tolerances.FINITE_DIFFERENCE);
    assertThat(GradientCheckUtil.checkGradients(check)).isTrue();
    GraphConfig graphCheck =
        new GraphConfig()
            .net(graph(settings(new NoOp()), format, rnn(), b.build()))
            .inputs(new INDArray[] {x(format)})
            .labels(new INDArray[] {y})
            .inputMask(masked ? new INDArray[] {featureMask} : null)
            .labelMask(masked ? new INDArray[] {labelsMask} : null)
            .maxRelError(Tolerances.FINITE_DIFFERENCE);
    assertThat(GradientCheckUtil.checkGradients(graphCheck)).isTrue();
  }

  /** DL4J's minibatch(false) means sums instead of means; here the mean stays a mean. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void equalsReadoutAndLabelledLossInOneStep(boolean minibatch) {
    DataSet data = new DataSet(x(RNNFormat.NWC), y, Values.mask(N, T, TYPE), labelsMask);
    MultiLayerNetwork expected =
        network(
            settings(new Sgd(1)),
            RNNFormat.NWC,
            rnn(),
            new SpikeReadoutLayer.Builder().scale(3).build(),
            new LabelledLossLayer.Builder().build());
    MultiLayerNetwork net =
        network(
            settings(new Sgd(1)).miniBatch(minibatch),
            RNNFormat.NWC,
            rnn(),
            loss(new CrossEntropyMeanRateLoss(3)).build());
    net.setParams(expected.params().dup());
    Tolerances.assertClose(
        "output", net.output(data.getFeatures()), expected.output(data.getFeatures()), 1e-10);
    expected.fit(data);
    net.fit(data);
    assertThat(net.score()).isCloseTo(expected.score(), within(1e-10));
    Tolerances.assertClose("parameters", net.params(), expected.params(), Tolerances.DOUBLE);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void scoreIsTheMeanOfTheLabelledExamples(SpikeLoss loss) {
    MultiLayerNetwork net =
        network(
            settings(new Sgd(0.1)),
            RNNFormat.NWC,
            rnn(),
            new LifLayer.Builder().build(),
            loss(loss).classWeights(0.5, 2, 1).build());
    INDArray spikes = net.feedForward(x(RNNFormat.NWC), false).get(2);
    double sum = 0;
    double[] single = new double[N];
    for (int n = 0; n < N; n++) {
      double[] label = Values.of(y.getRow(n));
      double weight = 0.5 * label[0] + 2 * label[1] + label[2];
      double[][] xn = spikes.get(NDArrayIndex.point(n)).toDoubleMatrix();
      double mask = labelsMask.getDouble(n);
      single[n] = mask * weight * loss.loss(new double[T][C], xn, label);
      sum += single[n];
    }
    DataSet data = new DataSet(x(RNNFormat.NWC), y, null, labelsMask);
    double l2 = net.calcRegularizationScore(true);
    assertThat(l2).isPositive();
    assertThat(net.score(data)).isCloseTo(sum / 3 + l2, within(1e-12));
    assertThat(Values.of(net.scoreExamples(data, false))).containsExactly(single, within(1e-12));
    ComputationGraph graph = net.toComputationGraph();
    assertThat(graph.score(data)).isCloseTo(sum / 3 + l2, within(1e-12));
    assertThat(Values.of(graph.scoreExamples(data, true)))
        .containsExactly(Arrays.stream(single).map(v -> v + l2).toArray(), within(1e-12));
    net.fit(data);
    assertThat(net.score()).isCloseTo(sum / 3 + l2, within(1e-12));
    graph.fit(data);
    assertThat(graph.score()).isCloseTo(sum / 3 + l2, within(1e-12));
    Tolerances.assertClose("parameters", graph.params(), net.params(), Tolerances.DOUBLE);
  }

  // ---- masks

  /** Sequences padded to twice their length count as if they were not, whatever the padding. */
  @ParameterizedTest
  @MethodSource("losses")
  void missingStepsCountNothing(SpikeLoss loss) {
    DataSet plain = new DataSet(x(RNNFormat.NWC), y);
    double[] ones = new double[N * 2 * T];
    INDArray padded = Values.uniform(9, -2, 2, TYPE, N, 2 * T, IN);
    for (int n = 0; n < N; n++) {
      Arrays.fill(ones, 2 * T * n, 2 * T * n + T, 1);
    }
    padded.get(NDArrayIndex.all(), NDArrayIndex.interval(0, T)).assign(plain.getFeatures());
    INDArray mask = Values.array(ones, TYPE, N, 2 * T);
    DataSet masked = new DataSet(padded, y, mask, null);
    for (boolean asGraph : new boolean[] {false, true}) {
      MultiLayerNetwork a = spiking(loss, new Sgd(0.5));
      MultiLayerNetwork b = spiking(loss, new Sgd(0.5));
      Model expected = asGraph ? new Graph(a.toComputationGraph()) : new Multi(a);
      Model net = asGraph ? new Graph(b.toComputationGraph()) : new Multi(b);
      assertSame(net.output(masked), expected.output(plain));
      assertThat(net.score(masked)).isCloseTo(expected.score(plain), within(1e-12));
      assertSame(net.scoreExamples(masked), expected.scoreExamples(plain));
      assertThat(net.evaluate(masked).accuracy()).isEqualTo(expected.evaluate(plain).accuracy());
      net.fit(masked);
      expected.fit(plain);
      assertSame(net.params(), expected.params());
      assertThat(net.lastScore()).isCloseTo(expected.lastScore(), within(1e-12));
    }
  }

  private static void assertSame(INDArray actual, INDArray expected) {
    Tolerances.assertClose("result", actual, expected, Tolerances.DOUBLE);
  }

  /** DL4J clears the masks of output layers in some of its passes only. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aMaskDoesNotOutliveItsPass(boolean asGraph) {
    DataSet plain = new DataSet(x(RNNFormat.NWC), y);
    DataSet masked = new DataSet(x(RNNFormat.NWC), y, Values.mask(N, T, TYPE), labelsMask);
    DataSet featuresOnly = new DataSet(x(RNNFormat.NWC), y, Values.mask(N, T, TYPE), null);
    MultiLayerNetwork base = spiking(new CrossEntropyCountLoss(), new Sgd(0));
    Model net = asGraph ? new Graph(base.toComputationGraph()) : new Multi(base);
    INDArray output = net.output(plain);
    double score = net.score(plain);
    INDArray scores = net.scoreExamples(plain);
    net.fit(plain);
    double fitted = net.lastScore();
    for (DataSet m : new DataSet[] {masked, featuresOnly}) {
      Runnable[] passes = {
        () -> net.fit(m),
        () -> net.score(m),
        () -> net.scoreExamples(m),
        () -> net.output(m),
        () -> net.evaluate(m)
      };
      for (Runnable pass : passes) {
        pass.run();
        assertSame(net.output(plain), output);
        pass.run();
        assertThat(net.score(plain)).isEqualTo(score);
        pass.run();
        assertSame(net.scoreExamples(plain), scores);
        pass.run();
        net.fit(plain);
        assertThat(net.lastScore()).isEqualTo(fitted);
      }
    }
    net.fit(featuresOnly);
    assertThat(net.lastScore()).isNotEqualTo(fitted);
  }

  /** What both kinds of networks do. */
  private interface Model {
    void fit(DataSet d);

    double score(DataSet d);

    INDArray scoreExamples(DataSet d);

    INDArray output(DataSet d);

    Evaluation evaluate(DataSet d);

    INDArray params();

    double lastScore();
  }

  private static final class Multi implements Model {
    private final MultiLayerNetwork net;

    private Multi(MultiLayerNetwork net) {
      this.net = net;
    }

    @Override
    public void fit(DataSet d) {
      net.fit(new SingletonDataSetIterator(d));
    }

    @Override
    public double score(DataSet d) {
      return net.score(d);
    }

    @Override
    public INDArray scoreExamples(DataSet d) {
      return net.scoreExamples(d, true);
    }

    @Override
    public INDArray output(DataSet d) {
      return net.output(d.getFeatures(), false, d.getFeaturesMaskArray(), d.getLabelsMaskArray());
    }

    @Override
    public Evaluation evaluate(DataSet d) {
      return net.evaluate(new SingletonDataSetIterator(d));
    }

    @Override
    public INDArray params() {
      return net.params();
    }

    @Override
    public double lastScore() {
      return net.score();
    }
  }

  private static final class Graph implements Model {
    private final ComputationGraph net;

    private Graph(ComputationGraph net) {
      this.net = net;
    }

    @Override
    public void fit(DataSet d) {
      net.fit(d);
    }

    @Override
    public double score(DataSet d) {
      return net.score(d);
    }

    @Override
    public INDArray scoreExamples(DataSet d) {
      return net.scoreExamples(d, true);
    }

    @Override
    public INDArray output(DataSet d) {
      return net.output(
              false,
              new INDArray[] {d.getFeatures()},
              d.getFeaturesMaskArray() == null ? null : new INDArray[] {d.getFeaturesMaskArray()},
              d.getLabelsMaskArray() == null ? null : new INDArray[] {d.getLabelsMaskArray()})[0];
    }

    @Override
    public Evaluation evaluate(DataSet d) {
      return net.evaluate(new SingletonDataSetIterator(d));
    }

    @Override
    public INDArray params() {
      return net.params();
    }

    @Override
    public double lastScore() {
      return net.score();
    }
  }

  // ---- around it

  @ParameterizedTest
  @MethodSource("losses")
  void outputsServeEveryEvaluation(SpikeLoss loss) {
    MultiLayerNetwork net = spiking(loss, new Sgd(0.1));
    DataSet data = new DataSet(x(RNNFormat.NWC), y);
    INDArray output = net.output(data.getFeatures());
    assertThat(output.shape()).containsExactly(N, C);
    if (!(loss instanceof MseRateLoss)) {
      assertThat(Values.of(output.sum(1))).containsExactly(ones(), within(1e-12));
    }
    Evaluation evaluation = new Evaluation();
    evaluation.eval(y, output);
    SingletonDataSetIterator it = new SingletonDataSetIterator(data);
    assertThat(net.evaluate(it).accuracy()).isEqualTo(evaluation.accuracy());
    assertThat(net.f1Score(data)).isEqualTo(evaluation.f1());
    assertThat(net.predict(data.getFeatures())).isEqualTo(output.argMax(1).toIntVector());
    RegressionEvaluation regression = new RegressionEvaluation();
    EvaluationBinary binary = new EvaluationBinary();
    net.doEvaluation(it, regression, binary);
    double error = output.sub(y).norm2Number().doubleValue();
    assertThat(regression.averageMeanSquaredError())
        .isCloseTo(error * error / N / C, within(1e-12));
    assertThat(binary.numLabels()).isEqualTo(C);
  }

  private static double[] ones() {
    double[] ones = new double[N];
    Arrays.fill(ones, 1);
    return ones;
  }

  @ParameterizedTest
  @MethodSource("losses")
  void networksLearnWithIt(SpikeLoss loss) {
    LifParameters neuron =
        LifParameters.builder().threshold(0.3).surrogate(new ArctanSurrogate(2)).build();
    MultiLayerNetwork net =
        network(
            settings(new Adam(0.1)).l2(0),
            RNNFormat.NWC,
            rnn(),
            new LifLayer.Builder().neuron(neuron).build(),
            loss(loss).build());
    INDArray target = Values.array(new double[9], TYPE, C, C);
    INDArray input = Values.array(new double[C * T * IN], TYPE, C, T, IN);
    for (int c = 0; c < C; c++) {
      target.putScalar(c, c, 1);
      input.get(NDArrayIndex.point(c)).assign(c - 1);
      input.get(NDArrayIndex.point(c), NDArrayIndex.all(), NDArrayIndex.point(0)).assign(1);
    }
    DataSet data = new DataSet(input, target);
    CollectScoresIterationListener scores = new CollectScoresIterationListener();
    net.setListeners(scores);
    double before = net.score(data);
    for (int i = 0; i < 40; i++) {
      net.fit(data);
    }
    assertThat(net.score(data)).isLessThan(before);
    assertThat(scores.getScoreVsIter().getEffectiveIndexes().length).isEqualTo(40);
    assertThat(net.output(input).argMax(1)).isEqualTo(target.argMax(1));
  }

  @Test
  void earlyStoppingWorks() {
    MultiLayerNetwork net = spiking(new TetLoss(), new Sgd(0.1));
    SingletonDataSetIterator it = new SingletonDataSetIterator(new DataSet(x(RNNFormat.NWC), y));
    EarlyStoppingConfiguration<MultiLayerNetwork> conf =
        new EarlyStoppingConfiguration.Builder<MultiLayerNetwork>()
            .epochTerminationConditions(new MaxEpochsTerminationCondition(3))
            .scoreCalculator(new DataSetLossCalculator(it, true))
            .build();
    assertThat(new EarlyStoppingTrainer(conf, net, it).fit().getScoreVsEpoch()).hasSize(3);
    double accuracy =
        new ClassificationScoreCalculator(Evaluation.Metric.ACCURACY, it).calculateScore(net);
    assertThat(accuracy).isEqualTo(net.evaluate(it).accuracy());
  }

  @Test
  void resultsDoNotDependOnThreads() {
    INDArray many = Values.uniform(7, -2, 2, TYPE, 301, 40, IN);
    double[] labels = new double[301 * C];
    for (int n = 0; n < 301; n++) {
      labels[n * C + n % C] = 1;
    }
    DataSet data = new DataSet(many, Values.array(labels, TYPE, 301, C));
    double[][] results = new double[2][];
    for (int threads = 1; threads <= 2; threads++) {
      results[threads - 1] =
          Threads.with(
              threads,
              () -> {
                MultiLayerNetwork net = spiking(new TetLoss(), new Sgd(0.1));
                net.fit(data);
                return Values.of(net.params());
              });
    }
    assertThat(results[1]).isEqualTo(results[0]);
  }

  /** A user's loss: the squared length of the last step's error. */
  static final class LastStepLoss implements SpikeLoss {
    private static final long serialVersionUID = 1L;

    @Override
    public void output(double[] output, double[][] x) {
      System.arraycopy(x[x.length - 1], 0, output, 0, output.length);
    }

    @Override
    public double loss(double[][] gradient, double[][] x, double[] labels) {
      double loss = 0;
      for (int t = 0; t < x.length; t++) {
        for (int c = 0; c < labels.length; c++) {
          double error = t == x.length - 1 ? x[t][c] - labels[c] : 0;
          gradient[t][c] = 2 * error;
          loss += error * error;
        }
      }
      return loss;
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof LastStepLoss;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  @ParameterizedTest
  @EnumSource(RNNFormat.class)
  void aLossOfTheUserWorksAndIsSaved(RNNFormat format) {
    MultiLayerNetwork net =
        network(settings(new NoOp()), format, rnn(), loss(new LastStepLoss()).build());
    MLNConfig check =
        new MLNConfig()
            .net(net)
            .input(x(format))
            .labels(y)
            .inputMask(Values.mask(N, T, TYPE))
            .maxRelError(Tolerances.FINITE_DIFFERENCE);
    assertThat(GradientCheckUtil.checkGradients(check)).isTrue();
    org.deeplearning4j.nn.conf.MultiLayerConfiguration conf = net.getLayerWiseConfigurations();
    assertThat(org.deeplearning4j.nn.conf.MultiLayerConfiguration.fromJson(conf.toJson()))
        .isEqualTo(conf);
  }

  // ---- errors

  @Test
  void wrongDataIsNamed() {
    MultiLayerNetwork net = spiking(new CrossEntropyCountLoss(), new Sgd(0.1));
    INDArray x = x(RNNFormat.NWC);
    assertBad(net, new DataSet(x, Values.array(new double[10], TYPE, N, 2)), "[5, 3]", "[5, 2]");
    assertBad(
        net, new DataSet(x, Values.array(new double[60], TYPE, N, T, C)), "[5, 3]", "[5, 4, 3]");
    assertBad(
        net, new DataSet(x, y.dup().putScalar(3, 1, Double.NaN)), "labels of example 3", "NaN");
    assertBad(
        net, new DataSet(x, y, null, Values.array(new double[N], TYPE, N, 1)), "marks no example");
    assertBad(
        net, new DataSet(x, y, null, Values.array(new double[3], TYPE, 3, 1)), "[5, 1]", "[3, 1]");
    assertThat(net.score(new DataSet(x, y))).isPositive();
  }

  private static void assertBad(MultiLayerNetwork net, DataSet data, String... parts) {
    MultiLayerNetwork copy = net.clone();
    for (Runnable r : new Runnable[] {() -> copy.fit(data), () -> net.clone().score(data)}) {
      assertThatIllegalArgumentException()
          .isThrownBy(r::run)
          .withMessageContaining("SpikeLossLayer \"out\"")
          .satisfies(e -> assertThat(e.getMessage()).contains(parts));
    }
  }

  @Test
  void badSequencesAndMasksAreNamed() {
    MultiLayerNetwork net =
        network(settings(new NoOp()), RNNFormat.NWC, loss(new TetLoss()).build());
    INDArray x = Values.uniform(1, 0, 1, TYPE, N, T, IN);
    assertOutputBad(net, x.dup().putScalar(2, 1, 1, Double.NaN), null, "example 2", "NaN");
    assertOutputBad(
        net, x.dup().putScalar(4, 0, 0, Double.POSITIVE_INFINITY), null, "example 4", "infinite");
    assertOutputBad(net, Values.uniform(1, 0, 1, TYPE, N, IN), null, "[5, 2]", "rank");
    assertOutputBad(
        net, x, Values.array(new double[N * 3], TYPE, N, 3), "[N, T] = [5, 4]", "[5, 3]");
    INDArray empty = Values.mask(N, T, TYPE);
    empty.getRow(1).assign(0);
    assertOutputBad(net, x, empty, "example 1", "without any time step");
  }

  private static void assertOutputBad(
      MultiLayerNetwork net, INDArray x, INDArray mask, String... parts) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> net.output(x, false, mask, null))
        .withMessageContaining("SpikeLossLayer \"out\"")
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  @Test
  void wrongConfigurationsAreRefused() {
    SpikeLossLayer layer = loss(new TetLoss()).dataFormat(RNNFormat.NWC).build();
    assertThatIllegalStateException()
        .isThrownBy(() -> layer.getOutputType(0, InputType.feedForward(3)))
        .withMessageContaining("\"out\"")
        .withMessageContaining("LabelledLossLayer");
    assertThatIllegalStateException()
        .isThrownBy(() -> layer.getOutputType(0, InputType.recurrent(3, 4, RNNFormat.NCW)))
        .withMessageContaining("NCW");
    SpikeLossLayer weighted = loss(new TetLoss()).classWeights(1, 2).build();
    assertThatIllegalStateException()
        .isThrownBy(() -> weighted.getOutputType(0, InputType.recurrent(3, 4, RNNFormat.NWC)))
        .withMessageContaining("class weights, 2, got an input of 3");
    for (double[] bad : new double[][] {{}, {1, -1}, {Double.NaN}, {Double.POSITIVE_INFINITY}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> loss(new TetLoss()).classWeights(bad))
          .withMessageContaining("class weight");
    }
    assertThatThrownBy(() -> loss(null)).isInstanceOf(NullPointerException.class);
  }
}
