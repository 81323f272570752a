package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.runtime.RuntimeLayers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.samediff.SDVertexParams;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.nd4j.shade.jackson.annotation.JsonIgnore;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * What the vertices of this library share: backend, and the training options that DL4J's layers
 * have.
 */
public abstract class AbstractSnnVertex extends SameDiffVertex {
  private static final long serialVersionUID = 1L;

  @JsonProperty private Backend backend = Backend.AUTO;

  /** For JSON. */
  protected AbstractSnnVertex() {}

  /**
   * Takes over what the builder holds.
   *
   * @param builder the builder
   */
  protected AbstractSnnVertex(Builder<?> builder) {
    this.backend = builder.backend;
    this.regularization = new ArrayList<>(builder.regularization);
    this.regularizationBias = new ArrayList<>(builder.regularizationBias);
    this.updater = builder.updater;
    this.biasUpdater = builder.biasUpdater;
    this.gradientNormalization = builder.gradientNormalization;
    this.gradientNormalizationThreshold = builder.gradientNormalizationThreshold;
  }

  /**
   * How the vertex is computed.
   *
   * @return the backend
   */
  public Backend getBackend() {
    return backend;
  }

  /**
   * What error messages call this vertex.
   *
   * @return class and name
   */
  @JsonIgnore
  public String label() {
    return getClass().getSimpleName() + " \"" + (getName() == null ? "" : getName()) + "\"";
  }

  /**
   * Axis order of sequences.
   *
   * @return the format; {@link RNNFormat#NWC} unless the vertex takes sequences in another
   */
  @JsonIgnore
  public RNNFormat getDataFormat() {
    return RNNFormat.NWC;
  }

  /** Derived from the other fields, so it is not saved. */
  @Override
  @JsonIgnore
  public SDVertexParams getVertexParams() {
    return super.getVertexParams();
  }

