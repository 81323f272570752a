package io.github.dl4jsnn.encode;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import org.nd4j.common.util.ArrayUtil;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The walk of a {@link RowKernel} over the examples of a batch.
 *
 * <p>Rows are computed in double for both data types (exact for float input), so equal values give
 * equal spikes in both.
 */
final class EncodedRows {
  private EncodedRows() {}

  // ND4J fills an array from a Java array element by element: 300 to 800 ms for the 39 million
  // floats of Cora's features at T = 10, against 16 ms through the buffer. On devices other than
  // the CPU only ND4J knows how to keep host and device in step, so there the slow way is taken.

  /**
   * Encodes a batch.
   *
   * @param kernel arithmetic of one example
   * @param values (in) of all examples
   * @param shape of the result, {@code [N, T, F]}
   * @param type FLOAT or DOUBLE
   * @return a new array
   */
  static INDArray encode(RowKernel kernel, double[] values, long[] shape, DataType type) {
    boolean cpu = Nd4j.getEnvironment().isCPU();
    if (type == DataType.FLOAT) {
      if (cpu) {
        INDArray output = Nd4j.createUninitialized(type, shape, 'c');
        write(kernel, values, shape, output.data().asNioFloat());
        return output;
      }
      float[] output = new float[Math.toIntExact(ArrayUtil.prodLong(shape))];
      write(kernel, values, shape, FloatBuffer.wrap(output));
      return Nd4j.create(output, shape, type);
    }
    if (cpu) {
      INDArray output = Nd4j.createUninitialized(type, shape, 'c');
      write(kernel, values, shape, output.data().asNioDouble());
      return output;
    }
    double[] output = new double[Math.toIntExact(ArrayUtil.prodLong(shape))];
    write(kernel, values, shape, DoubleBuffer.wrap(output));
    return Nd4j.create(output, shape, type);
  }

  /** Appends the rows of the output to a float buffer. */
  static void write(RowKernel kernel, double[] values, long[] shape, FloatBuffer output) {
    float[] narrow = new float[(int) (shape[1] * shape[2])];
    forEach(
        kernel,
        values,
        shape,
        spikes -> {
          for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) spikes[i];
          }
          output.put(narrow);
        });
  }

  /** Appends the rows of the output to a double buffer. */
  static void write(RowKernel kernel, double[] values, long[] shape, DoubleBuffer output) {
    forEach(kernel, values, shape, output::put);
  }

  /** Takes the spikes of one example. */
  private interface Sink {
    void put(double[] spikes);
  }

  private static void forEach(RowKernel kernel, double[] values, long[] shape, Sink sink) {
    double[] x = new double[(int) (values.length / shape[0])];
    double[] spikes = new double[(int) (shape[1] * shape[2])];
    for (int n = 0; n < shape[0]; n++) {
      System.arraycopy(values, n * x.length, x, 0, x.length);
      kernel.encode(spikes, x, (long) n * spikes.length);
      sink.put(spikes);
    }
  }
}
