package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.BuilderChecks;
import io.github.dl4jsnn.internal.runtime.VotingRuntime;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Lets several neurons vote for each class: the mean of {@code V} neighbouring features, step by
 * step.
 *
 * <pre>
 *   y[n,t,c] = 1/V * sum over v of x[n, t, c*V + v]
 * </pre>
 *
 * <p>One spiking neuron a class can express T + 1 firing rates only, and one that never fires is
 * never corrected; V neurons give V*T + 1.
 *
 * <p><b>Shapes.</b> {@code [N, T, F]} (NWC) or {@code [N, F, T]} (NCW) in, the same with {@code
 * F/V} features out. <b>Masks</b> change nothing. <b>Parameters.</b> None.
 *
 * <p><b>Errors.</b> A number of features that V does not divide, wrong rank: an exception that
 * names the layer.
 *
 * <p><b>Use</b> it between the last neurons and a {@link SpikeLossLayer}.
 *
 * <p><b>Source.</b> The voting layer ("10Voting") of G. Shen, D. Zhao, Y. Zeng, "Backpropagation
 * with Biologically Plausible Spatio-Temporal Adjustment for Training Deep Spiking Neural
 * Networks", 2021.
 */
public final class VotingLayer extends AbstractSnnLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private int votes = 10;

  private VotingLayer() {}

  private VotingLayer(Builder builder) {
    super(builder);
    this.votes = builder.votes;
  }

  /**
   * Neurons of one class.
   *
   * @return V
   */
  public int getVotes() {
    return votes;
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    if (!(inputType instanceof InputType.InputTypeRecurrent)) {
      throw new IllegalStateException(
          label() + ": expected a recurrent input (a sequence), got " + inputType);
    }
    long steps = ((InputType.InputTypeRecurrent) inputType).getTimeSeriesLength();
    return InputType.recurrent(classes(featuresOf(inputType)), steps, getDataFormat());
  }

  private long classes(long features) {
    if (features % votes != 0) {
      throw new IllegalStateException(
          label()
              + ": expected a number of features that "
              + votes
              + " votes a class divide, got "
              + features);
    }
    return features / votes;
  }

  @Override
  public void validateInput(INDArray input) {
    checkRank(label(), input, 3);
    classes(input.size(getDataFormat() == RNNFormat.NWC ? 2 : 1));
  }

  @Override
  public SDVariable defineLayer(
      SameDiff sd, SDVariable input, Map<String, SDVariable> params, SDVariable mask) {
    boolean ncw = getDataFormat() == RNNFormat.NCW;
    long[] shape = input.getShape();
    long steps = shape[ncw ? 2 : 1];
    long classes = shape[ncw ? 1 : 2] / votes;
    SDVariable x = ncw ? sd.permute(input, 0, 2, 1) : input;
    SDVariable y = sd.reshape(x, -1, steps, classes, votes).sum(3).div(votes);
    return ncw ? sd.permute(y, 0, 2, 1) : y;
  }

  @Override
  protected SameDiffLayer fusedLayer(NeuralNetConfiguration conf, DataType type) {
    return new VotingRuntime(conf, type);
  }

  @Override
  public boolean equals(Object o) {
    return super.equals(o) && votes == ((VotingLayer) o).votes;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), votes);
  }

  /** Builder of {@link VotingLayer}. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a free return type
  public static final class Builder extends AbstractSnnLayer.Builder<Builder> {
    private int votes = 10;

    /** Ten neurons a class. */
    public Builder() {}

    /**
     * Sets the number of neurons of one class.
     *
     * @param votes V, at least 1; default 10
     * @return this builder
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder votes(int votes) {
      this.votes = (int) BuilderChecks.size("VotingLayer", "votes", votes);
      return this;
    }

    @Override
    public VotingLayer build() {
      return new VotingLayer(this);
    }
  }
}
