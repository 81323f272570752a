package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.blas.Matrix;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Rows outside the heap, where both matrix products and row loops reach them; kept from one
 * iteration to the next and grown as needed.
 */
final class BlockF32 {
  private INDArray memory;
  private int columns;

  /** Makes room for rows; contents are undefined. */
  BlockF32 of(int rows, int columns) {
    long length = Math.max(1, (long) rows * columns);
    if (memory == null || memory.length() < length) {
      memory = Nd4j.createUninitializedDetached(DataType.FLOAT, length);
    }
    this.columns = columns;
    return this;
  }

  /** The first rows as a matrix. */
  Matrix matrix(int rows) {
    return Matrix.at(memory, rows, columns);
  }

  /** The first entries as an array in c order. */
  INDArray array(long... shape) {
    return Nd4j.create(memory.data(), shape, Nd4j.getStrides(shape, 'c'), 0, 'c', DataType.FLOAT);
  }

  /** Row n as (n, 0). */
  RowsF32 rows() {
    return new RowsF32(memory.data().asNioFloat(), 0, columns, 0, 1);
  }
}
