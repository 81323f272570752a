package io.github.dl4jsnn.internal.kernel;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The one thread pool of the library.
 *
 * <p>Work is cut into numbered tasks whose number and borders depend on the sizes alone, never on
 * the number of threads, and each output has one writing task; so results are equal bit for bit on
 * any number of threads.
 */
public final class Workers {
  /** Entries that one thread passes in about the time it takes to wake another one. */
  private static final long WORTH_A_THREAD = 1 << 15;

  /** Looks at a task of another thread before this one sleeps: some 50 microseconds. */
  private static final int SPINS = 1 << 11;

  private static volatile ForkJoinPool pool = newPool(Runtime.getRuntime().availableProcessors());

  private Workers() {}

  private static ForkJoinPool newPool(int threads) {
    return new ForkJoinPool(threads);
  }

  /**
   * Threads that work, the caller included; also the number of scratch spaces a caller of {@link
   * #run} needs.
   */
  public static int threads() {
    return pool.getParallelism();
  }

  /** Sets the number of threads; for start-up and tests, not while kernels run. */
  public static synchronized void setThreads(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, was " + threads);
    }
    if (threads != pool.getParallelism()) {
      pool.shutdown();
      pool = newPool(threads);
    }
  }

  /** Number of threads that {@link #run} would use for this much work. */
  static int threadsFor(long work) {
    return work < WORTH_A_THREAD ? 1 : threads();
  }

  /** One piece of work. */
  public interface Task {
    /**
     * Does the work.
     *
     * @param task number of the task
     * @param worker number of the thread among those of this call, from 0; picks a scratch space
     */
    void run(int task, int worker);
  }

  /**
   * Runs tasks {@code 0..tasks-1} and returns when all are done; the first exception is thrown on.
   *
   * @param tasks number of tasks
   * @param work array entries that all tasks together read or write, to see whether threads pay
   * @param body the work
   */
  public static void run(int tasks, long work, Task body) {
    int workers = Math.min(tasks, threadsFor(work));
    if (workers <= 1) {
      for (int i = 0; i < tasks; i++) {
        body.run(i, 0);
      }
      return;
    }
    AtomicInteger next = new AtomicInteger();
    Helper[] others = new Helper[workers - 1];
    for (int w = 1; w < workers; w++) {
      int worker = w;
      others[w - 1] = new Helper(() -> drain(tasks, next, body, worker));
      pool.execute(others[w - 1]);
    }
    try {
      drain(tasks, next, body, 0);
    } finally {
      // The others must be done before anyone reuses the buffers, also when this thread failed.
      for (Helper other : others) {
        other.await();
      }
    }
    for (Helper other : others) {
      other.rethrow();
    }
  }

  /** The share of another thread, which may find nothing left to do when it wakes. */
  private static final class Helper extends RecursiveAction {
    private static final long serialVersionUID = 1L;

    private final transient Runnable share;
    private final AtomicBoolean taken = new AtomicBoolean();

    Helper(Runnable share) {
      this.share = share;
    }

    @Override
    protected void compute() {
      if (taken.compareAndSet(false, true)) {
        share.run();
      }
    }

    /**
     * Returns when no other thread runs this or will. A short wait keeps the core: to sleep and be
     * woken would take longer.
     */
    void await() {
      if (taken.compareAndSet(false, true)) {
        return;
      }
      for (int i = 0; i < SPINS && !isDone(); i++) {
        Thread.onSpinWait();
      }
      quietlyJoin();
    }

    /** Throws what another thread threw. */
    void rethrow() {
      if (isCompletedAbnormally()) {
        join();
      }
    }
  }

  private static void drain(int tasks, AtomicInteger next, Task body, int worker) {
    for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
      body.run(i, worker);
    }
  }
}
