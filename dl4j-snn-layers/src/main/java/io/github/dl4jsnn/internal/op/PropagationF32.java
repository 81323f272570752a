package io.github.dl4jsnn.internal.op;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How the currents of nodes are made of the products {@code z = S W} of their neighbours. Between
 * {@link #forward} and {@link #backward} the rows of z stay as they are.
 */
interface PropagationF32 {

  /**
   * Takes over graph and parameters of one pass.
   *
   * @param edges (in) edge list
   * @param params (in) parameters of the vertex
   * @param dropout settings, or null
   * @param N nodes
   * @param steps of z
   * @throws IllegalArgumentException if an edge or a parameter is bad
   */
  void open(
      INDArray edges, Map<String, INDArray> params, GraphConvOp.Dropout dropout, int N, int steps);

  /**
   * Products of further maps of the same input, where the propagation has several.
   *
   * @param z (in/out) one product of N rows for each map; the first is that of {@link #forward}.
   *     The others may be used as scratch
   */
  default void terms(float[][][] z) {}

  /** What all nodes need before {@link #gather}; z has N rows. */
  void forward(float[][] z);

  /** Current of node {@code n}, without bias; y is overwritten. For several threads at once. */
  void gather(float[] y, float[][] z, int n);

  /**
   * Backward pass.
   *
   * @param z (in/out) what {@link #forward} got comes in, its gradient goes out
   * @param zeroZ (out) which of these gradients are 0
   * @param dy (in) gradients of the currents
   * @param zero (in) which of them are 0
   * @param gradients (out) of the parameters that belong to the propagation
   */
  void backward(
      float[][] z, boolean[] zeroZ, float[][] dy, boolean[] zero, Map<String, INDArray> gradients);

  /** Coefficients of the last forward pass, or null if there are none. */
  default AttentionSnapshot attention() {
    return null;
  }
}
