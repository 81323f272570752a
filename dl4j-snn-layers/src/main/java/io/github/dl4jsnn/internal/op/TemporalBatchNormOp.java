package io.github.dl4jsnn.internal.op;

import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalisation of a sequence; the equation is that of {@link
 * io.github.dl4jsnn.conf.AbstractTemporalBatchNormLayer}. Which case it is, follows from the
 * parameters: {@link #MEAN} of rank 2 {@code [T, F]} asks for statistics of each step, and where
 * {@link #BETA} or {@link #STEP_WEIGHT} are missing they are 0 and 1.
 *
 * <p>One instance belongs to one layer: it keeps the statistics from the forward pass to the
 * backward pass.
 */
public interface TemporalBatchNormOp {

  /** Name of the scale, {@code [F]} or {@code [T, F]}. */
  String GAMMA = "gamma";

  /** Name of the shift, of the shape of the scale. */
  String BETA = "beta";

  /** Name of the weights of the time steps, {@code [T]}. */
  String STEP_WEIGHT = "p";

  /** Name of the running mean, of the shape of the scale. */
  String MEAN = "mean";

  /** Name of the running variance, of the shape of the scale. */
  String VARIANCE = "var";

  /** A statistic of fewer values is replaced by the running one. */
  int FEWEST_VALUES = 2;

  /** Whether a parameter is a running statistic, whose gradient is a step and not a gradient. */
  static boolean isStatistic(String param) {
    return param.equals(MEAN) || param.equals(VARIANCE);
  }

  /**
   * For the given data type.
   *
   * @param layer what error messages call the layer
   * @param scale constant factor s of gamma
   * @param eps added to the variance
   * @param decay of the running statistics
   * @param type FLOAT or DOUBLE
   */
  static TemporalBatchNormOp create(
      String layer, double scale, double eps, double decay, DataType type) {
    switch (type) {
      case FLOAT:
        return new TemporalBatchNormOpF32(layer, scale, eps, decay);
      case DOUBLE:
        return new TemporalBatchNormOpF64(layer, scale, eps, decay);
      default:
        throw new IllegalArgumentException(
            layer + ": data type must be FLOAT or DOUBLE, is " + type);
    }
  }

  /**
   * Normalises.
   *
   * @param in (in) {@code [N, T, F]}
   * @param mask (in) {@code [N, T]} or null
   * @param params (in) parameters by name
   * @param training whether to take the statistics of the batch
   * @param out (out) {@code [N, T, F]}, 0 where the mask is
   * @throws IllegalArgumentException if present steps hold NaN or infinity
   */
  void forward(
      INDArray in, INDArray mask, Map<String, INDArray> params, boolean training, INDArray out);

  /**
   * Gradients of the last {@link #forward}, whose arguments come again.
   *
   * @param in (in) as in {@link #forward}
   * @param mask (in) as in {@link #forward}
   * @param params (in) as in {@link #forward}
   * @param g (in) gradient of the output
   * @param gradients (out) gradients of the parameters by name; for the running statistics, what is
   *     to be subtracted from them
   * @param dIn (out) gradient of the input
   */
  void backward(
      INDArray in,
      INDArray mask,
      Map<String, INDArray> params,
      INDArray g,
      Map<String, INDArray> gradients,
      INDArray dIn);
}
