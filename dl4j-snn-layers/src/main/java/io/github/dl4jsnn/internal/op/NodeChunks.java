package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.Workers;

/**
 * Cuts nodes into ranges, one task each. Their borders depend on the number of nodes alone, so
 * partial sums of ranges add up to the same total on any number of threads.
 */
final class NodeChunks {
  /** Sums over nodes are made of at most this many partial sums. */
  private static final int MAX_CHUNKS = 64;

  private NodeChunks() {}

  /** Number of ranges of N nodes. */
  static int count(int N) {
    return Math.min(MAX_CHUNKS, N);
  }

  /** First node of a range. */
  static int first(int chunk, int N) {
    return (int) ((long) N * chunk / count(N));
  }

  /** Work on the nodes {@code from..to-1}. */
  interface Range {
    void run(int from, int to, int chunk, int worker);
  }

  /** Runs all ranges; {@code work} as in {@link Workers#run}. */
  static void run(int N, long work, Range body) {
    Workers.run(
        count(N),
        work,
        (chunk, worker) -> body.run(first(chunk, N), first(chunk + 1, N), chunk, worker));
  }
}
