package io.github.dl4jsnn.internal.op;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Dropout with one mask for all time steps; the equation is that of {@link
 * io.github.dl4jsnn.conf.SpikeDropoutLayer}. The operation is linear, so it is its own backward
 * pass.
 */
public interface SpikeDropoutOp {

  /**
   * Fused, for the given data type.
   *
   * @param retain probability to keep a feature of an example
   * @param type FLOAT or DOUBLE
   */
  static SpikeDropoutOp create(double retain, DataType type) {
    return type == DataType.FLOAT ? new SpikeDropoutOpF32(retain) : new SpikeDropoutOpF64(retain);
  }

  /**
   * With array operations of any ND4J backend; the same mask.
   *
   * @param retain probability to keep a feature of an example
   */
  static SpikeDropoutOp ofArrays(double retain) {
    return (in, seed, out) -> {
      GraphConvOp.Dropout mask = new GraphConvOp.Dropout(retain, 1, false, seed);
      out.assign(in.mul(DropoutOp.mask(mask, in)));
    };
  }

  /**
   * Multiplies by the mask.
   *
   * @param in (in) {@code [N, T, F]}
   * @param seed picks the mask
   * @param out (out) of the shape of in
   */
  void apply(INDArray in, long seed, INDArray out);
}
