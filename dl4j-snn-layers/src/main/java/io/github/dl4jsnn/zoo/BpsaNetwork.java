package io.github.dl4jsnn.zoo;

import io.github.dl4jsnn.conf.LifLayer;
import io.github.dl4jsnn.conf.SpikeDropoutLayer;
import io.github.dl4jsnn.conf.SpikeLossLayer;
import io.github.dl4jsnn.conf.SpikingBatchNormalization;
import io.github.dl4jsnn.conf.SpikingConvolution;
import io.github.dl4jsnn.conf.SpikingDense;
import io.github.dl4jsnn.conf.SpikingPooling;
import io.github.dl4jsnn.conf.VotingLayer;
import io.github.dl4jsnn.internal.BuilderChecks;
import io.github.dl4jsnn.learning.AdamW;
import io.github.dl4jsnn.learning.MseRateLoss;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Surrogate;
import java.util.Objects;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.preprocessor.RnnToCnnPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * Deep spiking convolution networks for images and event cameras, trained by {@link TrainingRule}.
 *
 * <pre>
 *   small   128C3-MP2-128C3-256C3-MP2-4096FC-DP-10Voting
 *   middle  128C3-MP2-128C3-MP2-256C3-MP2-512C3-AP4-512FC-10Voting
 *   large   128C3-128C3-AP2-128C3-AP2-256C3-AP2-512C3-AP2-1024C3-AP4-DP-1024FC-10Voting
 * </pre>
 *
 * <p>C3: convolution of 3x3 that keeps the size, batch normalisation over batch and time, rectifier
 * and LIF neurons. MP, AP: maximum, mean of windows. DP: dropout of neurons, one mask for all
 * steps. FC: dense layer and LIF neurons. Voting: ten output neurons a class, whose spikes are
 * averaged. All sizes scale with {@code width}, which is 128 above.
 *
 * <p><b>Input.</b> Images {@code [N, C, H, W]}: each image is a constant current, so that the first
 * convolution is computed once for all T steps (direct encoding). With {@code frames(true)}
 * sequences {@code [N, T, C*H*W]} (NWC), such as events of a camera counted in T bins. Labels
 * {@code [N, classes]}, one-hot; output: firing rates {@code [N, classes]}.
 *
 * <p><b>Training.</b> Squared error of mean firing rates, {@link AdamW}.
 *
 * <p><b>Defaults</b> are the paper's: k 0.9, vTh 0.5, T 16, alpha 0.8, learning rate 1e-3, ten
 * votes. The paper names neither batch size, weight decay nor the probability of dropout: the decay
 * is {@link AdamW}'s 0.01, the probability 0.5. Weights start uniform within {@code 1 /
 * sqrt(fan-in)}, as in PyTorch, biases at 0.
 *
 * <pre>{@code
 * MultiLayerNetwork net = BpsaNetwork.small().inputShape(1, 28, 28).timeSteps(8).init();
 * }</pre>
 *
 * <p><b>Source.</b> G. Shen, D. Zhao, Y. Zeng, "Backpropagation with Biologically Plausible
 * Spatio-Temporal Adjustment for Training Deep Spiking Neural Networks", 2021, experiments.
 */
public final class BpsaNetwork {
  private final Builder b;
  private NeuralNetConfiguration.ListBuilder list;
  private int height;
  private int width;
  private boolean atRest;

  private BpsaNetwork(Builder builder) {
    this.b = builder;
  }

  /**
   * The small network, for images of 28x28 or so.
   *
   * @return a builder
   */
  public static Builder small() {
    return new Builder(Size.SMALL);
  }

  /**
   * The middle network, for images of 32x32 or more.
   *
   * @return a builder
   */
  public static Builder middle() {
    return new Builder(Size.MIDDLE);
  }

  /**
   * The large network, for images of 64x64 or more.
   *
   * @return a builder
   */
  public static Builder large() {
    return new Builder(Size.LARGE);
  }

  /** Which one. */
  private enum Size {
    SMALL,
    MIDDLE,
    LARGE
  }

