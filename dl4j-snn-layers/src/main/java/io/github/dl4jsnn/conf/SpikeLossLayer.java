package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.runtime.SpikeLossOutput;
import io.github.dl4jsnn.learning.CrossEntropyCountLoss;
import io.github.dl4jsnn.learning.SpikeLoss;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.NoParamLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonIgnore;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Output layer that compares a sequence of spikes, currents or membrane potentials with one label
 * an example; how, is the {@link SpikeLoss}'s.
 *
 * <pre>
 *   L = sum over i of m[i] * v[i] * loss(x[i], y[i]) / sum over i of m[i],    v[i] = sum over c of w[c] * y[i][c]
 *   output[i] = loss.output(x[i])
 * </pre>
 *
 * <p>{@code m} is the labels mask, 1 without one: the mean is over the labelled examples, as in
 * {@link LabelledLossLayer}. {@code w} are the class weights, 1 unless set.
 *
 * <p><b>Shapes.</b> {@code [N, T, C]} (NWC) or {@code [N, C, T]} (NCW) in, labels {@code [N, C]},
 * one-hot or probabilities; output {@code [N, C]}, class probabilities (of {@link
 * io.github.dl4jsnn.learning.MseRateLoss}: firing rates). So {@code evaluate}, {@code score},
 * {@code scoreExamples}, early stopping and listeners work as behind DL4J's own output layers.
 *
 * <p><b>Masks.</b> Steps that a feature mask {@code [N, T]} marks with 0 are taken out before the
 * loss sees the sequence; an example without any step is an error. Examples that a labels mask
 * {@code [N, 1]} marks with 0 add nothing to score and gradient, but have outputs.
 *
 * <p><b>Gradient.</b> Exact, in double; of the first spike and the maximum as their losses say.
 *
 * <p><b>Parameters.</b> None. <b>Dropout</b> works on the input, as in DL4J's output layers.
 *
 * <p><b>Errors.</b> Labels of another shape, NaN or infinite values, masks of another shape, a
 * labels mask without a labelled example: IllegalArgumentException. An input type that is no
 * sequence: IllegalStateException. All name the layer.
 *
 * <p><b>Use</b> it as the last layer, where the loss shall see each time step. <b>Do not use</b> it
 * with truncated backpropagation through time, which would compare every piece of a sequence with
 * the label; nor for one label a time step: DL4J's {@code RnnLossLayer} has that.
 */
