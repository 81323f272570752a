package io.github.dl4jsnn.internal.blas;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A matrix in the memory of an ND4J array, at any offset and with any strides. Blocks and
 * transposes are views; making one costs a few nanoseconds, where an {@link INDArray} costs
 * microseconds.
 */
public final class Matrix {
  final DataBuffer data;

  /** Distance of the first entry from the start of {@link #data}. */
  final long offset;

  final int rows;
  final int columns;
  final long rowStride;
  final long columnStride;

  private Matrix(
      DataBuffer data, long offset, int rows, int columns, long rowStride, long columnStride) {
    this.data = data;
    this.offset = offset;
    this.rows = rows;
    this.columns = columns;
    this.rowStride = rowStride;
    this.columnStride = columnStride;
  }

  /**
   * An array {@code [M, N]} as a matrix, or {@code [N, T, F]} as one of {@code N * T} rows.
   *
   * @param a array of rank 2 or 3
   * @return a view
   * @throws IllegalArgumentException if the rank is another, or the rows of a sequence are not at
   *     equal distances; see {@link #hasEvenRows}
   */
  public static Matrix of(INDArray a) {
    if (a.rank() == 2) {
      return new Matrix(a.data(), 0, (int) a.size(0), (int) a.size(1), a.stride(0), a.stride(1));
    }
    if (a.rank() != 3 || !hasEvenRows(a)) {
      throw new IllegalArgumentException(
          "expected rank 2, or rank 3 with rows at equal distances, got shape "
              + Arrays.toString(a.shape())
              + ", strides "
              + Arrays.toString(a.stride()));
    }
    long rowStride = a.size(1) == 1 ? a.stride(0) : a.stride(1);
    int rows = Math.toIntExact(a.size(0) * a.size(1));
    return new Matrix(a.data(), 0, rows, (int) a.size(2), rowStride, a.stride(2));
  }

  /**
   * One example of a sequence {@code [N, T, F]}, of any strides, as a matrix {@code [T, F]}.
   *
   * @param sequence array of rank 3
   * @param n the example
   * @return a view
   */
  public static Matrix example(INDArray sequence, int n) {
    return new Matrix(
        sequence.data(),
        n * sequence.stride(0),
        (int) sequence.size(1),
        (int) sequence.size(2),
        sequence.stride(1),
        sequence.stride(2));
  }

  /**
   * The first entries of an array, row by row; the rest is left over.
   *
   * @param memory contiguous array of any shape
   * @param rows number of rows
   * @param columns number of columns
   * @return a view
   */
  public static Matrix at(INDArray memory, int rows, int columns) {
    return new Matrix(memory.data(), 0, rows, columns, columns, 1);
  }

  /**
   * Whether the rows of a sequence {@code [N, T, F]}, all steps of all examples, follow each other
   * at equal distances, so that they form one matrix.
   *
   * @param a array of rank 2 or 3
   * @return true for a matrix
   */
  public static boolean hasEvenRows(INDArray a) {
    return a.rank() == 2
        || a.size(0) == 1
        || a.size(1) == 1
        || a.stride(0) == a.size(1) * a.stride(1);
  }

  /**
   * A block of rows.
   *
   * @param from first row
   * @param count number of rows
   * @return a view
   */
  public Matrix rows(int from, int count) {
    return new Matrix(data, offset + from * rowStride, count, columns, rowStride, columnStride);
  }

  /**
   * A block of columns.
   *
   * @param from first column
   * @param count number of columns
   * @return a view
   */
  public Matrix columns(int from, int count) {
    return new Matrix(data, offset + from * columnStride, rows, count, rowStride, columnStride);
  }

  /**
   * The transposed matrix.
   *
   * @return a view
   */
  public Matrix transpose() {
    return new Matrix(data, offset, columns, rows, columnStride, rowStride);
  }

  DataType type() {
    return data.dataType();
  }

  /** The same view as an array. */
  INDArray array() {
    return Nd4j.create(
        data,
        new long[] {rows, columns},
        new long[] {rowStride, columnStride},
        data.offset() + offset,
        rowStride >= columnStride ? 'c' : 'f',
        data.dataType());
  }

  @Override
  public String toString() {
    return type()
        + " ["
        + rows
        + ", "
        + columns
        + "] with strides ["
        + rowStride
        + ", "
        + columnStride
        + "]";
  }
}
