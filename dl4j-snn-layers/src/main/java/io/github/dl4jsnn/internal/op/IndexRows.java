package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.RowsF64;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Reads whole numbers that are given as data, since all inputs of a network have its type. */
final class IndexRows {
  /** Up to here a float holds every whole number exactly. */
  private static final int MAX_EXACT = 1 << 24;

  private IndexRows() {}

  /**
   * The numbers of an array {@code [rows, columns]}, row by row.
   *
   * @param vertex what error messages call the vertex
   * @param name of the array, with its shape in letters
   * @param a array
   * @param columns that it must have
   * @param limit the numbers are {@code 0..limit - 1}
   * @throws IllegalArgumentException if the shape is another, or a number not such a number
   */
  static int[] read(String vertex, String name, INDArray a, int columns, long limit) {
    if (a.rank() != 2 || a.size(1) != columns || a.isEmpty()) {
      throw new IllegalArgumentException(
          vertex
              + ": expected "
              + name
              + " with at least one row, got shape "
              + Arrays.toString(a.shape()));
    }
    int rows = (int) a.size(0);
    RowsF64 values = NdRowsF64.of(a.castTo(DataType.DOUBLE));
    int[] numbers = new int[rows * columns];
    double[] row = new double[columns];
    for (int i = 0; i < rows; i++) {
      values.get(row, i, 0, 0, columns);
      for (int j = 0; j < columns; j++) {
        numbers[i * columns + j] = number(vertex, name, row[j], i, limit);
      }
    }
    return numbers;
  }

  private static int number(String vertex, String name, double value, int row, long limit) {
    int number = (int) value;
    if (number != value || number < 0 || number >= Math.min(limit, MAX_EXACT)) {
      throw new IllegalArgumentException(
          vertex
              + ": "
              + name
              + ", row "
              + row
              + ": expected a whole number in 0.."
              + (Math.min(limit, MAX_EXACT) - 1)
              + ", is "
              + value);
    }
    return number;
  }
}
