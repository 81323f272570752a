package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.definition.SpikingMapDefinition;
import io.github.dl4jsnn.internal.op.SpikingMapOp;
import io.github.dl4jsnn.position.PositionalCode;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Linear map, batch normalisation and spiking neurons, the building block of spiking transformers:
 *
 * <pre>
 *   o = SN(BN(W x + b [+ W2 c]))
 * </pre>
 *
 * <p>for each step and position by itself, the neurons over the steps; {@link
 * AbstractSpikingMapLayer} has the equations, both axes, shapes, masks and parameters. {@code W} is
 * {@code [nIn, nOut]}.
 *
 * <p><b>Positional code.</b> With {@code positionalCode} (CPG-Linear, see {@link CpgLinear}) the
 * code {@code c(p)} of the entry {@code p = t L + l} is mapped beside the input, {@code W2} {@code
 * [width, nOut]}. It is the same for all examples, so its map is computed once a pass. As it tells
 * steps apart, it does not go with {@code repeatInput}.
 *
 * <p>Where few inputs are non-zero, as spikes are, a row of {@code W} is added for each of them;
 * where many are, BLAS multiplies. The density of the input decides, in each call.
 *
 * <p><b>Use</b> it for queries, keys, values and the feed-forward part of a spiking transformer.
 * <b>Do not use</b> it where potentials are to be kept from step to step without normalisation and
 * positions: {@link SpikingDense} and {@link LifLayer} are plainer.
 *
 * <p><b>Source.</b> C. Lv, D. Han, Y. Wang, X. Zheng, X. Huang, D. Li, "Advancing Spiking Neural
 * Networks for Sequential Modeling with Central Pattern Generators", NeurIPS 2024, Appendix D
 * (CPG-Linear); Z. Zhou et al., "Spikformer: When Spiking Neural Network Meets Transformer", ICLR
 * 2023, Eq. 5-7 (Linear, BN, SN).
 */
public final class SpikingLinear extends AbstractSpikingMapLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private PositionalCode positionalCode;

  private SpikingLinear() {}

  private SpikingLinear(Builder builder) {
    super(builder);
    this.positionalCode = builder.positionalCode;
    if (positionalCode != null && isRepeatInput()) {
      throw new IllegalArgumentException(
          "SpikingLinear: a positional code differs from step to step, so the input cannot be held"
              + " for all of them; use one of positionalCode and repeatInput(true), or a"
              + " RepeatOverTimeLayer before the layer");
    }
  }

  /**
   * The code that is mapped beside the input.
   *
   * @return a code, or null if there is none
   */
  @Override
  public PositionalCode positionalCode() {
    return positionalCode;
  }

  @Override
  void defineMap(SDLayerParams params) {
    params.addWeightParam(SpikingMapOp.WEIGHT, getNIn(), getNOut());
    if (positionalCode != null) {
      params.addWeightParam(SpikingMapOp.CODE_WEIGHT, positionalCode.width(), getNOut());
    }
  }

  /** Fan-in nIn and the width of the code together, fan-out nOut. */
  @Override
  void initializeMap(Map<String, INDArray> params) {
    long width = positionalCode == null ? 0 : positionalCode.width();
    for (String name : new String[] {SpikingMapOp.WEIGHT, SpikingMapOp.CODE_WEIGHT}) {
      INDArray w = params.get(name);
      if (w != null) {
        getWeightInit()
            .getWeightInitFunction()
            .init(getNIn() + width, getNOut(), w.shape(), 'c', w.reshape(w.length()));
      }
    }
  }

  @Override
  SDVariable defineMap(
      SameDiff sd, SDVariable x, int positions, Map<String, SDVariable> params, SDVariable mask) {
    SDVariable codes =
        positionalCode == null ? null : sd.constant(positionalCode.codes(positions, x.dataType()));
    return SpikingMapDefinition.linear(sd, x, positions, codes, params);
  }

  @Override
  public boolean equals(Object o) {
    return super.equals(o) && Objects.equals(positionalCode, ((SpikingLinear) o).positionalCode);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), positionalCode);
  }

  /** Builder of {@link SpikingLinear}. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a free return type
  public static final class Builder extends AbstractSpikingMapLayer.Builder<Builder> {
    private PositionalCode positionalCode;

    /** All defaults; {@link #nOut} must be set. */
    public Builder() {}

    /**
     * Sets the code that is mapped beside the input.
     *
     * @param positionalCode of entries {@code p = t L + l}; default null: none
     * @return this builder
     */
    public Builder positionalCode(PositionalCode positionalCode) {
      this.positionalCode = positionalCode;
      return this;
    }

    @Override
    public SpikingLinear build() {
      return new SpikingLinear(this);
    }
  }
}
