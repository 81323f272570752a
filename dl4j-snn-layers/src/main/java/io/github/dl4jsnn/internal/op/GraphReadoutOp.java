package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.conf.GraphReadoutVertex.Pooling;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Pools the nodes of each graph; equations in {@link io.github.dl4jsnn.conf.GraphReadoutVertex}.
 * The numbers of {@link #read} are where each graph begins, and at the end the number of nodes.
 */
public abstract class GraphReadoutOp implements IndexedOp {
  /** Name of the gate's weights. */
  public static final String WEIGHT = "W";

  /** What error messages call the vertex. */
  final String vertex;

  GraphReadoutOp(String vertex) {
    this.vertex = vertex;
  }

  /**
   * For the given data type.
   *
   * @param vertex what error messages call the vertex
   * @param pooling how nodes become one
   * @param type FLOAT or DOUBLE
   * @return the operation
   */
  public static GraphReadoutOp create(String vertex, Pooling pooling, DataType type) {
    switch (type) {
      case FLOAT:
        return new GraphReadoutOpF32(vertex, pooling);
      case DOUBLE:
        return new GraphReadoutOpF64(vertex, pooling);
      default:
        throw new IllegalArgumentException(
            vertex + ": data type must be FLOAT or DOUBLE, is " + type);
    }
  }

  @Override
  public int[] read(INDArray in, INDArray index) {
    int N = (int) in.size(0);
    if (index.rank() == 2 && index.size(0) != N) {
      throw new IllegalArgumentException(
          vertex
              + ": expected membership [N, 1] with a row for each of "
              + N
              + " nodes, got shape "
              + java.util.Arrays.toString(index.shape()));
    }
    int[] graph = IndexRows.read(vertex, "membership [N, 1]", index, 1, N);
    int[] starts = new int[N + 1];
    int graphs = 0;
    for (int i = 0; i < N; i++) {
      int before = i == 0 ? -1 : graph[i - 1];
      if (graph[i] == before + 1) {
        starts[graphs++] = i;
      } else if (graph[i] != before) {
        throw notConsecutive(i, before, graph[i]);
      }
    }
    starts[graphs] = N;
    return java.util.Arrays.copyOf(starts, graphs + 1);
  }

  private IllegalArgumentException notConsecutive(int row, int before, int graph) {
    return new IllegalArgumentException(
        vertex
            + ": membership [N, 1], row "
            + row
            + ": expected graph "
            + (before < 0 ? "0" : before + " or " + (before + 1))
            + ", is "
            + graph
            + "; the nodes of a graph are consecutive rows, graphs are numbered in their order from"
            + " 0, and none is empty");
  }

  @Override
  public long[] outputShape(INDArray in, int[] index) {
    long[] shape = in.shape().clone();
    shape[0] = index.length - 1;
    return shape;
  }

  /** {@code [N, G]}: 1 where the node belongs to the graph. */
  @Override
  public INDArray incidence(INDArray in, int[] index) {
    INDArray matrix = Nd4j.zeros(in.dataType(), in.size(0), index.length - 1);
    for (int g = 0; g + 1 < index.length; g++) {
      for (int n = index[g]; n < index[g + 1]; n++) {
        matrix.putScalar(n, g, 1);
      }
    }
    return matrix;
  }
}
