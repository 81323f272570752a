package io.github.dl4jsnn.internal.op;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An operation on the rows of an array that takes whole numbers as a second input: {@link
 * GraphReadoutOp} the graph of each node, {@link DotProductOp} pairs of nodes.
 */
public interface IndexedOp {

  /**
   * Reads and checks the second input.
   *
   * @param in (in) first input
   * @param index (in) second input
   * @return its numbers, in the form that the other methods take
   * @throws IllegalArgumentException if they do not fit
   */
  int[] read(INDArray in, INDArray index);

  /**
   * Shape of the output.
   *
   * @param in (in) first input
   * @param index (in) of {@link #read}
   * @return the shape
   */
  long[] outputShape(INDArray in, int[] index);

  /**
   * Computes the output.
   *
   * @param in (in) first input, sequences as {@code [N, T, F]}
   * @param index (in) of {@link #read}
   * @param params (in) parameters by name
   * @param out (out) of {@link #outputShape}
   * @throws IllegalArgumentException if input or parameters hold NaN or infinity
   */
  void forward(INDArray in, int[] index, Map<String, INDArray> params, INDArray out);

  /**
   * Gradients; what the forward pass found is computed again.
   *
   * @param in (in) as in {@link #forward}
   * @param index (in) as in {@link #forward}
   * @param params (in) as in {@link #forward}
   * @param g (in) gradient of the output
   * @param gradients (out) gradients of the parameters, overwritten
   * @param dIn (out) gradient of the first input, overwritten
   */
  void backward(
      INDArray in,
      int[] index,
      Map<String, INDArray> params,
      INDArray g,
      Map<String, INDArray> gradients,
      INDArray dIn);

  /**
   * The second input as the SameDiff definition takes it: zeros and ones.
   *
   * @param in (in) first input
   * @param index (in) of {@link #read}
   * @return the matrix, of the type of the first input
   */
  INDArray incidence(INDArray in, int[] index);
}
