package io.github.dl4jsnn.graph;

import java.util.Arrays;

/** Sparse feature rows that are still being read: grows, then becomes CSR. */
final class FeatureRows {
  private int[] rowPointers = new int[64];
  private int[] columns = new int[256];
  private float[] values = new float[256];
  private int rows;
  private int nonZeros;

  /** Adds a value to the current row. */
  void add(int column, float value) {
    if (nonZeros == columns.length) {
      columns = Arrays.copyOf(columns, 2 * nonZeros);
      values = Arrays.copyOf(values, 2 * nonZeros);
    }
    columns[nonZeros] = column;
    values[nonZeros++] = value;
  }

  /** Ends the current row and begins the next. */
  void endRow() {
    if (++rows == rowPointers.length) {
      rowPointers = Arrays.copyOf(rowPointers, 2 * rows);
    }
    rowPointers[rows] = nonZeros;
  }

  /** Ends empty rows until {@code count} rows are complete. */
  void endRowsUpTo(int count) {
    while (rows < count) {
      endRow();
    }
  }

  GraphData.Builder addTo(GraphData.Builder builder, int numFeatures) {
    return builder.features(
        Arrays.copyOf(rowPointers, rows + 1),
        Arrays.copyOf(columns, nonZeros),
        Arrays.copyOf(values, nonZeros),
        numFeatures);
  }
}
