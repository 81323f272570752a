package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.BuilderChecks;
import io.github.dl4jsnn.internal.definition.BatchNormDefinition;
import io.github.dl4jsnn.internal.op.TemporalBatchNormOp;
import io.github.dl4jsnn.internal.runtime.DefinedTemporalBatchNorm;
import io.github.dl4jsnn.internal.runtime.FusedTemporalBatchNorm;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Batch normalisation of a sequence of currents, to be put before a {@link LifLayer}. The three
 * layers of this family are cases of one equation:
 *
 * <pre>
 *   y[n,t,f] = p[t] * (s * gamma[t,f] * (x[n,t,f] - mu[t,f]) / sqrt(var[t,f] + eps) + beta[t,f])
 * </pre>
 *
 * <table>
 * <caption>Cases</caption>
 * <tr><th>layer<th>mu, var over<th>gamma<th>beta<th>p<th>s
 * <tr><td>{@link ThresholdBatchNormLayer} (tdBN)<td>examples and steps<td>[F]<td>[F]<td>1<td>
 *     alpha * vTh
 * <tr><td>{@link TemporalEffectiveBatchNormLayer} (TEBN)<td>examples and steps<td>[F]<td>[F]<td>
 *     [T]<td>1
 * <tr><td>{@link BatchNormThroughTimeLayer} (BNTT)<td>examples<td>[T, F]<td>0, or [T, F]<td>1<td>1
 * </table>
 *
 * <p><b>Statistics.</b> While training, {@code mu} and the biased {@code var} are those of the
 * batch, and the gradient flows through them; at inference they are the running ones, parameters
 * {@code mean} and {@code var} that start at 0 and 1 and follow as in DL4J's BatchNormalization:
 *
 * <pre>
 *   running = decay * running + (1 - decay) * batch
 * </pre>
 *
 * <p>They are saved, loaded and copied like all parameters, but no updater, weight decay or
 * gradient clipping touches them. A statistic of fewer than two values (BNTT with a batch of one)
 * would make every input 0: there the running one is used while training, too, and does not move.
 *
 * <p><b>Shapes.</b> A sequence {@code [N, T, F]} (NWC) or {@code [N, F, T]} (NCW) in, the same out.
 *
 * <p><b>Masks.</b> Steps that a feature mask {@code [N, T]} marks with 0 count in no statistic and
 * come out as 0.
 *
 * <p><b>Parameters.</b> {@code gamma} starts at 1, {@code beta} at 0, {@code p} at 1; they are
 * trained like biases (no weight decay unless asked for biases).
 *
 * <p><b>Errors.</b> Wrong rank, number of features or (where parameters hold T) of steps, NaN or
 * infinity: an exception that names the layer.
 *
 * <p><b>Memory.</b> The kernels keep some numbers for each step and feature, none for each example.
 */
