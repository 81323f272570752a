package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.BuilderChecks;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * What layers share that tell the two axes of a spiking sequence apart: L positions (words,
 * readings, patches) and T spike steps on each.
 *
 * <p>Both are kept in one sequence of {@code S = T L} entries, step by step: entry {@code p = t L +
 * l} is step t of position l, {@code [N, T*L, F]} in NWC. {@code timeSteps(T)} says where the steps
 * are; L may vary from batch to batch. A mask is {@code [N, L]} where the sequence has L entries,
 * and {@code [N, T*L]}, the same for every step, where it has T*L.
 */
public abstract class AbstractSpikeSequenceLayer extends AbstractSnnLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private int timeSteps;

  /** For JSON. */
  protected AbstractSpikeSequenceLayer() {}

  /**
   * Takes over what the builder holds.
   *
   * @param builder the builder
   * @throws IllegalArgumentException if timeSteps was not set
   */
  protected AbstractSpikeSequenceLayer(Builder<?> builder) {
    super(builder);
    this.timeSteps = BuilderChecks.timeSteps(BuilderChecks.layer(builder), builder.timeSteps);
  }

  /**
   * Spike steps on each position.
   *
   * @return T
   */
  public int getTimeSteps() {
    return timeSteps;
  }

  /**
   * Entries of the output, after checking those of the input.
   *
   * @param entries of the input
   * @return entries of the output
   */
  protected abstract long outputEntries(long entries);

  /**
   * Features of the output, after checking those of the input.
   *
   * @param features of the input
   * @return features of the output
   */
  protected long outputFeatures(long features) {
    return features;
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    if (TimeFolding.isStatic(layerIndex, inputType)) {
      throw new IllegalStateException(
          label() + ": expected a recurrent input (a sequence), got " + inputType);
    }
    long features = outputFeatures(featuresOf(inputType));
    long entries =
        inputType instanceof InputType.InputTypeRecurrent
            ? ((InputType.InputTypeRecurrent) inputType).getTimeSeriesLength()
            : knownSteps(0);
    long out = entries > 0 ? outputEntries(entries) : -1;
    return InputType.recurrent(features, out, formatFor(inputType));
  }

  /**
   * The layer's definition.
   *
   * @param sd where to
   * @param input {@code [N, S, F]}
   * @param shape of the input
   * @param mask {@code [N, S]}, or null
   * @return {@code [N, S', F']}
   */
  abstract SDVariable define(SameDiff sd, SDVariable input, long[] shape, SDVariable mask);

  @Override
  public final SDVariable defineLayer(
      SameDiff sd, SDVariable input, Map<String, SDVariable> params, SDVariable mask) {
    boolean ncw = getDataFormat() == RNNFormat.NCW;
    long[] shape = nwcShape(input.getShape(), getDataFormat());
    SDVariable y = define(sd, ncw ? sd.permute(input, 0, 2, 1) : input, shape, mask);
    return ncw ? sd.permute(y, 0, 2, 1) : y;
  }

  @Override
  public void validateInput(INDArray input) {
    checkRank(label(), input, 3);
    boolean nwc = getDataFormat() == RNNFormat.NWC;
    outputFeatures(input.size(nwc ? 2 : 1));
    outputEntries(input.size(nwc ? 1 : 2));
  }

  /**
   * Positions of a sequence of T*L entries.
   *
   * @param entries T*L
   * @return L
   * @throws IllegalArgumentException if T does not divide them
   */
  public final long positions(long entries) {
    if (entries % timeSteps != 0) {
      throw new IllegalArgumentException(
          label()
              + ": expected a sequence of T*L entries with timeSteps T = "
              + timeSteps
              + ", got "
              + entries);
    }
    return entries / timeSteps;
  }

  /** The definition's input as {@code [N, S, F]}. */
  static long[] nwcShape(long[] shape, RNNFormat format) {
    return format == RNNFormat.NWC
        ? Arrays.copyOf(shape, 3)
        : new long[] {shape[0], shape[2], shape[1]};
  }

  @Override
  public boolean equals(Object o) {
    return super.equals(o) && timeSteps == ((AbstractSpikeSequenceLayer) o).timeSteps;
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
  public abstract static class Builder<T extends Builder<T>> extends AbstractSnnLayer.Builder<T> {
    private int timeSteps;

    /** A builder with all defaults; {@link #timeSteps} must be set. */
    protected Builder() {}

    /**
     * Sets the number of spike steps on each position.
     *
     * @param timeSteps T, at least 1
     * @return this builder
     * @throws IllegalArgumentException if it is below 1
     */
    @SuppressWarnings("unchecked")
    public T timeSteps(int timeSteps) {
      this.timeSteps = BuilderChecks.timeSteps(BuilderChecks.layer(this), timeSteps);
      return (T) this;
    }
  }
}
