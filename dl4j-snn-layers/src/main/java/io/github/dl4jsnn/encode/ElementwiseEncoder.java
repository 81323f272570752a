package io.github.dl4jsnn.encode;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.common.util.ArrayUtil;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What the encoders share whose spike trains depend on one value each: checks, data types, and the
 * walk over the rows.
 *
 * <p>Rows are computed in double for both data types (exact for float input), so equal values give
 * equal spikes in both.
 */
abstract class ElementwiseEncoder implements SpikeEncoder {

  private static final long serialVersionUID = 1L;

  /**
   * What one {@link java.nio.ByteBuffer} can address, and through it {@code
   * DataBuffer.asNioFloat()}.
   */
  private static final long MAX_BYTES = Integer.MAX_VALUE;

  /** The values that {@link #rowKernel} can encode. */
  abstract InputRange inputRange();

  /** Returns the arithmetic of this encoder for {@code timeSteps} steps of sample {@code draw}. */
  abstract RowKernel rowKernel(int timeSteps, long draw, DataType inputType);

  @Override
  public final INDArray encode(INDArray input, int timeSteps, long draw) {
    checkInput(input);
    checkTimeSteps(timeSteps);
    checkOutputSize(input, timeSteps);
    // Copied whatever its order: 1/T of the output's size buys independence of strides and offsets.
    double[] values = input.dup('c').data().asDouble();
    int features = (int) input.size(1);
    checkValues(values, features);
    RowKernel kernel = rowKernel(timeSteps, draw, input.dataType());
    long[] shape = {input.size(0), timeSteps, features};
    return input.dataType() == DataType.FLOAT
        ? encodeFloat(kernel, values, shape)
        : encodeDouble(kernel, values, shape);
  }

  // ND4J fills an array from a Java array element by element: 300 to 800 ms for the 39 million
  // floats of Cora's features at T = 10, against 16 ms through the buffer. On devices other than
  // the CPU only ND4J knows how to keep host and device in step, so there the slow way is taken.

  private static INDArray encodeFloat(RowKernel kernel, double[] values, long[] shape) {
    if (Nd4j.getEnvironment().isCPU()) {
      INDArray output = Nd4j.createUninitialized(DataType.FLOAT, shape, 'c');
      encodeRows(kernel, values, shape, output.data().asNioFloat());
      return output;
    }
    float[] output = new float[Math.toIntExact(ArrayUtil.prodLong(shape))];
    encodeRows(kernel, values, shape, FloatBuffer.wrap(output));
    return Nd4j.create(output, shape, DataType.FLOAT);
  }

  private static INDArray encodeDouble(RowKernel kernel, double[] values, long[] shape) {
    if (Nd4j.getEnvironment().isCPU()) {
      INDArray output = Nd4j.createUninitialized(DataType.DOUBLE, shape, 'c');
      encodeRows(kernel, values, shape, output.data().asNioDouble());
      return output;
    }
    double[] output = new double[Math.toIntExact(ArrayUtil.prodLong(shape))];
    encodeRows(kernel, values, shape, DoubleBuffer.wrap(output));
    return Nd4j.create(output, shape, DataType.DOUBLE);
  }

  /** Appends the rows of the output, {@code [N, T, F]}, to a float buffer. */
  static void encodeRows(RowKernel kernel, double[] values, long[] shape, FloatBuffer output) {
    double[] x = new double[(int) shape[2]];
    double[] spikes = new double[(int) (shape[1] * shape[2])];
    float[] narrow = new float[spikes.length];
    for (int n = 0; n < shape[0]; n++) {
      System.arraycopy(values, n * x.length, x, 0, x.length);
      kernel.encode(spikes, x, (long) n * spikes.length);
      for (int i = 0; i < narrow.length; i++) {
        narrow[i] = (float) spikes[i];
      }
      output.put(narrow);
    }
  }

  /** Appends the rows of the output, {@code [N, T, F]}, to a double buffer. */
  static void encodeRows(RowKernel kernel, double[] values, long[] shape, DoubleBuffer output) {
    double[] x = new double[(int) shape[2]];
    double[] spikes = new double[(int) (shape[1] * shape[2])];
    for (int n = 0; n < shape[0]; n++) {
      System.arraycopy(values, n * x.length, x, 0, x.length);
      kernel.encode(spikes, x, (long) n * spikes.length);
      output.put(spikes);
    }
  }

  /** Slope 1: most encoders here keep the value on average. */
  @Override
  public void multiplyByExpectedSlope(INDArray gradient, INDArray input) {}

  private void checkInput(INDArray input) {
    if (input == null) {
      throw new IllegalArgumentException(name() + ": expected an input array [N, F], got null");
    }
    if (input.rank() != 2) {
      throw new IllegalArgumentException(
          name()
              + ": expected an input of rank 2, [N, F], got shape "
              + Arrays.toString(input.shape())
              + "; reshape images and other arrays to one row per example first");
    }
    if (input.isEmpty()) {
      throw new IllegalArgumentException(
          name() + ": the input is empty, shape " + Arrays.toString(input.shape()));
    }
    if (input.dataType() != DataType.FLOAT && input.dataType() != DataType.DOUBLE) {
      throw new IllegalArgumentException(
          name()
              + ": expected data type FLOAT or DOUBLE, got "
              + input.dataType()
              + "; convert with castTo(DataType.FLOAT)");
    }
  }

  private void checkTimeSteps(int timeSteps) {
    if (timeSteps < 1) {
      throw new IllegalArgumentException(name() + ": timeSteps must be >= 1, got " + timeSteps);
    }
  }

  private void checkOutputSize(INDArray input, int timeSteps) {
    long elements = MAX_BYTES / input.dataType().width();
    if (input.length() > elements / timeSteps) {
      throw new IllegalArgumentException(
          name()
              + ": input "
              + Arrays.toString(input.shape())
              + " times "
              + timeSteps
              + " steps exceeds "
              + elements
              + " elements (2 GiB); encode smaller batches");
    }
  }

  private void checkValues(double[] values, int features) {
    InputRange range = inputRange();
    for (int i = 0; i < values.length; i++) {
      if (!range.contains(values[i])) {
        throw new IllegalArgumentException(
            String.format(
                "%s: input[%d, %d] = %s is %s",
                name(), i / features, i % features, values[i], range.complaint()));
      }
    }
  }

  private String name() {
    return getClass().getSimpleName();
  }
}
