package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.graph.Propagation;
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
import org.nd4j.shade.jackson.annotation.JsonIgnore;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Spiking graph convolution (GC): graph convolution, STFN, LIF neurons.
 *
 * <pre>
 *   x[t] = A^ (S[t] W) + b          {@link AbstractGraphConvVertex}, where inputs and edges are described
 *   y    = STFN(x)                  {@link StfnParameters}
 *   o    = LIF(y)                   {@link LifParameters}
 * </pre>
 *
 * <p>{@code A^} stands for the default; {@link Builder#propagation} has more.
 *
 * <p><b>Shapes.</b> Features {@code [N, nIn]}, a constant current for {@code timeSteps} steps whose
 * affine map and aggregation are computed once, or a sequence {@code [N, T, nIn]} (NWC) or {@code
 * [N, nIn, T]} (NCW), any T; edges {@code [E, 2|3]}. Output: spikes 0 and 1, {@code [N, T, nOut]}
 * or {@code [N, nOut, T]}.
 *
 * <p>The affine map is event-driven: it adds rows of W, one for each non-zero input.
 *
 * <p><b>Defaults.</b> Those of the two parameter classes; bias on; no dropout.
 */
public final class SpikingGraphConvVertex extends AbstractGraphConvVertex {
  private static final long serialVersionUID = 1L;

  @JsonProperty private LifParameters neuron = LifParameters.defaults();
  @JsonProperty private int timeSteps;
  @JsonProperty private Propagation propagation = Propagation.symmetric();

  private SpikingGraphConvVertex() {}

  private SpikingGraphConvVertex(Builder builder) {
    super(builder);
    this.propagation = builder.propagation;
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
  @JsonIgnore(false)
  public Propagation getPropagation() {
    return propagation;
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
    SpikingGraphConvVertex copy = copyConvTo(new SpikingGraphConvVertex());
    copy.neuron = neuron;
    copy.propagation = propagation;
    copy.timeSteps = timeSteps;
    return copy;
  }

  @Override
  public boolean equals(Object o) {
    if (!super.equals(o)) {
      return false;
    }
    SpikingGraphConvVertex v = (SpikingGraphConvVertex) o;
    return neuron.equals(v.neuron) && timeSteps == v.timeSteps && propagation.equals(v.propagation);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), neuron, timeSteps, propagation);
  }

  /** Builder of {@link SpikingGraphConvVertex}; STFN is on unless {@code stfn(null)} is called. */
  public static final class Builder extends AbstractGraphConvVertex.Builder<Builder> {
    private LifParameters neuron = LifParameters.defaults();
    private int timeSteps;
    private Propagation propagation = Propagation.symmetric();

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
      this.timeSteps = BuilderChecks.timeSteps("SpikingGraphConvVertex", timeSteps);
      return this;
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
    public SpikingGraphConvVertex build() {
      return new SpikingGraphConvVertex(this);
    }
  }
}
