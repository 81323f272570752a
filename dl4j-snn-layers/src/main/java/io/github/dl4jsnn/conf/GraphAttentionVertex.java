package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.runtime.NodeFunction;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Graph attention (GAT) with an ordinary activation function.
 *
 * <pre>
 *   y = f(attention(X W) + b)    {@link AbstractGraphAttentionVertex}, with inputs and edges
 * </pre>
 *
 * <p><b>Shapes.</b> Features {@code [N, nIn]} in, {@code [N, nOut]} out; or a sequence in either
 * format, each step by itself, with a sequence out: with {@link Activation#IDENTITY} that is the
 * current for a {@link SpikeReadoutLayer}.
 *
 * <p><b>Activations.</b> {@link Activation#ELU} (default, as in the source), {@link
 * Activation#RELU}, {@link Activation#IDENTITY}, {@link Activation#TANH}, {@link
 * Activation#SIGMOID}.
 */
public final class GraphAttentionVertex extends AbstractGraphAttentionVertex {
  private static final long serialVersionUID = 1L;

  @JsonProperty private Activation activation = Activation.ELU;

  private GraphAttentionVertex() {}

  private GraphAttentionVertex(Builder builder) {
    super(builder);
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
    GraphAttentionVertex copy = copyAttentionTo(new GraphAttentionVertex());
    copy.activation = activation;
    return copy;
  }

  @Override
  public boolean equals(Object o) {
    return super.equals(o) && activation == ((GraphAttentionVertex) o).activation;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), activation);
  }

  /** Builder of {@link GraphAttentionVertex}. */
  public static final class Builder extends AbstractGraphAttentionVertex.Builder<Builder> {
    private Activation activation = Activation.ELU;

    /** All defaults; nOut must be set. */
    public Builder() {}

    /**
     * Sets the activation function.
     *
     * @param activation ELU (default), RELU, IDENTITY, TANH or SIGMOID
     * @return this builder
     * @throws IllegalArgumentException for another one
     */
    public Builder activation(Activation activation) {
      switch (Objects.requireNonNull(activation, "activation")) {
        case ELU:
        case RELU:
        case IDENTITY:
        case TANH:
        case SIGMOID:
          this.activation = activation;
          return this;
        default:
          throw new IllegalArgumentException(
              "GraphAttentionVertex: activation must be ELU, RELU, IDENTITY, TANH or SIGMOID, was "
                  + activation
                  + "; for others use IDENTITY and DL4J's ActivationLayer behind it");
      }
    }

    /**
     * Builds the configuration.
     *
     * @return the vertex
     * @throws IllegalArgumentException if nOut is missing
     */
    public GraphAttentionVertex build() {
      return new GraphAttentionVertex(this);
    }
  }
}
