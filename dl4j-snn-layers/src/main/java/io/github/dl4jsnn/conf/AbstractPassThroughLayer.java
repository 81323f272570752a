package io.github.dl4jsnn.conf;

import java.util.Map;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What layers share that do their work while training only, and at inference hand a sequence on as
 * it is. They have no parameters. With {@link Backend#SAMEDIFF} they run on plain array operations
 * of ND4J, as no SameDiff graph could state what they do.
 */
public abstract class AbstractPassThroughLayer extends AbstractSnnLayer {
  private static final long serialVersionUID = 1L;

  AbstractPassThroughLayer() {}

  AbstractPassThroughLayer(Builder<?> builder) {
    super(builder);
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    if (!(inputType instanceof InputType.InputTypeRecurrent)) {
      throw new IllegalStateException(
          label() + ": expected a recurrent input (a sequence), got " + inputType);
    }
    featuresOf(inputType);
    return inputType;
  }

  @Override
  public void validateInput(INDArray input) {
    checkRank(label(), input, 3);
  }

  /** What the layer computes at inference. */
  @Override
  public final SDVariable defineLayer(
      SameDiff sd, SDVariable input, Map<String, SDVariable> params, SDVariable mask) {
    return sd.identity(input);
  }
}
