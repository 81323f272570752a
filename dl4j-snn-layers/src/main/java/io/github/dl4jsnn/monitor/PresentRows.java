package io.github.dl4jsnn.monitor;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Which rows of an array count: all, or those that a mask does not mark as missing.
 *
 * <p>Rows of a sequence {@code [N, T, F]} are its steps, row {@code n*T + t}; otherwise they are
 * the first axis, and row {@code t*N + n} is step t of example n.
 */
final class PresentRows {

  /** For each row whether it counts; null for all. */
  final boolean[] present;

  final long rows;

  /** Examples with at least one row that counts. */
  final long examples;

  private PresentRows(boolean[] present, long rows, long examples) {
    this.present = present;
    this.rows = rows;
    this.examples = examples;
  }

  /**
   * Rows of an array that a mask lets through.
   *
   * @param name of the layer, for messages
   * @param x the array; a sequence is {@code [N, T, F]}
   * @param mask one value a row or an example, or null
   * @param examples N
   */
  static PresentRows of(String name, INDArray x, INDArray mask, long examples) {
    boolean sequence = x.rank() == 3;
    int rows = Math.toIntExact(sequence ? x.size(0) * x.size(1) : x.size(0));
    if (mask == null) {
      return new PresentRows(null, rows, examples);
    }
    if (mask.length() != rows && mask.length() != examples) {
      throw new IllegalArgumentException(
          "Layer \""
              + name
              + "\": expected a mask of one value a step ("
              + rows
              + ") or an example ("
              + examples
              + "), got shape "
              + Arrays.toString(mask.shape()));
    }
    return of(mask.dup('c').data().asDouble(), rows, sequence, (int) examples);
  }

  private static PresentRows of(double[] mask, int rows, boolean sequence, int examples) {
    int steps = rows / examples;
    boolean[] present = new boolean[rows];
    boolean[] example = new boolean[examples];
    long count = 0;
    for (int r = 0; r < rows; r++) {
      int n = sequence ? r / steps : r % examples;
      present[r] = mask[mask.length == rows ? r : n] != 0;
      example[n] |= present[r];
      count += present[r] ? 1 : 0;
    }
    long presentExamples = 0;
    for (boolean e : example) {
      presentExamples += e ? 1 : 0;
    }
    return new PresentRows(present, count, presentExamples);
  }
}
