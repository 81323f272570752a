package io.github.dl4jsnn.graph;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Fills a new 'c' array from its first entry to its last, without a call into ND4J for each: that
 * would take most of the time at millions of nodes.
 */
final class ArrayWriter {
  private final INDArray array;
  private final FloatBuffer floats;
  private final DoubleBuffer doubles;

  private ArrayWriter(INDArray array) {
    this.array = array;
    boolean isFloat = array.dataType() == DataType.FLOAT;
    floats = isFloat ? array.data().asNioFloat() : null;
    doubles = isFloat ? null : array.data().asNioDouble();
  }

  /**
   * An array to be filled.
   *
   * @param owner what errors name
   * @param type FLOAT or DOUBLE
   * @throws IllegalArgumentException if the type is another, or the array would end beyond 2 GiB
   */
  static ArrayWriter create(String owner, DataType type, long... shape) {
    if (type != DataType.FLOAT && type != DataType.DOUBLE) {
      throw new IllegalArgumentException("expected DataType FLOAT or DOUBLE, got " + type);
    }
    long bytes = type.width();
    for (long size : shape) {
      bytes = Math.multiplyExact(bytes, size);
    }
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          String.format(
              "%s: an array %s of %s takes %,d bytes; one array can hold up to 2 GiB. Use mini-batches"
                  + " (NeighborSamplingIterator) and LayerWiseInference",
              owner, Arrays.toString(shape), type, bytes));
    }
    return new ArrayWriter(Nd4j.createUninitialized(type, shape, 'c'));
  }

  void put(float value) {
    if (floats != null) {
      floats.put(value);
    } else {
      doubles.put(value);
    }
  }

  /** Writes a value that a float may not hold. */
  void put(double value) {
    if (floats != null) {
      floats.put((float) value);
    } else {
      doubles.put(value);
    }
  }

  void put(float[] values, int from, int count) {
    if (floats != null) {
      floats.put(values, from, count);
      return;
    }
    for (int i = from; i < from + count; i++) {
      doubles.put(values[i]);
    }
  }

  /** Returns the array, which must be full. */
  INDArray array() {
    int left = floats != null ? floats.remaining() : doubles.remaining();
    if (left != 0) {
      throw new IllegalStateException(left + " entries were not written");
    }
    return array;
  }
}
