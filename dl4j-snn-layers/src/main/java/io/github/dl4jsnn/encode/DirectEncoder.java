package io.github.dl4jsnn.encode;

import org.nd4j.linalg.api.buffer.DataType;

/**
 * Direct encoding: the value itself at every time step, a constant current into the first spiking
 * layer.
 *
 * <pre>
 *   o[n, t, f] = x[n, f]      for every t
 * </pre>
 *
 * <p><b>Shapes.</b> Input {@code [N, F]}, any finite values; output {@code [N, T, F]}, the same
 * values. The output holds spikes only if the input does, as binary bag-of-words features do.
 *
 * <p><b>Use</b> it when the first layer may multiply real numbers; few time steps suffice. <b>Do
 * not use</b> it when the input must be spikes, as on neuromorphic hardware.
 *
 * <p><b>Errors.</b> NaN and infinity: {@link IllegalArgumentException}.
 *
 * <p><b>Source.</b> First layer of the networks of G. Shen, D. Zhao, Y. Zeng, "Backpropagation with
 * biologically plausible spatio-temporal adjustment for training deep spiking neural networks",
 * 2022.
 */
public final class DirectEncoder extends ElementwiseEncoder {

  private static final long serialVersionUID = 1L;

  /** Creates the encoder; it has no settings. */
  public DirectEncoder() {}

  @Override
  InputRange inputRange() {
    return InputRange.FINITE;
  }

  @Override
  RowKernel rowKernel(int timeSteps, long draw, DataType inputType) {
    return DirectEncoder::repeat;
  }

  private static void repeat(double[] spikes, double[] x, long first) {
    for (int block = 0; block < spikes.length; block += x.length) {
      System.arraycopy(x, 0, spikes, block, x.length);
    }
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof DirectEncoder;
  }

  @Override
  public int hashCode() {
    return DirectEncoder.class.hashCode();
  }

  @Override
  public String toString() {
    return "DirectEncoder()";
  }
}
