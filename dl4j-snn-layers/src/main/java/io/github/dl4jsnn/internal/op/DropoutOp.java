package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.DropoutF64;
import io.github.dl4jsnn.internal.kernel.Neighbours;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Dropout masks as arrays, for the SameDiff path; the fused path asks for single factors. */
public final class DropoutOp {
  private DropoutOp() {}

  /**
   * The mask that the fused path uses, written out.
   *
   * @param dropout settings
   * @param like array {@code [N, F]} or {@code [N, T, F]} to be masked
   * @return factors of the shape and type of {@code like}
   */
  public static INDArray mask(GraphConvOp.Dropout dropout, INDArray like) {
    int steps = like.rank() == 3 ? (int) like.size(1) : 1;
    int features = (int) like.size(like.rank() - 1);
    DropoutF64 d = new DropoutF64(dropout.retain, dropout.perStep, dropout.seed, steps);
    long[] bits = new long[DropoutF64.words(features)];
    double[] row = new double[features];
    double[] all = new double[(int) like.length()];
    for (int r = 0; r < like.size(0) * steps; r++) {
      d.mask(bits, r / steps, r % steps, features);
      Arrays.fill(row, 1);
      d.apply(row, bits, features);
      System.arraycopy(row, 0, all, r * features, features);
    }
    return Nd4j.createFromArray(all).reshape(like.shape()).castTo(like.dataType());
  }

  /**
   * Edges with the factors that the fused path applies to their attention coefficients.
   *
   * @param dropout settings
   * @param attention settings
   * @param edges {@code [E, 2]} or {@code [E, 3]}, checked
   * @param nodes V
   * @param steps of the coefficients
   * @return all edges, added self-loops too: {@code [E', 3 + steps * heads]}, rows of source,
   *     target, weight, factors by step and head
   */
  public static INDArray attention(
      GraphConvOp.Dropout dropout,
      GraphConvOp.Attention attention,
      INDArray edges,
      int nodes,
      int steps) {
    int heads = attention.heads;
    DropoutF64 d =
        new DropoutF64(dropout.attentionRetain, dropout.perStep, dropout.attentionSeed(), steps);
    EdgesF64 read = EdgesF64.read("", edges.castTo(DataType.DOUBLE), nodes);
    Neighbours graph = read.neighbours(nodes, true);
    double[][] rows = new double[graph.entries()][3 + steps * heads];
    long[] bits = new long[DropoutF64.words(heads)];
    for (int e = 0; e < rows.length; e++) {
      int edge = graph.edge(e);
      Arrays.fill(rows[e], 1);
      rows[e][0] = graph.source(e);
      rows[e][1] = graph.target(e);
      rows[e][2] = edge < read.count ? read.weights[edge] : 1;
      for (int t = 0; t < steps; t++) {
        d.mask(bits, edge, dropout.perStep ? t : 0, heads);
        d.apply(rows[e], 3 + t * heads, bits, heads);
      }
    }
    return Nd4j.createFromArray(rows).castTo(edges.dataType());
  }
}
