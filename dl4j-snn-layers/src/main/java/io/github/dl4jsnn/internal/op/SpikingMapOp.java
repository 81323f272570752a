package io.github.dl4jsnn.internal.op;

import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Map, batch normalisation and neurons of sequences of T steps on L positions; equations in {@link
 * io.github.dl4jsnn.conf.AbstractSpikingMapLayer}. One instance belongs to one layer: it keeps the
 * currents and their statistics from the forward pass to the backward pass.
 */
public interface SpikingMapOp {

  /** Name of the weights, {@code [nIn, nOut]}; of a convolution {@code [nIn, taps, nOut]}. */
  String WEIGHT = "W";

  /** Name of the bias, {@code [nOut]}. */
  String BIAS = "b";

  /** Name of the weights of the positional code, {@code [width, nOut]}. */
  String CODE_WEIGHT = "W2";

  /** Name of the length of each output's weights under weight normalisation, {@code [nOut]}. */
  String GAIN = "gain";

  /** What weight normalisation adds to a squared length, which may be 0. */
  double NORM_EPS = 1e-12;

  /**
   * For the given data type.
   *
   * @param settings of the layer
   * @param type FLOAT or DOUBLE
   */
  static SpikingMapOp create(SpikingMapSettings settings, DataType type) {
    switch (type) {
      case FLOAT:
        return new SpikingMapOpF32(settings);
      case DOUBLE:
        return new SpikingMapOpF64(settings);
      default:
        throw new IllegalArgumentException(
            settings.layer + ": data type must be FLOAT or DOUBLE, is " + type);
    }
  }

  /**
   * What the neurons emit.
   *
   * @param in (in) {@code [N, P, nIn]} with P = T*L, or L if the input is repeated
   * @param mask (in) {@code [N, P]} or null
   * @param codes (in) {@code [P, width]}, at least, or null
   * @param params (in) parameters by name
   * @param training whether to take the statistics of the batch
   * @param out (out) {@code [N, T*L, nOut]} in c order; 0 where the mask is
   * @throws IllegalArgumentException if currents are NaN or infinite
   */
  void forward(
      INDArray in,
      INDArray mask,
      INDArray codes,
      Map<String, INDArray> params,
      boolean training,
      INDArray out);

  /**
   * Membrane potentials, charged and before the reset.
   *
   * @param in (in) as in {@link #forward}
   * @param mask (in) as in {@link #forward}
   * @param codes (in) as in {@link #forward}
   * @param params (in) as in {@link #forward}
   * @param training as in {@link #forward}
   * @param out (out) as in {@link #forward}
   */
  void potentials(
      INDArray in,
      INDArray mask,
      INDArray codes,
      Map<String, INDArray> params,
      boolean training,
      INDArray out);

  /**
   * Gradients of the last {@link #forward}, whose arguments come again.
   *
   * @param in (in) as in {@link #forward}
   * @param mask (in) as in {@link #forward}
   * @param codes (in) as in {@link #forward}
   * @param params (in) as in {@link #forward}
   * @param g (in) gradient of the output {@code [N, T*L, nOut]}
   * @param gradients (out) of the parameters by name, overwritten; for running statistics, what is
   *     to be subtracted from them
   * @param dIn (out) gradient of the input, {@code [N, P, nIn]} in c order
   */
  void backward(
      INDArray in,
      INDArray mask,
      INDArray codes,
      Map<String, INDArray> params,
      INDArray g,
      Map<String, INDArray> gradients,
      INDArray dIn);
}
