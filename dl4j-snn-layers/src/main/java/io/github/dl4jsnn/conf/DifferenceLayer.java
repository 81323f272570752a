package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.definition.DifferenceDefinition;
import io.github.dl4jsnn.internal.runtime.FusedDifference;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What each position of a series adds to the one before it: the first half of delta encoding.
 *
 * <pre>
 *   d[n, l, c] = x[n, l, c] - x[n, l-1, c]      l = 1..L-1;   d[n, 0, c] = 0
 * </pre>
 *
 * <p>With an affine map, batch normalization and spiking neurons over T steps behind it, series
 * become spikes where they change. Differences are numbers; for spikes without anything to train
 * see {@link io.github.dl4jsnn.encode.DeltaEncoder}.
 *
 * <p><b>Shapes.</b> {@code [N, L, C]} (NWC) or {@code [N, C, L]} (NCW) in, the same out; L may
 * vary. <b>Parameters.</b> None.
 *
 * <p><b>Masks.</b> A difference is 0 where a feature mask {@code [N, L]} marks its position or the
 * one before as missing. <b>Streams</b> are refused: each call would begin a new series.
 *
 * <p><b>Use</b> it where changes matter and the level does not. <b>Do not use</b> it alone where
 * the level is to be forecast: a network behind it never sees it.
 *
 * <p><b>Source.</b> C. Lv, Y. Wang, D. Han, X. Zheng, X. Huang, D. Li, "Efficient and Effective
 * Time-Series Forecasting with Spiking Neural Networks", ICML 2024, delta spike encoder.
 */
public final class DifferenceLayer extends AbstractSnnLayer {
  private static final long serialVersionUID = 1L;

  private DifferenceLayer() {}

  private DifferenceLayer(Builder builder) {
    super(builder);
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    if (TimeFolding.isStatic(layerIndex, inputType)) {
      throw new IllegalStateException(
          label() + ": expected a recurrent input (a sequence), got " + inputType);
    }
    long steps =
        inputType instanceof InputType.InputTypeRecurrent
            ? ((InputType.InputTypeRecurrent) inputType).getTimeSeriesLength()
            : knownSteps(0);
    return InputType.recurrent(featuresOf(inputType), steps, formatFor(inputType));
  }

  @Override
  public void validateInput(INDArray input) {
    checkRank(label(), input, 3);
  }

  @Override
  public SDVariable defineLayer(
      SameDiff sd, SDVariable input, Map<String, SDVariable> params, SDVariable mask) {
    boolean ncw = getDataFormat() == RNNFormat.NCW;
    int length = (int) input.getShape()[ncw ? 2 : 1];
    int features = (int) input.getShape()[ncw ? 1 : 2];
    SDVariable x = ncw ? sd.permute(input, 0, 2, 1) : input;
    SDVariable d = DifferenceDefinition.define(sd, x, length, features, mask);
    return ncw ? sd.permute(d, 0, 2, 1) : d;
  }

  @Override
  protected SameDiffLayer fusedLayer(NeuralNetConfiguration conf, DataType type) {
    return new FusedDifference(conf, type);
  }

  /** Builder of {@link DifferenceLayer}. */
  @SuppressWarnings("unchecked") // DL4J declares build() with a free return type
  public static final class Builder extends AbstractSnnLayer.Builder<Builder> {
    /** All defaults. */
    public Builder() {}

    @Override
    public DifferenceLayer build() {
      return new DifferenceLayer(this);
    }
  }
}
