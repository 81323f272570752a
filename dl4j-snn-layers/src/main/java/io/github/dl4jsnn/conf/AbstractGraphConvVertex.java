package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.graph.Propagation;
import io.github.dl4jsnn.internal.BuilderChecks;
import io.github.dl4jsnn.internal.definition.GraphConvDefinition;
import io.github.dl4jsnn.internal.definition.LifDefinition;
import io.github.dl4jsnn.internal.op.GraphConvOp;
import io.github.dl4jsnn.internal.runtime.DefinedGraphConv;
import io.github.dl4jsnn.internal.runtime.FusedGraphConv;
import io.github.dl4jsnn.internal.runtime.NodeFunction;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.StfnParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InvalidInputTypeException;
import org.deeplearning4j.nn.conf.layers.samediff.SDVertexParams;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.weights.WeightInitUtil;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonIgnore;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * What graph convolutions share: the convolution itself, with its parameters and checks. {@link
 * AbstractGraphAttentionVertex} replaces {@code A^} by attention.
 *
 * <pre>
 *   x[t] = A^ (S[t] W) + b,    A^ = D^-1/2 (A + I) D^-1/2
 * </pre>
 *
 * <p>That is the default; {@link Propagation} says what else the neighbours can contribute, as in
 * GraphSAGE, GIN and ChebNet, and with which conventions about degrees, self-loops and nodes
 * without neighbours.
 *
 * <p><b>Residual connection.</b> {@code residual(true)} adds to the current, before STFN, the input
 * itself where {@code nIn = nOut}, else its linear projection {@code S[t] Wres}. The input is what
 * the convolution gets, after dropout.
 *
 * <p><b>Inputs.</b> First the features, {@code [N, nIn]} (static) or a sequence; last the edges,
 * {@code [E, 2]} or {@code [E, 3]}: rows (source, target) or (source, target, weight), as floats,
 * since all inputs of a network have its type. The source sends, the target receives; an undirected
 * edge is listed in both directions; parallel edges add up; an edge of weight 0 is none; with
 * {@code A^}, a self-loop in the data replaces the added one. The edges are data: one saved network
 * runs on any graph, on sampled sub-graphs, and on several graphs in one block-diagonal batch. They
 * must be the last input of the vertex (DL4J loses track of gradients behind an input that has
 * none).
 *
 * <p><b>Parameters.</b> {@code W [nIn, nOut]} ({@code W0}, {@code W1}, ... of Chebyshev
 * polynomials), {@code b [nOut]}, {@code lambda} and {@code gamma} of STFN; {@code Wself [nIn,
 * nOut]} of mean, sum and max; {@code eps [1]} of GIN if it is trained, which counts as a bias;
 * {@code Wres [nIn, nOut]} of a residual connection between different sizes.
 *
 * <p><b>Streams.</b> With STFN or spiking neurons {@code rnnTimeStep} and truncated BPTT are
 * refused with an UnsupportedOperationException; without, each step is computed alone.
 *
 * <p><b>Source.</b> T. Kipf, M. Welling, "Semi-Supervised Classification with Graph Convolutional
 * Networks", 2017, Eq. 2; M. Xu et al., "Exploiting Spiking Dynamics with Spatial-temporal Feature
 * Normalization in Graph Learning", 2021, Eq. 5, 8, 13.
 */
public abstract class AbstractGraphConvVertex extends AbstractNodeVertex {
  private static final long serialVersionUID = 1L;

  /** Name of the last input in the SameDiff definition. */
  public static final String EDGES = "edges";

  @JsonProperty("outputs")
  private long nOut;

  @JsonProperty private boolean bias = true;
  @JsonProperty private StfnParameters stfn;
  @JsonProperty private WeightInit weightInit = WeightInit.XAVIER;
  @JsonProperty private double retain = 1;
  @JsonProperty private boolean dropOutPerStep;
  @JsonProperty private boolean residual;

  /** For JSON. */
  protected AbstractGraphConvVertex() {}

