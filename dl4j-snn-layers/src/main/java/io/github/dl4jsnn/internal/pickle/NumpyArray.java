package io.github.dl4jsnn.internal.pickle;

import java.nio.ByteBuffer;

/** An array of one or two dimensions, {@code numpy.ndarray}. */
public final class NumpyArray implements PythonObject {
  private int[] shape = {0};
  private NumpyType type;
  private ByteBuffer data = ByteBuffer.allocate(0);
  private boolean columnsFirst;

  NumpyArray() {}

  /** Takes (version, shape, dtype, Fortran order, bytes). */
  @Override
  public void setState(Object state) {
    Object[] parts = PythonObject.tuple(state, 5, "state of numpy.ndarray");
    Object[] sizes = PythonObject.tuple(parts[1], 1, "shape of numpy.ndarray");
    if (sizes.length > 2) {
      throw PythonObject.unexpected("shape of numpy.ndarray", "1 or 2 dimensions", sizes.length);
    }
    if (!(parts[2] instanceof NumpyType)) {
      throw PythonObject.unexpected("type of numpy.ndarray", "numpy.dtype", parts[2]);
    }
    int[] newShape = new int[sizes.length];
    NumpyType newType = (NumpyType) parts[2];
    byte[] bytes = PythonObject.bytes(parts[4], "values of numpy.ndarray");
    long expected = newType.size();
    for (int i = 0; i < sizes.length; i++) {
      newShape[i] = PythonObject.size(sizes[i], "shape of numpy.ndarray");
      // Below 2^62: the first product fits an int, or it is refused before the second.
      expected = Math.min(Integer.MAX_VALUE, expected) * newShape[i];
    }
    if (bytes.length != expected) {
      throw PythonObject.unexpected("numpy.ndarray", expected + " bytes", bytes.length);
    }
    shape = newShape;
    type = newType;
    columnsFirst = Boolean.TRUE.equals(parts[3]) || Integer.valueOf(1).equals(parts[3]);
    data = type.wrap(bytes);
  }

  /** Returns the number of dimensions, 1 or 2. */
  public int dimensions() {
    return shape.length;
  }

  /**
   * Returns the length of a dimension.
   *
   * @param dimension 0 or 1
   * @return its length
   */
  public int size(int dimension) {
    return shape[dimension];
  }

  /**
   * Returns an element of a vector.
   *
   * @param i index
   * @return the element
   */
  public double get(int i) {
    return type.get(data, i);
  }

  /**
   * Returns an element of a matrix.
   *
   * @param row row
   * @param column column
   * @return the element
   */
  public double get(int row, int column) {
    return type.get(data, columnsFirst ? column * shape[0] + row : row * shape[1] + column);
  }

  boolean isFloat() {
    return type.isFloat();
  }
}