  private MultiLayerConfiguration build() {
    list =
        new NeuralNetConfiguration.Builder()
            .seed(b.seed)
            .weightInit(WeightInit.UNIFORM)
            .convolutionMode(ConvolutionMode.Truncate)
            .list();
    height = b.height;
    width = b.width;
    atRest = !b.frames;
    switch (b.size) {
      case SMALL:
        small(b.channels);
        break;
      case MIDDLE:
        middle(b.channels);
        break;
      default:
        large(b.channels);
    }
    list.layer(new SpikingDense.Builder().nOut((long) b.classes * b.votes).build());
    list.layer(new LifLayer.Builder().neuron(b.neuron()).build());
    list.layer(new VotingLayer.Builder().votes(b.votes).build());
    list.layer(new SpikeLossLayer.Builder(new MseRateLoss()).build());
    if (b.frames) {
      list.inputPreProcessor(
          0, new RnnToCnnPreProcessor(b.height, b.width, b.inputChannels, RNNFormat.NWC));
      list.setInputType(
          InputType.recurrent(
              (long) b.inputChannels * b.height * b.width, b.timeSteps, RNNFormat.NWC));
    } else {
      list.setInputType(InputType.convolutional(b.height, b.width, b.inputChannels));
    }
    return b.adamW().applyTo(list.build());
  }

  private void small(int w) {
    convolution(w);
    pool(PoolingType.MAX, 2);
    convolution(w);
    convolution(2 * w);
    pool(PoolingType.MAX, 2);
    dense(32 * w);
    list.layer(dropout());
  }

  private void middle(int w) {
    for (int channels : new int[] {w, w, 2 * w}) {
      convolution(channels);
      pool(PoolingType.MAX, 2);
    }
    convolution(4 * w);
    pool(PoolingType.AVG, 4);
    dense(4 * w);
  }

  private void large(int w) {
    convolution(w);
    for (int channels : new int[] {w, w, 2 * w, 4 * w}) {
      convolution(channels);
      pool(PoolingType.AVG, 2);
    }
    convolution(8 * w);
    pool(PoolingType.AVG, 4);
    list.layer(dropout());
    dense(8 * w);
  }

  private void convolution(int channels) {
    list.layer(new SpikingConvolution.Builder(3, 3).padding(1, 1).nOut(channels).build());
    list.layer(new SpikingBatchNormalization.Builder().relu(true).build());
    LifLayer.Builder lif = new LifLayer.Builder().neuron(b.neuron());
    list.layer((atRest ? lif.timeSteps(b.timeSteps) : lif).build());
    atRest = false;
  }

  private void pool(PoolingType type, int size) {
    if (height < size || width < size) {
      throw new IllegalArgumentException(
          "BpsaNetwork: images of "
              + b.height
              + " x "
              + b.width
              + " pixels are too small for the "
              + b.size
              + " network, which halves them several times; take a smaller one");
    }
    height /= size;
    width /= size;
    list.layer(new SpikingPooling.Builder(type).kernelSize(size, size).stride(size, size).build());
  }

  private void dense(int neurons) {
    list.layer(new SpikingDense.Builder().nOut(neurons).build());
    list.layer(new LifLayer.Builder().neuron(b.neuron()).build());
  }

  private SpikeDropoutLayer dropout() {
    return new SpikeDropoutLayer.Builder().dropProbability(b.dropProbability).build();
  }

  /** Builder of a {@link BpsaNetwork}. */
  public static final class Builder {
    private final Size size;
    private int inputChannels = 1;
    private int height = 28;
    private int width = 28;
    private int classes = 10;
    private int votes = 10;
    private int channels = 128;
    private int timeSteps = 16;
    private boolean frames;
    private TrainingRule rule = TrainingRule.BPSA_BPTA;
    private double alpha = 0.8;
    private Surrogate surrogate;
    private double decay = 0.9;
    private double threshold = 0.5;
    private double dropProbability = 0.5;
    private double weightDecay = 0.01;
    private ISchedule learningRate = new FixedSchedule(1e-3);
    private long seed = 1;

    private Builder(Size size) {
      this.size = size;
    }

    /**
     * Sets the shape of images.
     *
     * @param channels at least 1; default 1
     * @param height at least 1; default 28
     * @param width at least 1; default 28
     * @return this builder
     */
    public Builder inputShape(int channels, int height, int width) {
      this.inputChannels = BuilderChecks.size("BpsaNetwork", "channels", channels);
      this.height = BuilderChecks.size("BpsaNetwork", "height", height);
      this.width = BuilderChecks.size("BpsaNetwork", "width", width);
      return this;
    }

    /**
     * Sets the number of classes.
     *
     * @param classes at least 1; default 10
     * @return this builder
     */
    public Builder classes(int classes) {
      this.classes = BuilderChecks.size("BpsaNetwork", "classes", classes);
      return this;
    }