  /**
   * Takes over what the builder holds.
   *
   * @param builder the builder
   */
  protected AbstractGraphConvVertex(Builder<?> builder) {
    super(builder);
    this.nOut = BuilderChecks.size(getClass().getSimpleName(), "nOut", builder.nOut);
    this.bias = builder.bias;
    this.stfn = builder.stfn;
    this.weightInit = builder.weightInit;
    this.retain = builder.retain;
    this.dropOutPerStep = builder.dropOutPerStep;
    this.residual = builder.residual;
  }

  /**
   * Number of output features.
   *
   * @return nOut
   */
  @JsonIgnore
  public long getNOut() {
    return nOut;
  }

  /**
   * Whether there is a bias.
   *
   * @return true if so
   */
  public boolean isBias() {
    return bias;
  }

  /**
   * Normalisation of the aggregated current.
   *
   * @return STFN's constants, or null without it
   */
  public StfnParameters getStfn() {
    return stfn;
  }

  /**
   * Initialisation of the weights.
   *
   * @return the scheme
   */
  public WeightInit getWeightInit() {
    return weightInit;
  }

  /**
   * Probability to keep an input during training.
   *
   * @return 1 without dropout
   */
  public double getRetain() {
    return retain;
  }

  /**
   * Whether dropout draws a new mask each step.
   *
   * @return false if one mask serves all steps
   */
  public boolean isDropOutPerStep() {
    return dropOutPerStep;
  }

  /**
   * How the values of neighbours come together.
   *
   * @return the choice; {@link Propagation#symmetric()} where there is none, as attention takes its
   *     place
   */
  @JsonIgnore
  public Propagation getPropagation() {
    return Propagation.symmetric();
  }

  /**
   * Whether the input is added to the current.
   *
   * @return true if so
   */
  public boolean isResidual() {
    return residual;
  }

  /**
   * Whether the input itself is added to the current, not a projection of it.
   *
   * @return true for a residual connection between equal sizes
   */
  public boolean addsInput() {
    return residual && getNIn() == nOut;
  }

  /**
   * Parameters that map the input of a node for its own current.
   *
   * @return names
   */
  public List<String> ownWeights() {
    List<String> names = new ArrayList<>();
    if (getPropagation().mapsSelf()) {
      names.add(GraphConvOp.SELF);
    }
    if (residual && getNIn() != nOut) {
      names.add(GraphConvOp.RESIDUAL);
    }
    return names;
  }

  /**
   * Standard deviation of the normalised current at lambda 1.
   *
   * @return {@code rho * vTh}
   */
  public abstract double stfnScale();

  /** While DL4J builds a configuration, the vertex does not know its name yet. */
  @Override
  public String label() {
    return getName() == null
        ? getClass().getSimpleName() + " with nIn " + getNIn() + ", nOut " + nOut
        : super.label();
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray paramsView,
      boolean initializeParams,
      DataType type) {
    setName(name);
    checkNInKnown();
    return super.instantiate(graph, name, index, paramsView, initializeParams, type);
  }

