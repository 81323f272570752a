package io.github.dl4jsnn.testing;

import io.github.dl4jsnn.internal.kernel.Workers;
import java.util.function.Supplier;

/** Runs something with a given number of kernel threads. */
public final class Threads {
  private Threads() {}

  /**
   * Runs, then restores the number of threads.
   *
   * @param threads at least 1
   * @param body what to run
   * @param <R> result
   * @return its result
   */
  public static <R> R with(int threads, Supplier<R> body) {
    int before = Workers.threads();
    Workers.setThreads(threads);
    try {
      return body.get();
    } finally {
      Workers.setThreads(before);
    }
  }
}
