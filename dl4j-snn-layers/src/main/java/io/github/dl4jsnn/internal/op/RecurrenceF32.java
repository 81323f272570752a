package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.neuron.Recurrence;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Feedback of the spikes of one step into the currents of the next. */
abstract class RecurrenceF32 {
  private static final int MAX_CHUNKS = 64;

  /** Two threads find work, however large the matrix. */
  private static final int MIN_CHUNKS = 2;

  /** Entries of all partial sums of a matrix: 64 MB. */
  private static final long MATRIX_ENTRIES = 1 << 24;

  /** The feedback of the given kind, or null for none. */
  static RecurrenceF32 of(Recurrence kind) {
    switch (kind) {
      case ONE_TO_ONE:
        return new OneToOne();
      case ALL_TO_ALL:
        return new AllToAll();
      default:
        return null;
    }
  }

  /** Takes the weights of this pass. */
  abstract void read(INDArray weights);

  /** Partial sums of gradients that may be made. */
  abstract int maxChunks();

  /** Whether a block must span all features. */
  abstract boolean needsAllFeatures();

  /** Adds the feedback of spikes o to currents x of features {@code from..from+len-1}. */
  abstract void add(float[] x, float[] o, int from, int len);

  /** Overwrites the gradient of the spikes by what comes back from that of the currents. */
  abstract void backward(float[] dO, float[] dx, int from, int len);

  /** Starts gradients anew, as the given number of partial sums. */
  abstract void clearGradients(int chunks);

  /** Adds the gradient of the weights of one step to a partial sum. */
  abstract void addGradient(float[] o, float[] dx, int chunk, int from, int len);

  /** Adds up the partial sums, in their order, and hands them over. */
  abstract void writeGradients(INDArray dest);

  /** One weight a feature. */
  static final class OneToOne extends RecurrenceF32 {
    private float[] r;
    private float[][] partial;

    @Override
    void read(INDArray weights) {
      r = NdRowsF32.vector(weights, (int) weights.length(), 0);
    }

    @Override
    int maxChunks() {
      return MAX_CHUNKS;
    }

    @Override
    boolean needsAllFeatures() {
      return false;
    }

    @Override
    void add(float[] x, float[] o, int from, int len) {
      for (int i = 0; i < len; i++) {
        x[i] += r[from + i] * o[i];
      }
    }

    @Override
    void backward(float[] dO, float[] dx, int from, int len) {
      for (int i = 0; i < len; i++) {
        dO[i] = r[from + i] * dx[i];
      }
    }

    @Override
    void clearGradients(int chunks) {
      partial = new float[chunks][r.length];
    }

    @Override
    void addGradient(float[] o, float[] dx, int chunk, int from, int len) {
      float[] sum = partial[chunk];
      for (int i = 0; i < len; i++) {
        sum[from + i] += o[i] * dx[i];
      }
    }

    @Override
    void writeGradients(INDArray dest) {
      NdRowsF32.putVector(dest, RowMathF32.total(partial));
    }
  }

  /** A matrix; rows of it are added where there is a spike. Blocks span all features. */
  static final class AllToAll extends RecurrenceF32 {
    private float[][] w;
    private float[][] transposed;
    private float[][][] partial;

    @Override
    void read(INDArray weights) {
      w = NdRowsF32.matrix(weights, w);
      transposed = NdRowsF32.matrix(weights.transpose(), transposed);
    }

    @Override
    int maxChunks() {
      int fit = (int) Math.max(MIN_CHUNKS, MATRIX_ENTRIES / ((long) w.length * w.length));
      return Math.min(MAX_CHUNKS, fit);
    }

    @Override
    boolean needsAllFeatures() {
      return true;
    }

    @Override
    void add(float[] x, float[] o, int from, int len) {
      addRows(x, w, o, len);
    }

    @Override
    void backward(float[] dO, float[] dx, int from, int len) {
      Arrays.fill(dO, 0, len, 0f);
      addRows(dO, transposed, dx, len);
    }

    private static void addRows(float[] y, float[][] rows, float[] factor, int len) {
      for (int j = 0; j < len; j++) {
        if (factor[j] != 0) {
          RowMathF32.addScaled(y, rows[j], factor[j], len);
        }
      }
    }

    @Override
    void clearGradients(int chunks) {
      if (partial == null || partial.length != chunks) {
        partial = new float[chunks][w.length][w.length];
        return;
      }
      for (float[][] sum : partial) {
        ScratchF32.clear(sum, w.length, w.length);
      }
    }

    @Override
    void addGradient(float[] o, float[] dx, int chunk, int from, int len) {
      for (int j = 0; j < len; j++) {
        if (o[j] != 0) {
          RowMathF32.addScaled(partial[chunk][j], dx, o[j], len);
        }
      }
    }

    @Override
    void writeGradients(INDArray dest) {
      for (int c = 1; c < partial.length; c++) {
        for (int j = 0; j < w.length; j++) {
          RowMathF32.add(partial[0][j], partial[c][j], w.length);
        }
      }
      NdRowsF32.putMatrix(dest, partial[0]);
    }
  }
}
