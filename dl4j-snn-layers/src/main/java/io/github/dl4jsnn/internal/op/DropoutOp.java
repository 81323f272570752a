package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.DropoutF64;
import java.util.Arrays;
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
}
