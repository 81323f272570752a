package io.github.dl4jsnn.encode;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the encoders share whose spike trains depend on one value each. */
abstract class ElementwiseEncoder implements SpikeEncoder {

  private static final long serialVersionUID = 1L;

  /** The values that {@link #rowKernel} can encode. */
  abstract InputRange inputRange();

  /** Returns the arithmetic of this encoder for {@code timeSteps} steps of sample {@code draw}. */
  abstract RowKernel rowKernel(int timeSteps, long draw, DataType inputType);

  @Override
  public final INDArray encode(INDArray input, int timeSteps, long draw) {
    String name = getClass().getSimpleName();
    EncoderChecks.staticInput(name, input, timeSteps);
    EncoderChecks.outputSize(name, input, timeSteps, timeSteps + " steps");
    // Copied whatever its order: 1/T of the output's size buys independence of strides and offsets.
    double[] values = input.dup('c').data().asDouble();
    EncoderChecks.values(name, values, input.shape(), inputRange());
    RowKernel kernel = rowKernel(timeSteps, draw, input.dataType());
    long[] shape = {input.size(0), timeSteps, input.size(1)};
    return EncodedRows.encode(kernel, values, shape, input.dataType());
  }

  /** Slope 1: most encoders here keep the value on average. */
  @Override
  public void multiplyByExpectedSlope(INDArray gradient, INDArray input) {}
}