public abstract class AbstractTemporalBatchNormLayer extends AbstractNormalizationLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private double decay = 0.9;
  @JsonProperty private double eps = 1e-5;

  AbstractTemporalBatchNormLayer() {}

  AbstractTemporalBatchNormLayer(Builder<?> builder) {
    super(builder);
    this.decay = builder.decay;
    this.eps = builder.eps;
  }

  /**
   * How much of the running statistics an iteration keeps.
   *
   * @return decay
   */
  public double getDecay() {
    return decay;
  }

  /**
   * What is added to the variance.
   *
   * @return eps
   */
  public double getEps() {
    return eps;
  }

  /**
   * Constant factor of gamma.
   *
   * @return s
   */
  public abstract double scale();

  /** Whether statistics, gamma and beta are those of one time step. */
  abstract boolean isPerStep();

  /** Whether there is a beta. */
  abstract boolean hasShift();

  /** Length of {@code p}, or 0 where there is none. */
  abstract int stepWeights();

  /** Shape of all parameters but {@code p}. */
  long[] parameterShape() {
    return new long[] {getNIn()};
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    if (!(inputType instanceof InputType.InputTypeRecurrent)) {
      throw new IllegalStateException(
          label() + ": expected a recurrent input (a sequence), got " + inputType);
    }
    return super.getOutputType(layerIndex, inputType);
  }

  @Override
  public void defineParameters(SDLayerParams params) {
    params.clear();
    long[] shape = parameterShape();
    params.addBiasParam(TemporalBatchNormOp.GAMMA, shape);
    if (hasShift()) {
      params.addBiasParam(TemporalBatchNormOp.BETA, shape);
    }
    if (stepWeights() > 0) {
      params.addBiasParam(TemporalBatchNormOp.STEP_WEIGHT, stepWeights());
    }
    params.addBiasParam(TemporalBatchNormOp.MEAN, shape);
    params.addBiasParam(TemporalBatchNormOp.VARIANCE, shape);
  }

  @Override
  public void initializeParameters(Map<String, INDArray> params) {
    List<String> fromZero = List.of(TemporalBatchNormOp.BETA, TemporalBatchNormOp.MEAN);
    params.forEach((name, p) -> p.assign(fromZero.contains(name) ? 0 : 1));
  }

  /** None for the running statistics: their gradient is the step itself. */
  @Override
  public IUpdater getUpdaterByParam(String paramName) {
    return TemporalBatchNormOp.isStatistic(paramName)
        ? new NoOp()
        : super.getUpdaterByParam(paramName);
  }

  @Override
  public List<Regularization> getRegularizationByParam(String paramName) {
    return TemporalBatchNormOp.isStatistic(paramName)
        ? null
        : super.getRegularizationByParam(paramName);
  }

  @Override
  public void validateInput(INDArray input) {
    checkRank(label(), input, 3);
    checkFeatures(input, getNIn());
  }

  @Override
  public SDVariable defineLayer(
      SameDiff sd, SDVariable input, Map<String, SDVariable> params, SDVariable mask) {
    boolean ncw = getDataFormat() == RNNFormat.NCW;
    SDVariable x = ncw ? sd.permute(input, 0, 2, 1) : input;
    SDVariable y = BatchNormDefinition.define(sd, x, mask, params, isPerStep(), scale(), eps);
    return ncw ? sd.permute(y, 0, 2, 1) : y;
  }

  @Override
  protected SameDiffLayer fusedLayer(NeuralNetConfiguration conf, DataType type) {
    return new FusedTemporalBatchNorm(conf, type);
  }

  @Override
  protected SameDiffLayer definedLayer(NeuralNetConfiguration conf, DataType type) {
    return new DefinedTemporalBatchNorm(conf, type);
  }

  @Override
  public boolean equals(Object o) {
    if (!super.equals(o)) {
      return false;
    }
    AbstractTemporalBatchNormLayer l = (AbstractTemporalBatchNormLayer) o;
    return decay == l.decay && eps == l.eps;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), decay, eps);
  }

  /**
   * What the builders share.
   *
   * @param <T> the builder
   */
  @SuppressWarnings("unchecked")
  public abstract static class Builder<T extends Builder<T>>
      extends AbstractNormalizationLayer.Builder<T> {
    private double decay = 0.9;
    private double eps = 1e-5;

    Builder() {}

    /**
     * Sets how much of the running statistics an iteration keeps.
     *
     * @param decay in [0, 1); default 0.9, as in DL4J; nearer to 1 for small batches
     * @return this builder
     * @throws IllegalArgumentException if it is not in the range
     */
    public T decay(double decay) {
      this.decay = BuilderChecks.decay(BuilderChecks.layer(this), decay);
      return (T) this;
    }

    /**
     * Sets what is added to the variance.
     *
     * @param eps above 0; default 1e-5; raise it if weak currents must stay weak
     * @return this builder
     * @throws IllegalArgumentException if it is not above 0 and finite
     */
    public T eps(double eps) {
      this.eps = BuilderChecks.positive(BuilderChecks.layer(this), "eps", eps);
      return (T) this;
    }
  }
}
