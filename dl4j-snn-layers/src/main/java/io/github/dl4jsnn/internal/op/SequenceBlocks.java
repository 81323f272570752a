package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.Workers;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Cuts an array {@code [N, T, F]} into blocks of features and chunks of examples. Sums over
 * examples are made of one partial sum a chunk, so their number and order depend on the sizes
 * alone.
 */
final class SequenceBlocks {
  /**
   * Features of a block: rows of 1 or 2 KiB, long enough to stream, and T of them stay in cache.
   */
  static final int WIDTH = 256;

  /** Tasks to share out: enough for the threads of a CPU, few enough for the partial sums. */
  private static final int TASKS = 32;

  final int N;
  final int T;
  final int F;

  /** Number of blocks. */
  final int blocks;

  /** Number of chunks. */
  final int chunks;

  SequenceBlocks(INDArray in) {
    N = (int) in.size(0);
    T = (int) in.size(1);
    F = (int) in.size(2);
    blocks = (F + WIDTH - 1) / WIDTH;
    chunks = Math.max(1, Math.min(N, TASKS / blocks));
  }

  /** First feature of a block. */
  static int from(int block) {
    return block * WIDTH;
  }

  /** Number of features of a block. */
  int width(int block) {
    return Math.min(WIDTH, F - from(block));
  }

  boolean sameAs(SequenceBlocks other) {
    return other != null && N == other.N && T == other.T && F == other.F;
  }

  /** Work on one block of features of one example; a chunk of a block is written by one thread. */
  interface Body {
    void run(int block, int chunk, int n, int worker);
  }

  /** Runs the work on every block of every example. */
  void forEach(Body body) {
    Workers.run(
        blocks * chunks,
        (long) N * T * F,
        (task, worker) -> {
          int block = task % blocks;
          int chunk = task / blocks;
          long end = (long) N * (chunk + 1) / chunks;
          for (int n = (int) ((long) N * chunk / chunks); n < end; n++) {
            body.run(block, chunk, n, worker);
          }
        });
  }
}