  @Override
  protected org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      boolean fused,
      ComputationGraph graph,
      String name,
      int index,
      INDArray paramsView,
      boolean initializeParams,
      DataType type) {
    return fused
        ? new FusedGraphConv(
            this, nodeFunction(), graph, name, index, paramsView, initializeParams, type)
        : new DefinedGraphConv(this, graph, name, index, paramsView, initializeParams, type);
  }

  /**
   * What a node makes of its current, on the fused path.
   *
   * @return neurons or activation
   */
  protected abstract NodeFunction nodeFunction();

  /**
   * Why the vertex cannot take a sequence in chunks, in {@code rnnTimeStep} and truncated BPTT.
   *
   * @return the reason, or null if it computes each step alone
   */
  public final String streamingRefusal() {
    if (stfn != null) {
      return "STFN takes mean and variance over all time steps";
    }
    return nodeFunction().spiking() ? "its neurons keep no state between chunks" : null;
  }

  /** Columns of W. */
  long weightColumns() {
    return nOut;
  }

  @Override
  public void defineParametersAndInputs(SDVertexParams params) {
    params.clear();
    params.defineInputs(FEATURES, EDGES);
    for (String name : getPropagation().weightNames()) {
      params.addWeightParam(name, getNIn(), weightColumns());
    }
    for (String name : ownWeights()) {
      params.addWeightParam(name, getNIn(), nOut);
    }
    if (getPropagation().isTrainEps()) {
      params.addBiasParam(GraphConvOp.EPS, 1);
    }
    if (bias) {
      params.addBiasParam(GraphConvOp.BIAS, nOut);
    }
    if (stfn != null && stfn.getAffine() != StfnParameters.Affine.FIXED) {
      long n = stfn.getAffine() == StfnParameters.Affine.SCALAR ? 1 : nOut;
      params.addBiasParam(GraphConvOp.LAMBDA, n);
      params.addBiasParam(GraphConvOp.GAMMA, n);
    }
  }

  @Override
  public void initializeParameters(Map<String, INDArray> params) {
    for (String name : getPropagation().weightNames()) {
      INDArray w = params.get(name);
      WeightInitUtil.initWeights(getNIn(), weightColumns(), w.shape(), weightInit, null, 'c', w);
    }
    for (String name : ownWeights()) {
      INDArray w = params.get(name);
      WeightInitUtil.initWeights(getNIn(), nOut, w.shape(), weightInit, null, 'c', w);
    }
    if (getPropagation().isTrainEps()) {
      params.get(GraphConvOp.EPS).assign(getPropagation().getEps());
    }
    if (bias) {
      params.get(GraphConvOp.BIAS).assign(0);
    }
    if (params.containsKey(GraphConvOp.LAMBDA)) {
      params.get(GraphConvOp.LAMBDA).assign(stfn.getInitialLambda());
      params.get(GraphConvOp.GAMMA).assign(stfn.getInitialGamma());
    }
  }

  @Override
  protected final String indexName() {
    return EDGES;
  }

  @Override
  final void checkIndexColumns(long columns, InputType index) {
    if (columns != 2 && columns != 3) {
      throw new InvalidInputTypeException(
          label()
              + ": the last input is the edge list, InputType.feedForward(2) or (3); got "
              + index);
    }
  }

  @Override
  final InputType outputForSequence(long steps) {
    return InputType.recurrent(nOut, steps, getDataFormat());
  }

  /** Length of a sequence of features, 0 for static ones. */
  final int sequenceLength(Map<String, SDVariable> inputs) {
    long[] shape = inputs.get(FEATURES).getShape();
    return shape.length == 3 ? (int) shape[getDataFormat() == RNNFormat.NCW ? 2 : 1] : 0;
  }

  /** The aggregated, normalised current {@code [N, nOut]} or {@code [N, T, nOut]}. */
  final SDVariable defineCurrent(
      SameDiff sd, Map<String, SDVariable> inputs, Map<String, SDVariable> params) {
    SDVariable features = inputs.get(FEATURES);
    int steps = sequenceLength(inputs);
    SDVariable s =
        steps > 0 && getDataFormat() == RNNFormat.NCW ? sd.permute(features, 0, 2, 1) : features;
    SDVariable edges = inputs.get(EDGES);
    return GraphConvDefinition.define(sd, s, steps, edges, (int) edges.getShape()[1], params, this);
  }

  /** Spikes of neurons with this current, in the format of the vertex. */
  final SDVariable defineSpikes(
      SameDiff sd,
      Map<String, SDVariable> inputs,
      Map<String, SDVariable> params,
      LifParameters neuron,
      int timeSteps) {
    SDVariable y = defineCurrent(sd, inputs, params);
    int length = sequenceLength(inputs);
    SDVariable spikes =
        length == 0
            ? LifDefinition.ofConstant(sd, y, timeSteps, neuron)
            : LifDefinition.ofSequence(sd, y, length, neuron, null);
    return getDataFormat() == RNNFormat.NCW ? sd.permute(spikes, 0, 2, 1) : spikes;
  }

  /** Activation of this current, in the format of the vertex. */
  final SDVariable defineActivation(
      SameDiff sd,
      Map<String, SDVariable> inputs,
      Map<String, SDVariable> params,
      Activation activation) {
    SDVariable y =
        GraphConvDefinition.activation(sd, defineCurrent(sd, inputs, params), activation);
    boolean ncw = sequenceLength(inputs) > 0 && getDataFormat() == RNNFormat.NCW;
    return ncw ? sd.permute(y, 0, 2, 1) : y;
  }

  /** Refuses static features where no number of steps is configured. */
  final void checkTimeSteps(int timeSteps) {
    if (timeSteps == 0) {
      throw new IllegalArgumentException(
          label()
              + ": static features [N, nIn] are a constant current and need timeSteps(T) in the configuration");
    }
  }

  /** Two numbers for each output: the current and what neurons or activation make of it. */
  @Override
  final long keptPerNode() {
    return nOut * 2;
  }

  final <V extends AbstractGraphConvVertex> V copyConvTo(V copy) {
    AbstractGraphConvVertex c = copyNodeTo(copy);
    c.nOut = nOut;
    c.bias = bias;
    c.stfn = stfn;
    c.weightInit = weightInit;
    c.retain = retain;
    c.dropOutPerStep = dropOutPerStep;
    c.residual = residual;
    return copy;
  }

  @Override
  public boolean equals(Object o) {
    if (!super.equals(o)) {
      return false;
    }
    AbstractGraphConvVertex v = (AbstractGraphConvVertex) o;
    return nOut == v.nOut
        && bias == v.bias
        && Objects.equals(stfn, v.stfn)
        && weightInit == v.weightInit
        && retain == v.retain
        && dropOutPerStep == v.dropOutPerStep
        && residual == v.residual;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        super.hashCode(), nOut, bias, stfn, weightInit, retain, dropOutPerStep, residual);
  }

  /**
   * Options of graph convolutions.
   *
   * @param <T> the builder
   */
  @SuppressWarnings("unchecked")
  public abstract static class Builder<T extends Builder<T>> extends AbstractNodeVertex.Builder<T> {
    private long nOut;
    private boolean bias = true;
    private StfnParameters stfn;
    private WeightInit weightInit = WeightInit.XAVIER;
    private double retain = 1;
    private boolean dropOutPerStep;
    private boolean residual;

    /** A builder with all defaults. */
    protected Builder() {}

    /**
     * Sets the number of output features; no default.
     *
     * @param nOut at least 1
     * @return this builder
     */
    public T nOut(long nOut) {
      this.nOut = BuilderChecks.size(getClass().getEnclosingClass().getSimpleName(), "nOut", nOut);
      return (T) this;
    }

    /**
     * Sets whether there is a bias.
     *
     * @param bias default true
     * @return this builder
     */
    public T hasBias(boolean bias) {
      this.bias = bias;
      return (T) this;
    }

    /**
     * Normalises the aggregated current.
     *
     * @param stfn constants; null for none
     * @return this builder
     */
    public T stfn(StfnParameters stfn) {
      this.stfn = stfn;
      return (T) this;
    }

    /**
     * Sets the initialisation of the weights (fan-in nIn, fan-out nOut).
     *
     * @param weightInit default XAVIER
     * @return this builder
     */
    public T weightInit(WeightInit weightInit) {
      this.weightInit = Objects.requireNonNull(weightInit, "weightInit");
      return (T) this;
    }

    /**
     * Drops inputs during training. As everywhere in DL4J the number is the probability to
     * <em>keep</em> an input; kept ones are divided by it.
     *
     * @param retain in (0, 1]; default 1, no dropout
     * @return this builder
     */
    public T dropOut(double retain) {
      this.retain = BuilderChecks.retain(getClass().getEnclosingClass().getSimpleName(), retain);
      return (T) this;
    }

    /**
     * Sets whether dropout of a sequence draws a new mask each step.
     *
     * @param perStep default false: a dropped input is silent for all steps
     * @return this builder
     */
    public T dropOutPerStep(boolean perStep) {
      this.dropOutPerStep = perStep;
      return (T) this;
    }

    /**
     * Adds the input to the current, before STFN: itself where nIn equals nOut, else a linear
     * projection of it, trained as {@code Wres}.
     *
     * @param residual default false
     * @return this builder
     */
    public T residual(boolean residual) {
      this.residual = residual;
      return (T) this;
    }
  }
}
