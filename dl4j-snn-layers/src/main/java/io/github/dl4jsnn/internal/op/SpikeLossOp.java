package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.learning.SpikeLoss;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A {@link SpikeLoss} over the examples of a batch. One instance belongs to one layer. */
public interface SpikeLossOp {

  /**
   * For the given data type.
   *
   * @param layer what error messages call the layer
   * @param loss of one example
   * @param classWeights {@code [C]}, or null for 1
   * @param type FLOAT or DOUBLE
   */
  static SpikeLossOp create(String layer, SpikeLoss loss, double[] classWeights, DataType type) {
    switch (type) {
      case FLOAT:
        return new SpikeLossOpF32(layer, loss, classWeights);
      case DOUBLE:
        return new SpikeLossOpF64(layer, loss, classWeights);
      default:
        throw new IllegalArgumentException(
            layer + ": data type must be FLOAT or DOUBLE, is " + type);
    }
  }

  /**
   * Class probabilities or scores.
   *
   * @param in (in) {@code [N, T, C]}
   * @param mask (in) {@code [N, T]}, 0 where a step is missing, or null
   * @param out (out) {@code [N, C]}
   * @throws IllegalArgumentException if the input holds NaN or infinity, or an example no step
   */
  void output(INDArray in, INDArray mask, INDArray out);

  /**
   * Losses of the examples, and their gradient.
   *
   * @param in (in) {@code [N, T, C]}
   * @param mask (in) {@code [N, T]}, 0 where a step is missing, or null
   * @param labels (in) {@code [N, C]}
   * @param weights (in) {@code [N]}, what each loss counts; where it is 0 the example is not looked
   *     at
   * @param factor of the gradient alone
   * @param dIn (out) gradient of the sum of the weighted losses, times {@code factor}, {@code [N,
   *     T, C]}; or null
   * @return weighted losses {@code [N]}, each times the weight of its class
   * @throws IllegalArgumentException if the input or the labels of an example hold NaN or infinity,
   *     or it has no step
   */
  double[] losses(
      INDArray in, INDArray mask, INDArray labels, double[] weights, double factor, INDArray dIn);
}
