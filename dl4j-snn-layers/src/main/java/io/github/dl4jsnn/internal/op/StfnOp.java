package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.neuron.StfnParameters;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * STFN over arrays; the equation is in {@link StfnParameters}. One instance belongs to one layer.
 */
public interface StfnOp {

  /**
   * For the given data type.
   *
   * @param layer what error messages call the layer
   * @param p constants
   * @param scale {@code rho * vTh}
   * @param type FLOAT or DOUBLE
   */
  static StfnOp create(String layer, StfnParameters p, double scale, DataType type) {
    switch (type) {
      case FLOAT:
        return new StfnOpF32(layer, p, scale);
      case DOUBLE:
        return new StfnOpF64(layer, p, scale);
      default:
        throw new IllegalArgumentException(
            layer + ": data type must be FLOAT or DOUBLE, is " + type);
    }
  }

  /**
   * Normalises.
   *
   * @param in (in) {@code [N, T, F]} or {@code [N, F]}
   * @param params (in) {@link GraphConvOp#LAMBDA} and {@link GraphConvOp#GAMMA} where they are
   *     trained
   * @param out (out) of the shape of in
   * @throws IllegalArgumentException if the input holds NaN or infinity
   */
  void forward(INDArray in, Map<String, INDArray> params, INDArray out);

  /**
   * Gradients; the statistics are computed again.
   *
   * @param in (in) as in {@link #forward}
   * @param params (in) as in {@link #forward}
   * @param g (in) gradient of the output
   * @param gradients (out) gradients of the parameters, overwritten
   * @param dIn (out) gradient of the input
   */
  void backward(
      INDArray in,
      Map<String, INDArray> params,
      INDArray g,
      Map<String, INDArray> gradients,
      INDArray dIn);
}
