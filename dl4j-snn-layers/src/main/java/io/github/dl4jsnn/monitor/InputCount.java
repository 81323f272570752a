package io.github.dl4jsnn.monitor;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The inputs of an affine map: how many synapses those that are not 0 drive, and whether they are
 * spikes.
 */
final class InputCount {

  /** Values looked at in one piece, a few megabytes. */
  private static final long BLOCK = 1L << 20;

  /** Outputs that the inputs other than 0 go into, all together. */
  final long synapses;

  /** Outputs that all inputs of one row go into: the multiply-accumulates of a dense row. */
  final long fanOut;

  /** Whether all inputs are 0 or 1. */
  final boolean binary;

  private InputCount(long synapses, long fanOut, boolean binary) {
    this.synapses = synapses;
    this.fanOut = fanOut;
    this.binary = binary;
  }

  /**
   * Counts.
   *
   * @param x {@code [rows, ...]} or, as rows of steps, {@code [N, T, F]}
   * @param present for each row whether it counts, or null for all
   * @param fanOut number of outputs of each feature of a row
   */
  static InputCount of(INDArray x, boolean[] present, long[] fanOut) {
    long[] synapses = {0};
    boolean[] binary = {true};
    int[] row = {0};
    DenseBlocks.forEach(
        x,
        BLOCK,
        block -> {
          double[] values = block.dup('c').data().asDouble();
          for (int at = 0; at < values.length; at += fanOut.length) {
            if (present == null || present[row[0]]) {
              for (int f = 0; f < fanOut.length; f++) {
                double v = values[at + f];
                if (v != 0) {
                  synapses[0] += fanOut[f];
                  binary[0] &= v == 1;
                }
              }
            }
            row[0]++;
          }
          return true;
        });
    return new InputCount(synapses[0], Arrays.stream(fanOut).sum(), binary[0]);
  }
}
