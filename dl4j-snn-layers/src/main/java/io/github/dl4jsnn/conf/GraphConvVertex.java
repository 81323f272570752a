package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.graph.Propagation;
import io.github.dl4jsnn.internal.runtime.NodeFunction;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.shade.jackson.annotation.JsonIgnore;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Graph convolution (GCN) with an ordinary activation function.
 *
 * <pre>
 *   y = f(A^ (X W) + b)          {@link AbstractGraphConvVertex}, where inputs and edges are described
 * </pre>
 *
 * <p>{@code A^} stands for the default; {@link Builder#propagation} has more.
 *
 * <p><b>Shapes.</b> Features {@code [N, nIn]} in, {@code [N, nOut]} out; or a sequence in either
 * format, each step convolved by itself, with a sequence out: with {@link Activation#IDENTITY} that
 * is the current for a {@link SpikeReadoutLayer}.
 *
 * <p><b>Activations.</b> {@link Activation#RELU} (default), {@link Activation#IDENTITY}, {@link
 * Activation#TANH}, {@link Activation#SIGMOID}.
 */
public final class GraphConvVertex extends AbstractGraphConvVertex {
  private static final long serialVersionUID = 1L;

  @JsonProperty private Activation activation = Activation.RELU;
  @JsonProperty private Propagation propagation = Propagation.symmetric();

  private GraphConvVertex() {}

  private GraphConvVertex(Builder builder) {
    super(builder);
    this.propagation = builder.propagation;
    this.activation = builder.activation;
  }

  /**
   * The activation function.
   *
   * @return activation
   */
  public Activation getActivation() {
    return activation;
  }

  @Override
  @JsonIgnore(false)
  public Propagation getPropagation() {
    return propagation;
  }

  @Override
  public double stfnScale() {
    return getStfn() == null ? 1 : getStfn().getRho();
  }

  @Override
  InputType outputForStatic() {
    return InputType.feedForward(getNOut());
  }

  @Override
  public SDVariable defineVertex(
      SameDiff sd,
      Map<String, SDVariable> inputs,
      Map<String, SDVariable> params,
      Map<String, SDVariable> masks) {
    return defineActivation(sd, inputs, params, activation);
  }

  @Override
  protected NodeFunction nodeFunction() {
    return NodeFunction.activation(activation.getActivationFunction());
  }

  @Override
  public GraphVertex clone() {
    GraphConvVertex copy = copyConvTo(new GraphConvVertex());
    copy.activation = activation;
    copy.propagation = propagation;
    return copy;
  }

  @Override
  public boolean equals(Object o) {
    if (!super.equals(o)) {
      return false;
    }
    GraphConvVertex v = (GraphConvVertex) o;
    return activation == v.activation && propagation.equals(v.propagation);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), activation, propagation);
  }

  /** Builder of {@link GraphConvVertex}. */
  public static final class Builder extends AbstractGraphConvVertex.Builder<Builder> {
    private Activation activation = Activation.RELU;
    private Propagation propagation = Propagation.symmetric();

    /** All defaults; nOut must be set. */
    public Builder() {}

    /**
     * Sets the activation function.
     *
     * @param activation RELU (default), IDENTITY, TANH or SIGMOID
     * @return this builder
     * @throws IllegalArgumentException for another one
     */
    public Builder activation(Activation activation) {
      switch (Objects.requireNonNull(activation, "activation")) {
        case RELU:
        case IDENTITY:
        case TANH:
        case SIGMOID:
          this.activation = activation;
          return this;
        default:
          throw new IllegalArgumentException(
              "GraphConvVertex: activation must be RELU, IDENTITY, TANH or SIGMOID, was "
                  + activation
                  + "; for others use IDENTITY and DL4J's ActivationLayer behind it");
      }
    }

    /**
     * Sets how the values of neighbours come together.
     *
     * @param propagation default {@link Propagation#symmetric()}
     * @return this builder
     */
    public Builder propagation(Propagation propagation) {
      this.propagation = Objects.requireNonNull(propagation, "propagation");
      return this;
    }

    /**
     * Builds the configuration.
     *
     * @return the vertex
     * @throws IllegalArgumentException if nOut is missing
     */
    public GraphConvVertex build() {
      return new GraphConvVertex(this);
    }
  }
}
