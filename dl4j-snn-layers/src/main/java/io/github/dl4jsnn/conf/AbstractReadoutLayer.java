package io.github.dl4jsnn.conf;

import java.util.Map;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the layers share that make one value a feature of a sequence. */
public abstract class AbstractReadoutLayer extends AbstractSnnLayer {
  private static final long serialVersionUID = 1L;

  /** For JSON. */
  protected AbstractReadoutLayer() {}

  /**
   * Takes over what the builder holds.
   *
   * @param builder the builder
   */
  protected AbstractReadoutLayer(Builder<?> builder) {
    super(builder);
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    if (TimeFolding.isStatic(layerIndex, inputType)) {
      throw new IllegalStateException(
          label() + ": expected a recurrent input (a sequence), got " + inputType);
    }
    return InputType.feedForward(featuresOf(inputType));
  }

  @Override
  public void validateInput(INDArray input) {
    checkRank(label(), input, 3);
  }

  /** After the read-out there is no time axis and no mask. */
  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray mask, MaskState state, int minibatchSize) {
    return null;
  }

  @Override
  public SDVariable defineLayer(
      SameDiff sd, SDVariable input, Map<String, SDVariable> params, SDVariable mask) {
    boolean ncw = getDataFormat() == RNNFormat.NCW;
    int steps = (int) input.getShape()[ncw ? 2 : 1];
    return define(sd, ncw ? sd.permute(input, 0, 2, 1) : input, steps, mask, params);
  }

  /**
   * The definition.
   *
   * @param sd graph
   * @param x {@code [N, T, F]}
   * @param steps T
   * @param mask {@code [N, T]}
   * @param params parameters by name
   * @return {@code [N, F]}
   */
  protected abstract SDVariable define(
      SameDiff sd, SDVariable x, int steps, SDVariable mask, Map<String, SDVariable> params);
}
