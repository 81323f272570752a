package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.BuilderChecks;
import java.util.Arrays;
import java.util.Objects;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** What batch normalisations with parameters a time step share: a fixed number of steps. */
public abstract class AbstractStepwiseBatchNormLayer extends AbstractTemporalBatchNormLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private int timeSteps;

  AbstractStepwiseBatchNormLayer() {}

  AbstractStepwiseBatchNormLayer(Builder<?> builder) {
    super(builder);
    this.timeSteps = builder.timeSteps;
  }

  /**
   * Number of time steps.
   *
   * @return T, or 0 while it is not known
   */
  public int getTimeSteps() {
    return timeSteps;
  }

  @Override
  public double scale() {
    return 1;
  }

  /** Takes over the length of the sequence, too, where the input type knows it. */
  @Override
  public void setNIn(InputType inputType, boolean override) {
    super.setNIn(inputType, override);
    if (timeSteps == 0 && inputType instanceof InputType.InputTypeRecurrent) {
      timeSteps =
          (int) Math.max(0, ((InputType.InputTypeRecurrent) inputType).getTimeSeriesLength());
      setLayerParams(null);
    }
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    InputType type = super.getOutputType(layerIndex, inputType);
    long steps = ((InputType.InputTypeRecurrent) type).getTimeSeriesLength();
    if (timeSteps != 0 && steps > 0 && steps != timeSteps) {
      throw new IllegalStateException(
          label() + ": timeSteps is " + timeSteps + ", but the input has " + steps + " steps");
    }
    return type;
  }

  @Override
  protected void checkComplete() {
    super.checkComplete();
    if (timeSteps == 0) {
      throw new IllegalStateException(
          label()
              + ": the number of time steps is not known (0); set timeSteps(T), or give the length of the"
              + " sequence in the network's input type");
    }
  }

  @Override
  public void validateInput(INDArray input) {
    super.validateInput(input);
    long steps = input.size(getDataFormat() == RNNFormat.NWC ? 1 : 2);
    if (steps != timeSteps) {
      throw new IllegalArgumentException(
          label()
              + ": expected "
              + timeSteps
              + " time steps, for which it has parameters, got "
              + steps
              + " in an input of shape "
              + Arrays.toString(input.shape())
              + ", format "
              + getDataFormat());
    }
  }

  @Override
  public boolean equals(Object o) {
    return super.equals(o) && timeSteps == ((AbstractStepwiseBatchNormLayer) o).timeSteps;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), timeSteps);
  }

  /**
   * What the builders share.
   *
   * @param <T> the builder
   */
  @SuppressWarnings("unchecked")
  public abstract static class Builder<T extends Builder<T>>
      extends AbstractTemporalBatchNormLayer.Builder<T> {
    private int timeSteps;

    Builder() {}

    /**
     * Sets the number of time steps; not needed where the input type knows it.
     *
     * @param timeSteps T, at least 1
     * @return this builder
     * @throws IllegalArgumentException if it is below 1
     */
    public T timeSteps(int timeSteps) {
      this.timeSteps = BuilderChecks.timeSteps(BuilderChecks.layer(this), timeSteps);
      return (T) this;
    }
  }
}
