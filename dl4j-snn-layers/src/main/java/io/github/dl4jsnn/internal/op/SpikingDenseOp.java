package io.github.dl4jsnn.internal.op;

import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Affine map of each step; equations in {@link io.github.dl4jsnn.conf.SpikingDense}, parameters
 * {@link GraphConvOp#WEIGHT} {@code [nIn, nOut]} and, where it exists, {@link GraphConvOp#BIAS}
 * {@code [nOut]}. One instance belongs to one layer.
 */
public interface SpikingDenseOp {

  /**
   * For the given data type.
   *
   * @param layer what error messages call the layer
   * @param type FLOAT or DOUBLE
   */
  static SpikingDenseOp create(String layer, DataType type) {
    switch (type) {
      case FLOAT:
        return new SpikingDenseOpF32(layer);
      case DOUBLE:
        return new SpikingDenseOpF64(layer);
      default:
        throw new IllegalArgumentException(
            layer + ": data type must be FLOAT or DOUBLE, is " + type);
    }
  }

  /**
   * Currents of all steps.
   *
   * @param in (in) {@code [N, T, nIn]} or {@code [N, nIn]}
   * @param mask (in) {@code [N, T]} or {@code [N, 1]}, 0 where a step is missing, or null
   * @param params (in) parameters
   * @param out (out) {@code [N, T, nOut]} or {@code [N, nOut]}; 0 in missing steps
   * @throws IllegalArgumentException if a current is NaN or infinite
   */
  void forward(INDArray in, INDArray mask, Map<String, INDArray> params, INDArray out);

  /**
   * Backward pass of the last {@link #forward}.
   *
   * @param in (in) as in {@link #forward}
   * @param mask (in) as in {@link #forward}
   * @param params (in) as in {@link #forward}
   * @param g (in) gradient of the currents
   * @param gradients (out) gradients of the parameters, overwritten
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
