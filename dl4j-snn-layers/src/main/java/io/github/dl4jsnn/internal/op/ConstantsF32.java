package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.neuron.NeuronConstant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The constants of a neuron as rows over the features, and their gradients. */
final class ConstantsF32 {
  private final String layer;
  private final List<NeuronConstant> constants;
  private final boolean trained;
  private float[][] rows;
  private float[][][] partial = new float[0][][];
  private int chunks;

  ConstantsF32(String layer, List<NeuronConstant> constants) {
    this.layer = layer;
    this.constants = constants;
    this.trained = constants.stream().anyMatch(NeuronConstant::trained);
  }

  int count() {
    return constants.size();
  }

  boolean trained() {
    return trained;
  }

  /** Takes the values of this pass, one a feature. */
  void read(Map<String, INDArray> params, int F) {
    rows = ScratchF32.rows(rows, count(), F);
    for (int i = 0; i < count(); i++) {
      NeuronConstant c = constants.get(i);
      if (c.trained()) {
        readTrained(rows[i], c, params.get(c.name()), F);
      } else {
        Arrays.fill(rows[i], 0, F, (float) c.value());
      }
    }
  }

  private void readTrained(float[] row, NeuronConstant c, INDArray param, int F) {
    float[] w = NdRowsF32.vector(param, F, 0);
    for (int f = 0; f < F; f++) {
      row[f] = (float) c.range().constant(w[f]);
    }
    // in this precision, a positive constant may have become 0 on its way
    boolean vanished = c.range() == NeuronConstant.Range.POSITIVE && !RowMathF32.isPositive(row, F);
    if (!RowMathF32.isFinite(row, F) || vanished) {
      throw new IllegalStateException(
          layer
              + ": the trained "
              + c.name()
              + " has left its range ("
              + c.range()
              + "); training diverged, lower the learning rate");
    }
  }

  /** Copies the values of features {@code from..from+len-1}. */
  void block(float[][] dest, int from, int len) {
    for (int i = 0; i < count(); i++) {
      System.arraycopy(rows[i], from, dest[i], 0, len);
    }
  }

  /** Copies the values of all F features, one copy behind the other. */
  void repeat(float[][] dest, int F, int copies) {
    for (int i = 0; i < count(); i++) {
      RepeatedRowF32.repeat(dest[i], rows[i], F, copies);
    }
  }

  /** Makes room for gradients, as the given number of partial sums. */
  void startGradients(int chunks, int F) {
    this.chunks = chunks;
    if (partial.length < chunks || partial[0][0].length < F) {
      partial = new float[chunks][count()][F];
    }
  }

  /** Puts the gradients of a block into a partial sum; each feature of it has one writer. */
  void put(float[][] dp, int chunk, int from, int len) {
    for (int i = 0; i < count(); i++) {
      System.arraycopy(dp[i], 0, partial[chunk][i], from, len);
    }
  }

  /** Adds up the partial sums, in their order, and hands them over. */
  void writeGradients(Map<String, INDArray> gradients, int F) {
    for (int i = 0; i < count(); i++) {
      NeuronConstant c = constants.get(i);
      if (!c.trained()) {
        continue;
      }
      float[] total = new float[F];
      for (int chunk = 0; chunk < chunks; chunk++) {
        RowMathF32.add(total, partial[chunk][i], F);
      }
      for (int f = 0; f < F; f++) {
        total[f] *= (float) c.range().derivative(rows[i][f]);
      }
      NdRowsF32.putVector(gradients.get(c.name()), total);
    }
  }
}
