package io.github.dl4jsnn.internal.blas;

import org.nd4j.linalg.api.buffer.DataType;

/**
 * Matrix products in single and double precision: {@code C = A B} or {@code C += A B}. For {@code
 * A^T B} and {@code A B^T} pass {@link Matrix#transpose()}, which moves no numbers.
 *
 * <p>{@link #get()} is OpenBLAS on the arrays' own memory if the class path has JavaCPP's preset,
 * as it does beside nd4j-native, else ND4J, which copies what is not in its order and takes about
 * three times as long. Both use the same library with the number of threads that ND4J set; ours
 * ({@code dl4j.snn.threads}) has no say in it, so it does not change results.
 */
public abstract class Gemm {
  Gemm() {}

  /**
   * The implementation for this class path, chosen once and logged.
   *
   * @return safe for use by several threads
   */
  public static Gemm get() {
    return GemmChoice.CHOSEN;
  }

  /**
   * {@code C = A B}, or {@code C += A B}.
   *
   * @param c (out) {@code [M, N]}; must not overlap with the others
   * @param a (in) {@code [M, K]}
   * @param b (in) {@code [K, N]}
   * @param add whether to add to C instead of overwriting it
   * @throws IllegalArgumentException if sizes or types do not fit
   */
  public final void multiply(Matrix c, Matrix a, Matrix b, boolean add) {
    multiply(c, a, b, 1, add);
  }

  /**
   * {@code C = scale A B}, or {@code C += scale A B}.
   *
   * @param c (out) {@code [M, N]}; must not overlap with the others
   * @param a (in) {@code [M, K]}
   * @param b (in) {@code [K, N]}
   * @param scale factor of the product
   * @param add whether to add to C instead of overwriting it
   * @throws IllegalArgumentException if sizes or types do not fit
   */
  public final void multiply(Matrix c, Matrix a, Matrix b, double scale, boolean add) {
    boolean fits = c.rows == a.rows && c.columns == b.columns && a.columns == b.rows;
    boolean oneType = c.type() == a.type() && c.type() == b.type();
    if (!fits || !oneType || c.type() != DataType.FLOAT && c.type() != DataType.DOUBLE) {
      throw new IllegalArgumentException(
          "expected C [M, N] = A [M, K] B [K, N], all FLOAT or all DOUBLE; got C "
              + c
              + ", A "
              + a
              + ", B "
              + b);
    }
    if (c.rows > 0 && c.columns > 0) {
      product(c, a, b, scale, add);
    }
  }

  /** The product of matrices that fit. */
  abstract void product(Matrix c, Matrix a, Matrix b, double scale, boolean add);
}
