package io.github.dl4jsnn.graph;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a vertex of a network returns for every node, one row of any shape a node, written in the
 * order of the nodes. Kept in pieces, so that all nodes together may take more than the 2 GiB of
 * one array.
 */
final class NodeRows {
  /** Rows of a piece; a power of two. */
  private static final int PIECE = 1 << 12;

  private final int nodes;
  private final DataType type;
  private final List<ByteBuffer> pieces = new ArrayList<>();
  private long[] shape;
  private int rowBytes;
  private int size;

  NodeRows(int nodes, DataType type) {
    this.nodes = nodes;
    this.type = type;
  }

  /** Bytes of all rows written so far. */
  long bytes() {
    return (long) size * rowBytes;
  }

  /**
   * Writes the next rows.
   *
   * @param from (in) array of any rank, first dimension rows
   * @param rows (in) which of its rows, in the order to write them
   * @param count how many
   */
  void append(INDArray from, int[] rows, int count) {
    INDArray plain = from.dup('c');
    if (shape == null) {
      shape = plain.shape().clone();
      rowBytes = Math.toIntExact(plain.length() / plain.size(0) * type.width());
    }
    ByteBuffer source = plain.data().asNio();
    for (int i = 0; i < count; i++) {
      if (size % PIECE == 0) {
        pieces.add(ByteBuffer.allocate(Math.min(PIECE, nodes - size) * rowBytes));
      }
      copy(pieces.get(size / PIECE), source, rows[i]);
      size++;
    }
  }

  private void copy(ByteBuffer dest, ByteBuffer source, int row) {
    ByteBuffer part = source.duplicate();
    part.limit((row + 1) * rowBytes).position(row * rowBytes);
    dest.put(part);
  }

  /** The rows of some nodes, as a new array. */
  INDArray gather(int[] of) {
    long[] outShape = shape.clone();
    outShape[0] = of.length;
    INDArray out = Nd4j.createUninitialized(type, outShape, 'c');
    ByteBuffer dest = out.data().asNio();
    for (int node : of) {
      copy(dest, pieces.get(node / PIECE), node % PIECE);
    }
    return out;
  }

  /** All rows, as a new array. */
  INDArray all() {
    int[] every = new int[nodes];
    Arrays.setAll(every, i -> i);
    return gather(every);
  }
}
