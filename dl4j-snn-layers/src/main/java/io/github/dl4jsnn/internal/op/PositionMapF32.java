package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.RowSinkF32;
import io.github.dl4jsnn.internal.kernel.RowSourceF32;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How the currents of a {@link SpikingMapOp} follow from its input. All positions of all examples
 * are the rows of one matrix; row r is (r, 0) to sinks and sources.
 */
interface PositionMapF32 {

  /**
   * Forward pass.
   *
   * @param pass sizes and mask
   * @param z (out) rows of nOut, each once
   * @param in (in) {@code [R, nIn]}
   * @param params (in) parameters by name
   */
  void forward(MapPassF32 pass, RowSinkF32 z, INDArray in, Map<String, INDArray> params);

  /**
   * Backward pass of the last {@link #forward}.
   *
   * @param pass as in {@link #forward}
   * @param dz (in) rows of nOut
   * @param in (in) as in {@link #forward}
   * @param params (in) as in {@link #forward}
   * @param gradients (out) of the map's own parameters, overwritten
   * @param dIn (out) {@code [R, nIn]}
   */
  void backward(
      MapPassF32 pass,
      RowSourceF32 dz,
      INDArray in,
      Map<String, INDArray> params,
      Map<String, INDArray> gradients,
      INDArray dIn);
}
