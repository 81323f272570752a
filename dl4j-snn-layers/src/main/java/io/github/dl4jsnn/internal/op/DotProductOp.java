package io.github.dl4jsnn.internal.op;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Dot products of pairs of rows; the equation is in {@link
 * io.github.dl4jsnn.conf.DotProductDecoderVertex}. The numbers of {@link #read} are the nodes of
 * the pairs, one pair after the other.
 */
public abstract class DotProductOp implements IndexedOp {
  /** Name of the scale, where it is trained. */
  public static final String SCALE = "scale";

  /** Name of the bias, where it is trained. */
  public static final String BIAS = "bias";

  /** What error messages call the vertex. */
  final String vertex;

  DotProductOp(String vertex) {
    this.vertex = vertex;
  }

  /**
   * For the given data type.
   *
   * @param vertex what error messages call the vertex
   * @param scale s, where it is not trained
   * @param bias b, where it is not trained
   * @param type FLOAT or DOUBLE
   * @return the operation
   */
  public static DotProductOp create(String vertex, double scale, double bias, DataType type) {
    switch (type) {
      case FLOAT:
        return new DotProductOpF32(vertex, scale, bias);
      case DOUBLE:
        return new DotProductOpF64(vertex, scale, bias);
      default:
        throw new IllegalArgumentException(
            vertex + ": data type must be FLOAT or DOUBLE, is " + type);
    }
  }

  @Override
  public int[] read(INDArray in, INDArray index) {
    return IndexRows.read(vertex, "pairs [P, 2]", index, 2, in.size(0));
  }

  @Override
  public long[] outputShape(INDArray in, int[] index) {
    return new long[] {index.length / 2, 1};
  }

  /** {@code [P, 2N]}: 1 in column u for the first node, in column N + v for the second. */
  @Override
  public INDArray incidence(INDArray in, int[] index) {
    long N = in.size(0);
    INDArray matrix = Nd4j.zeros(in.dataType(), index.length / 2, 2 * N);
    for (int i = 0; i < index.length; i++) {
      matrix.putScalar(i / 2, i % 2 * N + index[i], 1);
    }
    return matrix;
  }
}
