package io.github.dl4jsnn.internal.blas;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Matrix products by OpenBLAS, through the preset that nd4j-native calls, on the memory of the
 * arrays as it lies. Only what is contiguous in neither direction is copied.
 */
final class OpenBlasGemm extends Gemm {

  /** Loads the library. */
  OpenBlasGemm() {
    try (FloatPointer one = new FloatPointer(1f);
        FloatPointer c = new FloatPointer(1)) {
      cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, 1, 1, 1, 1, one, 1, one, 1, 0, c, 1);
    }
  }

  @Override
  void product(Matrix c, Matrix a, Matrix b, double scale, boolean add) {
    if (isRowMajor(c)) {
      rowMajor(c, a, b, scale, add);
    } else if (isRowMajor(c.transpose())) {
      rowMajor(c.transpose(), b.transpose(), a.transpose(), scale, add);
    } else {
      scattered(c, a, b, scale, add);
    }
  }

  private static void scattered(Matrix c, Matrix a, Matrix b, double scale, boolean add) {
    Matrix compact = compact(c);
    rowMajor(compact, a, b, scale, add);
    c.array().assign(compact.array());
  }

  /** A copy outside the workspace of whoever asks. */
  private static Matrix compact(Matrix m) {
    try (MemoryWorkspace ignored = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
      return Matrix.of(m.array().dup('c'));
    }
  }

  /** Entries of a row side by side, rows at a distance that BLAS can count. */
  private static boolean isRowMajor(Matrix m) {
    boolean sideBySide = m.columnStride == 1 || m.columns == 1;
    boolean apart = m.rowStride >= m.columns && m.rowStride <= Integer.MAX_VALUE;
    return sideBySide && (apart || m.rows == 1);
  }

  private static int leadingDimension(Matrix m) {
    return m.rows == 1 ? m.columns : (int) m.rowStride;
  }

  private static Matrix readable(Matrix m) {
    return isRowMajor(m) || isRowMajor(m.transpose()) ? m : compact(m);
  }

  private static void rowMajor(Matrix c, Matrix a0, Matrix b0, double scale, boolean add) {
    Matrix a = readable(a0);
    Matrix b = readable(b0);
    boolean aPlain = isRowMajor(a);
    boolean bPlain = isRowMajor(b);
    int transA = aPlain ? CblasNoTrans : CblasTrans;
    int transB = bPlain ? CblasNoTrans : CblasTrans;
    int lda = leadingDimension(aPlain ? a : a.transpose());
    int ldb = leadingDimension(bPlain ? b : b.transpose());
    int ldc = leadingDimension(c);
    int m = c.rows;
    int n = c.columns;
    int k = a.columns;
    int beta = add ? 1 : 0;
    if (c.type() == DataType.FLOAT) {
      FloatPointer pc = floats(c);
      cblas_sgemm(
          CblasRowMajor,
          transA,
          transB,
          m,
          n,
          k,
          (float) scale,
          floats(a),
          lda,
          floats(b),
          ldb,
          beta,
          pc,
          ldc);
    } else {
      DoublePointer pc = doubles(c);
      cblas_dgemm(
          CblasRowMajor,
          transA,
          transB,
          m,
          n,
          k,
          scale,
          doubles(a),
          lda,
          doubles(b),
          ldb,
          beta,
          pc,
          ldc);
    }
  }

  /** The address of an array's data includes its offset in a larger buffer. */
  private static FloatPointer floats(Matrix m) {
    return new FloatPointer(m.data.addressPointer()).position(m.offset);
  }

  private static DoublePointer doubles(Matrix m) {
    return new DoublePointer(m.data.addressPointer()).position(m.offset);
  }
}
