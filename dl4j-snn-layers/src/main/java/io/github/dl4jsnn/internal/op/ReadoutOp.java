package io.github.dl4jsnn.internal.op;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Read-out of a sequence; equations in {@link io.github.dl4jsnn.conf.SpikeReadoutLayer}. */
public interface ReadoutOp {

  /**
   * For the given data type.
   *
   * @param layer what error messages call the layer
   * @param decay weight of a step relative to the next
   * @param type FLOAT or DOUBLE
   */
  static ReadoutOp create(String layer, double decay, DataType type) {
    return create(layer, decay, true, type);
  }

  /**
   * Takes the last step: an integrator that forgets everything before, undivided.
   *
   * @param layer what error messages call the layer
   * @param type FLOAT or DOUBLE
   */
  static ReadoutOp lastStep(String layer, DataType type) {
    return create(layer, 0, false, type);
  }

  /**
   * The time to the first spike.
   *
   * @param layer what error messages call the layer
   * @param type FLOAT or DOUBLE
   */
  static ReadoutOp firstSpike(String layer, DataType type) {
    return type == DataType.DOUBLE ? new FirstSpikeOpF64(layer) : new FirstSpikeOpF32(layer);
  }

  private static ReadoutOp create(String layer, double decay, boolean mean, DataType type) {
    switch (type) {
      case FLOAT:
        return new ReadoutOpF32(layer, decay, mean);
      case DOUBLE:
        return new ReadoutOpF64(layer, decay, mean);
      default:
        throw new IllegalArgumentException(
            layer + ": data type must be FLOAT or DOUBLE, is " + type);
    }
  }

  /**
   * Reads out.
   *
   * @param in (in) {@code [N, T, F]}
   * @param mask (in) {@code [N, T]} or null
   * @param scale s
   * @param out (out) {@code [N, F]}
   * @throws IllegalArgumentException if a mask leaves an example without steps, or the input holds
   *     NaN or infinity
   */
  void forward(INDArray in, INDArray mask, double scale, INDArray out);

  /**
   * Gradients.
   *
   * @param in (in) as in {@link #forward}
   * @param mask (in) as in {@link #forward}
   * @param g (in) gradient of the output {@code [N, F]}
   * @param scale s
   * @param dIn (out) gradient of the input
   * @return gradient of the scale
   */
  double backward(INDArray in, INDArray mask, INDArray g, double scale, INDArray dIn);

  /**
   * Goes on with a sequence that comes in chunks, for each step that is there: {@code sum = k * sum
   * + x} and {@code count = count + 1}; of first spikes {@code first = (1 - fired) * x}, {@code
   * fired = fired + first}, {@code time = time + first * count}, {@code count = count + 1}.
   *
   * @param in (in) chunk {@code [N, T, F]}
   * @param mask (in) {@code [N, T]} or null; here an example may be without steps
   * @param before (in) these variables {@code [N, F]} at the start of the chunk, or null for 0
   * @param after (out) at its end; of a sum the count may be left out
   * @throws IllegalArgumentException if input or state hold NaN or infinity
   */
  void accumulate(INDArray in, INDArray mask, INDArray[] before, INDArray[] after);
}
