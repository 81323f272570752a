package io.github.dl4jsnn.encode;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Checks of what encoders are given; messages name the encoder. */
final class EncoderChecks {
  /**
   * What one {@link java.nio.ByteBuffer} can address, and through it {@code
   * DataBuffer.asNioFloat()}.
   */
  private static final long MAX_BYTES = Integer.MAX_VALUE;

  private EncoderChecks() {}

  /**
   * Checks rank and type of an input.
   *
   * @param name of the encoder
   * @param input what came
   * @param axes what is expected, one letter an axis
   * @param hint what to do about another rank
   */
  static void input(String name, INDArray input, String axes, String hint) {
    if (input == null) {
      throw new IllegalArgumentException(name + ": expected an input array " + axes + ", got null");
    }
    int rank = axes.split(",").length;
    if (input.rank() != rank) {
      throw new IllegalArgumentException(
          name
              + ": expected an input of rank "
              + rank
              + ", "
              + axes
              + ", got shape "
              + Arrays.toString(input.shape())
              + "; "
              + hint);
    }
    if (input.isEmpty()) {
      throw new IllegalArgumentException(
          name + ": the input is empty, shape " + Arrays.toString(input.shape()));
    }
    if (input.dataType() != DataType.FLOAT && input.dataType() != DataType.DOUBLE) {
      throw new IllegalArgumentException(
          name
              + ": expected data type FLOAT or DOUBLE, got "
              + input.dataType()
              + "; convert with castTo(DataType.FLOAT)");
    }
  }

  /** Checks an input {@code [N, F]} and a number of steps. */
  static void staticInput(String name, INDArray input, int timeSteps) {
    input(name, input, "[N, F]", "reshape images and other arrays to one row per example first");
    if (timeSteps < 1) {
      throw new IllegalArgumentException(name + ": timeSteps must be >= 1, got " + timeSteps);
    }
  }

  /**
   * Checks that the output fits into an array.
   *
   * @param name of the encoder
   * @param input (in) values
   * @param factor entries of the output for one of the input
   * @param what the factor is
   */
  static void outputSize(String name, INDArray input, long factor, String what) {
    long elements = MAX_BYTES / input.dataType().width();
    if (input.length() > elements / factor) {
      throw new IllegalArgumentException(
          name
              + ": input "
              + Arrays.toString(input.shape())
              + " times "
              + what
              + " exceeds "
              + elements
              + " elements (2 GiB); encode smaller batches");
    }
  }

  /**
   * Checks values.
   *
   * @param name of the encoder
   * @param values in c order
   * @param shape of the input
   * @param range of the encoder
   */
  static void values(String name, double[] values, long[] shape, InputRange range) {
    for (int i = 0; i < values.length; i++) {
      if (!range.contains(values[i])) {
        throw new IllegalArgumentException(
            name + ": input" + position(i, shape) + " = " + values[i] + " is " + range.complaint());
      }
    }
  }

  private static String position(long i, long[] shape) {
    long[] position = new long[shape.length];
    long rest = i;
    for (int d = shape.length - 1; d >= 0; d--) {
      position[d] = rest % shape[d];
      rest /= shape[d];
    }
    return Arrays.toString(position);
  }
}
