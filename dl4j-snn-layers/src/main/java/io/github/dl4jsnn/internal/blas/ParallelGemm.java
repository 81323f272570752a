package io.github.dl4jsnn.internal.blas;

import io.github.dl4jsnn.internal.kernel.Workers;
import org.nd4j.linalg.api.blas.Blas;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Products on the threads of {@link Workers} in place of BLAS's own, which OpenBLAS spreads badly
 * where one dimension is small, and not at all where a product takes less than waking a thread. A
 * large product is cut into blocks of rows or columns, whose borders depend on the sizes alone.
 */
public final class ParallelGemm {
  /** Multiplications that are worth {@link #oneThreadEach}, whose two switches take 0.5 ms. */
  private static final long WORTH_A_SWITCH = 1L << 27;

  /** Rows or columns of a block: enough that packing the other operand anew costs little. */
  private static final int BLOCK = 512;

  /** Rows or columns below which no block is cut. */
  private static final int MIN_BLOCK = 64;

  /** Blocks begin at multiples of this, as the inner kernels of BLAS like. */
  private static final int ALIGNMENT = 32;

  private static final Object LOCK = new Object();
  private static int running;
  private static int threadsBefore;

  private ParallelGemm() {}

  /**
   * {@code C = A B}, or {@code C += A B}; as {@link Gemm#multiply}.
   *
   * @param c (out) {@code [M, N]}; must not overlap with the others
   * @param a (in) {@code [M, K]}
   * @param b (in) {@code [K, N]}
   * @param add whether to add to C instead of overwriting it
   */
  public static void multiply(Matrix c, Matrix a, Matrix b, boolean add) {
    if (c.rows > c.columns) {
      multiplyColumns(c.transpose(), b.transpose(), a.transpose(), add);
    } else {
      multiplyColumns(c, a, b, add);
    }
  }

  /** By blocks of columns of B and C. */
  private static void multiplyColumns(Matrix c, Matrix a, Matrix b, boolean add) {
    Gemm gemm = Gemm.get();
    long work = (long) c.rows * c.columns * a.columns;
    // the sizes alone decide: on one thread the blocks are the same
    if (work < WORTH_A_SWITCH || c.columns < 2 * MIN_BLOCK) {
      gemm.multiply(c, a, b, add);
      return;
    }
    int blocks = Math.max(2, c.columns / BLOCK);
    int width = (c.columns / blocks + ALIGNMENT) / ALIGNMENT * ALIGNMENT;
    run(
        (c.columns + width - 1) / width,
        (task, worker) -> {
          int from = task * width;
          int count = Math.min(width, c.columns - from);
          gemm.multiply(columns(c, from, count), a, columns(b, from, count), add);
        });
  }

  private static Matrix columns(Matrix m, int from, int count) {
    return m.transpose().rows(from, count).transpose();
  }

  /**
   * Runs tasks that call {@link Gemm}, each product on the thread of its task. For many small ones
   * put {@link #oneThreadEach} around them all.
   *
   * @param tasks number of tasks
   * @param body the work
   */
  public static void run(int tasks, Workers.Task body) {
    oneThreadEach(() -> Workers.run(tasks, Long.MAX_VALUE, body));
  }

  /**
   * While the body runs, each product uses the thread that asks for it alone.
   *
   * @param body products
   */
  public static void oneThreadEach(Runnable body) {
    Blas blas = Nd4j.factory().blas();
    enter(blas);
    try {
      body.run();
    } finally {
      leave(blas);
    }
  }

  /** BLAS has one number of threads for the whole process. */
  private static void enter(Blas blas) {
    synchronized (LOCK) {
      if (running++ == 0) {
        threadsBefore = blas.getMaxThreads();
        blas.setMaxThreads(1);
      }
    }
  }

  private static void leave(Blas blas) {
    synchronized (LOCK) {
      if (--running == 0) {
        blas.setMaxThreads(threadsBefore);
      }
    }
  }
}
