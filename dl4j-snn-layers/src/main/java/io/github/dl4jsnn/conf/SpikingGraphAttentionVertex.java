package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.BuilderChecks;
import io.github.dl4jsnn.internal.runtime.NodeFunction;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.StfnParameters;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Spiking graph attention (GA): graph attention, STFN, LIF neurons.
 *
 * <pre>
 *   x[t] = attention(S[t] W) + b    {@link AbstractGraphAttentionVertex}, with inputs and edges
 *   y    = STFN(x)                  {@link StfnParameters}
 *   o    = LIF(y)                   {@link LifParameters}
 * </pre>
 *
 * <p><b>Shapes.</b> Features {@code [N, nIn]}, a constant current for {@code timeSteps} steps whose
 * affine map, attention and aggregation are computed once, or a sequence {@code [N, T, nIn]} (NWC)
 * or {@code [N, nIn, T]} (NCW), any T; edges {@code [E, 2|3]}. Output: spikes 0 and 1, {@code [N,
 * T, nOut]} or {@code [N, nOut, T]}.
 *
 * <p>The affine map is event-driven: it adds rows of W, one for each non-zero input.
 *
 * <p><b>Defaults.</b> One head; those of the two parameter classes; bias on; no dropout.
 */
public final class SpikingGraphAttentionVertex extends AbstractGraphAttentionVertex {
  private static final long serialVersionUID = 1L;

  @JsonProperty private LifParameters neuron = LifParameters.defaults();
  @JsonProperty private int timeSteps;

  private SpikingGraphAttentionVertex() {}

  private SpikingGraphAttentionVertex(Builder builder) {
    super(builder);
    this.neuron = builder.neuron;
    this.timeSteps = builder.timeSteps;
  }

  /**
   * The neuron's constants.
   *
   * @return parameters
   */
  public LifParameters getNeuron() {
    return neuron;
  }

  /**
   * Steps for which static features are held.
   *
   * @return T, or 0 if only sequences are accepted
   */
  public int getTimeSteps() {
    return timeSteps;
  }

  @Override
  public double stfnScale() {
    return getStfn() == null ? 1 : getStfn().getRho() * neuron.getThreshold();
  }

  @Override
  InputType outputForStatic() {
    checkTimeSteps(timeSteps);
    return InputType.recurrent(getNOut(), timeSteps, getDataFormat());
  }

  @Override
  public void validateInput(INDArray[] input) {
    super.validateInput(input);
    if (input[0].rank() == 2) {
      checkTimeSteps(timeSteps);
    }
  }

  @Override
  public SDVariable defineVertex(
      SameDiff sd,
      Map<String, SDVariable> inputs,
      Map<String, SDVariable> params,
      Map<String, SDVariable> masks) {
    return defineSpikes(sd, inputs, params, neuron, timeSteps);
  }

  @Override
  protected NodeFunction nodeFunction() {
    return NodeFunction.spikes(neuron, timeSteps);
  }

  @Override
  public GraphVertex clone() {
    SpikingGraphAttentionVertex copy = copyAttentionTo(new SpikingGraphAttentionVertex());
    copy.neuron = neuron;
    copy.timeSteps = timeSteps;
    return copy;
  }

  @Override
  public boolean equals(Object o) {
    if (!super.equals(o)) {
      return false;
    }
    SpikingGraphAttentionVertex v = (SpikingGraphAttentionVertex) o;
    return neuron.equals(v.neuron) && timeSteps == v.timeSteps;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), neuron, timeSteps);
  }

  /**
   * Builder of {@link SpikingGraphAttentionVertex}; STFN is on unless {@code stfn(null)} is called.
   */
  public static final class Builder extends AbstractGraphAttentionVertex.Builder<Builder> {
    private LifParameters neuron = LifParameters.defaults();
    private int timeSteps;

    /** All defaults; nOut must be set. */
    public Builder() {
      stfn(StfnParameters.defaults());
    }

    /**
     * Sets the neuron.
     *
     * @param neuron default {@link LifParameters#defaults()}
     * @return this builder
     */
    public Builder neuron(LifParameters neuron) {
      this.neuron = Objects.requireNonNull(neuron, "neuron");
      return this;
    }

    /**
     * Lets the vertex take static features, held for this many steps.
     *
     * @param timeSteps T, at least 1
     * @return this builder
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder timeSteps(int timeSteps) {
      this.timeSteps = BuilderChecks.timeSteps("SpikingGraphAttentionVertex", timeSteps);
      return this;
    }

    /**
     * Builds the configuration.
     *
     * @return the vertex
     * @throws IllegalArgumentException if nOut is missing
     */
    public SpikingGraphAttentionVertex build() {
      return new SpikingGraphAttentionVertex(this);
    }
  }
}
