package io.github.dl4jsnn.internal.pickle;

import java.util.Map;

/** A sparse matrix in compressed rows, {@code scipy.sparse.csr_matrix}. */
public final class CsrMatrix implements PythonObject {
  private int rows;
  private int columns;
  private int[] pointers = {0};
  private int[] indices = {};
  private float[] values = {};

  CsrMatrix() {}

  /** Takes the attributes; of those _shape, indptr, indices and data count. */
  @Override
  public void setState(Object state) {
    if (!(state instanceof Map)) {
      throw PythonObject.unexpected("state of csr_matrix", "attributes", state);
    }
    Map<?, ?> attributes = (Map<?, ?>) state;
    Object[] shape = PythonObject.tuple(attributes.get("_shape"), 2, "_shape of csr_matrix");
    int newRows = PythonObject.size(shape[0], "rows of csr_matrix");
    int newColumns = PythonObject.size(shape[1], "columns of csr_matrix");
    NumpyArray data = vector(attributes, "data");
    int[] newPointers = whole(attributes, "indptr", data.size(0));
    int[] newIndices = whole(attributes, "indices", newColumns - 1);
    requireLength("indptr", newRows + 1, newPointers.length);
    requireLength("indices", data.size(0), newIndices.length);
    requireLength("data up to indptr's end", newPointers[newRows], data.size(0));
    requireLength("indptr's begin", 0, newPointers[0]);
    for (int i = 0; i < newRows; i++) {
      if (newPointers[i] > newPointers[i + 1]) {
        throw PythonObject.unexpected(
            "indptr of csr_matrix", "at least " + newPointers[i], newPointers[i + 1]);
      }
    }
    float[] newValues = new float[data.size(0)];
    for (int k = 0; k < newValues.length; k++) {
      newValues[k] = (float) data.get(k);
      if (!Float.isFinite(newValues[k])) {
        throw PythonObject.unexpected("data of csr_matrix", "finite values", newValues[k]);
      }
    }
    rows = newRows;
    columns = newColumns;
    pointers = newPointers;
    indices = newIndices;
    values = newValues;
  }

  private static NumpyArray vector(Map<?, ?> attributes, String name) {
    Object value = attributes.get(name);
    if (!(value instanceof NumpyArray) || ((NumpyArray) value).dimensions() != 1) {
      throw PythonObject.unexpected(name + " of csr_matrix", "a vector", value);
    }
    return (NumpyArray) value;
  }

  private static int[] whole(Map<?, ?> attributes, String name, int largest) {
    NumpyArray vector = vector(attributes, name);
    int[] numbers = new int[vector.size(0)];
    for (int i = 0; i < numbers.length; i++) {
      double number = vector.get(i);
      if (vector.isFloat() || !(number >= 0 && number <= largest)) {
        throw PythonObject.unexpected(
            name + " of csr_matrix", "whole numbers from 0 to " + largest, number);
      }
      numbers[i] = (int) number;
    }
    return numbers;
  }

  private static void requireLength(String what, int expected, int got) {
    if (got != expected) {
      throw PythonObject.unexpected(what + " of csr_matrix", "" + expected, got);
    }
  }

  /** Returns the number of rows. */
  public int rows() {
    return rows;
  }

  /** Returns the number of columns. */
  public int columns() {
    return columns;
  }

  /**
   * Returns where a row begins among the entries.
   *
   * @param row a row, or the number of rows for the end
   * @return its first entry
   */
  public int begin(int row) {
    return pointers[row];
  }

  /**
   * Returns the column of an entry; in any order within a row, as SciPy allows.
   *
   * @param entry the entry
   * @return its column
   */
  public int column(int entry) {
    return indices[entry];
  }

  /**
   * Returns the value of an entry; entries of the same place add up.
   *
   * @param entry the entry
   * @return its value, finite
   */
  public float value(int entry) {
    return values[entry];
  }
}