public final class SpikeLossLayer extends NoParamLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private SpikeLoss loss = new CrossEntropyCountLoss();
  @JsonProperty private double[] classWeights;
  @JsonProperty private RNNFormat dataFormat;

  private SpikeLossLayer() {}

  private SpikeLossLayer(Builder builder) {
    super(builder);
    this.loss = builder.loss;
    this.classWeights = builder.classWeights;
    this.dataFormat = builder.dataFormat;
  }

  /**
   * The loss.
   *
   * @return loss of one example
   */
  public SpikeLoss getLoss() {
    return loss;
  }

  /**
   * Weights of the classes.
   *
   * @return a copy of the weights, or null if all are 1
   */
  @JsonIgnore
  public double[] getClassWeights() {
    return classWeights == null ? null : classWeights.clone();
  }

  /**
   * Axis order of the input.
   *
   * @return the format; {@link RNNFormat#NWC} unless set or inferred
   */
  @JsonIgnore
  public RNNFormat getDataFormat() {
    return dataFormat == null ? RNNFormat.NWC : dataFormat;
  }

  /**
   * What error messages call this layer.
   *
   * @return class and name
   */
  @JsonIgnore
  public String label() {
    return "SpikeLossLayer \"" + (getLayerName() == null ? "" : getLayerName()) + "\"";
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
    return null;
  }

  @Override
  public void setNIn(InputType inputType, boolean override) {
    if (inputType instanceof InputType.InputTypeRecurrent && dataFormat == null) {
      dataFormat = ((InputType.InputTypeRecurrent) inputType).getFormat();
    }
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    if (!(inputType instanceof InputType.InputTypeRecurrent)) {
      throw new IllegalStateException(
          label()
              + ": expected a recurrent input (a sequence), got "
              + inputType
              + "; for [N, C] use LabelledLossLayer");
    }
    InputType.InputTypeRecurrent r = (InputType.InputTypeRecurrent) inputType;
    AbstractSnnLayer.checkFormat(label(), dataFormat, r);
    checkClasses(r.getSize());
    return InputType.feedForward(r.getSize());
  }

  /**
   * Checks rank and number of classes of an input.
   *
   * @param input the layer's input
   * @throws IllegalArgumentException if it is no sequence
   * @throws IllegalStateException if there are not as many class weights as classes
   */
  public void validateInput(INDArray input) {
    AbstractSnnLayer.checkRank(label(), input, 3);
    checkClasses(input.size(getDataFormat() == RNNFormat.NWC ? 2 : 1));
  }

  private void checkClasses(long classes) {
    if (classWeights != null && classWeights.length != classes) {
      throw new IllegalStateException(
          label()
              + ": expected as many classes as class weights, "
              + classWeights.length
              + ", got an input of "
              + classes
              + " features");
    }
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray paramsView,
      boolean initializeParams,
      DataType type) {
    SpikeLossOutput layer = new SpikeLossOutput(conf, type);
    layer.setListeners(listeners);
    layer.setIndex(layerIndex);
    return layer;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType inputType) {
    return new LayerMemoryReport.Builder(
            getLayerName(), getClass(), inputType, getOutputType(-1, inputType))
        .standardMemory(0, 0)
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(0, 0)
        .build();
  }

  @Override
  public SpikeLossLayer clone() {
    return (SpikeLossLayer) super.clone();
  }

  @Override
  public boolean equals(Object o) {
    if (this == o) {
      return true;
    }
    if (!(o instanceof SpikeLossLayer) || !super.equals(o)) {
      return false;
    }
    SpikeLossLayer l = (SpikeLossLayer) o;
    return Objects.equals(loss, l.loss)
        && Arrays.equals(classWeights, l.classWeights)
        && dataFormat == l.dataFormat;
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof SpikeLossLayer;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), loss, Arrays.hashCode(classWeights), dataFormat);
  }

  @Override
  public String toString() {
    return label()
        + "(loss="
        + loss
        + ", classWeights="
        + Arrays.toString(classWeights)
        + ", dataFormat="
        + getDataFormat()
        + ")";
  }

  /** Builder of {@link SpikeLossLayer}. */
  public static final class Builder extends NoParamLayer.Builder<Builder> {
    private SpikeLoss loss = new CrossEntropyCountLoss();
    private double[] classWeights;
    private RNNFormat dataFormat;

    /** Cross-entropy of the spike counts, all classes of weight 1. */
    public Builder() {}

    /**
     * The given loss.
     *
     * @param loss loss of one example
     */
    public Builder(SpikeLoss loss) {
      loss(loss);
    }

    /**
     * Sets the loss.
     *
     * @param loss default {@link CrossEntropyCountLoss}
     * @return this builder
     */
    public Builder loss(SpikeLoss loss) {
      this.loss = Objects.requireNonNull(loss, "loss");
      return this;
    }

    /**
     * Sets what examples of each class count, for data in which some are rare. The mean is still
     * over the number of examples, as in DL4J's and snnTorch's losses.
     *
     * @param classWeights one a class, 0 or more and finite; default: all 1
     * @return this builder
     * @throws IllegalArgumentException if there are none, or one is negative or not finite
     */
    public Builder classWeights(double... classWeights) {
      if (classWeights.length == 0) {
        throw new IllegalArgumentException("SpikeLossLayer: expected at least one class weight");
      }
      for (double w : classWeights) {
        if (!(w >= 0) || Double.isInfinite(w)) {
          throw new IllegalArgumentException(
              "SpikeLossLayer: class weights must be 0 or more and finite, was "
                  + Arrays.toString(classWeights));
        }
      }
      this.classWeights = classWeights.clone();
      return this;
    }

    /**
     * Sets the axis order of the input.
     *
     * @param dataFormat default: that of the network's input type, else {@link RNNFormat#NWC}
     * @return this builder
     */
    public Builder dataFormat(RNNFormat dataFormat) {
      this.dataFormat = dataFormat;
      return this;
    }

    @Override
    @SuppressWarnings("unchecked")
    public SpikeLossLayer build() {
      return new SpikeLossLayer(this);
    }
  }
}