  /** Not all vertices have the name when they check their input, so DL4J's call sets it first. */
  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray paramsView,
      boolean initializeParams,
      DataType type) {
    setName(name);
    checkInputs(graph.getConfiguration().getVertexInputs().get(name));
    boolean fused = RuntimeLayers.fused(label(), backend, type);
    return instantiate(fused, graph, name, index, paramsView, initializeParams, type);
  }

  /** DL4J asks for the number of inputs of a vertex, but does not compare. */
  private void checkInputs(List<String> inputs) {
    int expected = getVertexParams().getInputs().size();
    if (inputs.size() != expected) {
      throw new IllegalArgumentException(
          label()
              + ": expected "
              + expected
              + " inputs, "
              + getVertexParams().getInputs()
              + ", got "
              + inputs);
    }
  }

  /**
   * Makes the runtime vertex.
   *
   * @param fused whether to use the fused kernels
   * @param graph the network
   * @param name of the vertex
   * @param index of the vertex
   * @param paramsView its part of the network's parameters
   * @param initializeParams whether to initialise them
   * @param type data type of the network
   * @return the runtime vertex
   */
  protected abstract org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      boolean fused,
      ComputationGraph graph,
      String name,
      int index,
      INDArray paramsView,
      boolean initializeParams,
      DataType type);

  /** Sets the name, which {@link SameDiffVertex#clone()} implementations must not lose. */
  final <V extends AbstractSnnVertex> V copyTo(V copy) {
    AbstractSnnVertex c = copy;
    c.backend = backend;
    c.setName(getName());
    c.regularization = copyOf(regularization);
    c.regularizationBias = copyOf(regularizationBias);
    c.updater = updater == null ? null : updater.clone();
    c.biasUpdater = biasUpdater == null ? null : biasUpdater.clone();
    c.gradientNormalization = gradientNormalization;
    c.gradientNormalizationThreshold = gradientNormalizationThreshold;
    c.dataType = dataType;
    return copy;
  }

  private static List<Regularization> copyOf(List<Regularization> list) {
    if (list == null) {
      return null;
    }
    List<Regularization> copy = new ArrayList<>();
    for (Regularization r : list) {
      copy.add(r.clone());
    }
    return copy;
  }

  @Override
  public boolean equals(Object o) {
    if (this == o) {
      return true;
    }
    if (o == null || o.getClass() != getClass()) {
      return false;
    }
    AbstractSnnVertex v = (AbstractSnnVertex) o;
    return backend == v.backend
        && Objects.equals(getName(), v.getName())
        && Objects.equals(regularization, v.regularization)
        && Objects.equals(regularizationBias, v.regularizationBias)
        && Objects.equals(updater, v.updater)
        && Objects.equals(biasUpdater, v.biasUpdater)
        && gradientNormalization == v.gradientNormalization
        && Double.compare(gradientNormalizationThreshold, v.gradientNormalizationThreshold) == 0;
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof AbstractSnnVertex;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        getClass(), backend, getName(), regularization, regularizationBias, updater, biasUpdater);
  }

  @Override
  public String toString() {
    return label();
  }

  static String shapeOf(INDArray a) {
    return Arrays.toString(a.shape());
  }

  /**
   * Options that every vertex has, named as in DL4J's layer builders.
   *
   * @param <T> the builder
   */
  @SuppressWarnings("unchecked")
  public abstract static class Builder<T extends Builder<T>> {
    private Backend backend = Backend.AUTO;
    private final List<Regularization> regularization = new ArrayList<>();
    private final List<Regularization> regularizationBias = new ArrayList<>();
    private IUpdater updater;
    private IUpdater biasUpdater;
    private GradientNormalization gradientNormalization;
    private double gradientNormalizationThreshold = Double.NaN;

    /** A builder with all defaults. */
    protected Builder() {}

    /**
     * Sets how the vertex is computed.
     *
     * @param backend default {@link Backend#AUTO}
     * @return this builder
     */
    public T backend(Backend backend) {
      this.backend = Objects.requireNonNull(backend, "backend");
      return (T) this;
    }

    /**
     * Adds L1 regularisation of the weights; default: that of the network.
     *
     * @param l1 coefficient
     * @return this builder
     */
    public T l1(double l1) {
      regularization.removeIf(r -> r instanceof L1Regularization);
      regularization.add(new L1Regularization(l1));
      return (T) this;
    }

    /**
     * Adds L2 regularisation of the weights; default: that of the network. 0 means none even if the
     * network has some.
     *
     * @param l2 coefficient
     * @return this builder
     */
    public T l2(double l2) {
      regularization.removeIf(r -> r instanceof L2Regularization || r instanceof WeightDecay);
      regularization.add(new L2Regularization(l2));
      return (T) this;
    }

    /**
     * Adds L2 regularisation of biases and of STFN's lambda and gamma; default: that of the
     * network.
     *
     * @param l2 coefficient
     * @return this builder
     */
    public T l2Bias(double l2) {
      regularizationBias.removeIf(r -> r instanceof L2Regularization || r instanceof WeightDecay);
      regularizationBias.add(new L2Regularization(l2));
      return (T) this;
    }

    /**
     * Adds weight decay, times the learning rate; default: that of the network.
     *
     * @param coefficient coefficient
     * @return this builder
     */
    public T weightDecay(double coefficient) {
      regularization.removeIf(r -> r instanceof L2Regularization || r instanceof WeightDecay);
      regularization.add(new WeightDecay(coefficient, true));
      return (T) this;
    }

    /**
     * Sets the updater; default: that of the network.
     *
     * @param updater updater
     * @return this builder
     */
    public T updater(IUpdater updater) {
      this.updater = updater;
      return (T) this;
    }

    /**
     * Sets the updater of biases and of STFN's lambda and gamma; default: {@link #updater}.
     *
     * @param updater updater
     * @return this builder
     */
    public T biasUpdater(IUpdater updater) {
      this.biasUpdater = updater;
      return (T) this;
    }

    /**
     * Sets gradient normalisation; default: that of the network.
     *
     * @param normalization kind
     * @return this builder
     */
    public T gradientNormalization(GradientNormalization normalization) {
      this.gradientNormalization = normalization;
      return (T) this;
    }

    /**
     * Sets the threshold of gradient normalisation; default: that of the network.
     *
     * @param threshold threshold
     * @return this builder
     */
    public T gradientNormalizationThreshold(double threshold) {
      this.gradientNormalizationThreshold = threshold;
      return (T) this;
    }
  }
}