    /**
     * Sets the output neurons of a class.
     *
     * @param votes at least 1; default 10
     * @return this builder
     */
    public Builder votes(int votes) {
      this.votes = BuilderChecks.size("BpsaNetwork", "votes", votes);
      return this;
    }

    /**
     * Sets the channels of the first convolution; all other layers scale with it.
     *
     * @param width at least 1; default 128
     * @return this builder
     */
    public Builder width(int width) {
      this.channels = BuilderChecks.size("BpsaNetwork", "width", width);
      return this;
    }

    /**
     * Sets the number of time steps.
     *
     * @param timeSteps T, at least 1; default 16; with frames T is that of the data
     * @return this builder
     */
    public Builder timeSteps(int timeSteps) {
      this.timeSteps = BuilderChecks.size("BpsaNetwork", "timeSteps", timeSteps);
      return this;
    }

    /**
     * Whether inputs are sequences of frames, not images.
     *
     * @param frames default false
     * @return this builder
     */
    public Builder frames(boolean frames) {
      this.frames = frames;
      return this;
    }

    /**
     * Sets how errors pass through spikes.
     *
     * @param rule default {@link TrainingRule#BPSA_BPTA}
     * @return this builder
     */
    public Builder rule(TrainingRule rule) {
      this.rule = Objects.requireNonNull(rule, "rule");
      return this;
    }

    /**
     * Sets the share of the error that crosses a spike in time.
     *
     * @param alpha default 0.8; used by {@link TrainingRule#BPSA_BPTA} alone
     * @return this builder
     */
    public Builder alpha(double alpha) {
      this.alpha = alpha;
      return this;
    }

    /**
     * Takes another surrogate than the rule's: BPSA gives a neuron no error where it does not fire,
     * so a network whose output neurons are still silent learns slowly. The paper begins with
     * another gradient and goes on with BPSA; parameters move from the one network to the other.
     *
     * @param surrogate for all neurons; default null: that of the rule
     * @return this builder
     */
    public Builder surrogate(Surrogate surrogate) {
      this.surrogate = surrogate;
      return this;
    }

    /**
     * Sets the neurons.
     *
     * @param decay k in (0, 1]; default 0.9
     * @param threshold vTh, above 0; default 0.5
     * @return this builder
     */
    public Builder neuron(double decay, double threshold) {
      this.decay = decay;
      this.threshold = threshold;
      return this;
    }

    /**
     * Sets the probability of dropout; the middle network has none.
     *
     * @param dropProbability in [0, 1); default 0.5
     * @return this builder
     */
    public Builder dropProbability(double dropProbability) {
      this.dropProbability = dropProbability;
      return this;
    }

    /**
     * Sets the learning rate.
     *
     * @param learningRate default 1e-3; the paper uses {@link
     *     io.github.dl4jsnn.learning.CosineSchedule} with warm-up and restarts
     * @return this builder
     */
    public Builder learningRate(ISchedule learningRate) {
      this.learningRate = Objects.requireNonNull(learningRate, "learningRate");
      return this;
    }

    /**
     * Sets the weight decay.
     *
     * @param weightDecay at least 0; default 0.01
     * @return this builder
     */
    public Builder weightDecay(double weightDecay) {
      this.weightDecay = weightDecay;
      return this;
    }

    /**
     * Sets the seed of initial weights and dropout.
     *
     * @param seed default 1
     * @return this builder
     */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    private LifParameters neuron() {
      LifParameters neuron =
          rule.applyTo(LifParameters.builder().decay(decay).threshold(threshold).build(), alpha);
      return surrogate == null ? neuron : neuron.toBuilder().surrogate(surrogate).build();
    }

    private AdamW adamW() {
      return AdamW.builder().learningRate(learningRate).weightDecay(weightDecay).build();
    }

    /**
     * The configuration.
     *
     * @return a new configuration
     * @throws IllegalArgumentException if a value is outside its range, or images are too small
     */
    public MultiLayerConfiguration conf() {
      return new BpsaNetwork(this).build();
    }

    /**
     * The network, with initial weights.
     *
     * @return a new network
     * @throws IllegalArgumentException as {@link #conf}
     */
    public MultiLayerNetwork init() {
      MultiLayerNetwork net = new MultiLayerNetwork(conf());
      net.init();
      return net;
    }
  }
}
