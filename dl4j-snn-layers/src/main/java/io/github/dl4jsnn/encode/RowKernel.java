package io.github.dl4jsnn.encode;

/**
 * Encodes one row after another; made for one call of {@link SpikeEncoder#encode}, so it may hold
 * what that call fixes.
 */
@FunctionalInterface
interface RowKernel {

  /**
   * Encodes the {@code F} values of one row.
   *
   * @param spikes (out) {@code [T, F]}, overwritten; arrives dirty
   * @param x (in/out) {@code [F]}, within the encoder's range; may be used as scratch
   * @param first flat position of {@code spikes[0]} in the whole output
   */
  void encode(double[] spikes, double[] x, long first);
}
