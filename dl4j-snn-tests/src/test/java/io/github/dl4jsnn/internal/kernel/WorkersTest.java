package io.github.dl4jsnn.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.testing.Threads;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The thread pool: every task once, none after the return, failures of any thread thrown on. */
@Timeout(60)
class WorkersTest {
  private static final long WORTH_THREADS = 1 << 20;
  private static final int REGIONS = 5000;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void everyTaskRunsOnceAndNoneAfterTheReturn(int threads) {
    onThreads(
        threads,
        () -> {
          for (int region = 0; region < REGIONS; region++) {
            int tasks = 1 + region % 7;
            AtomicIntegerArray runs = new AtomicIntegerArray(tasks);
            AtomicInteger inside = new AtomicInteger();
            Workers.run(
                tasks,
                WORTH_THREADS,
                (task, worker) -> {
                  inside.incrementAndGet();
                  runs.incrementAndGet(task);
                  inside.decrementAndGet();
                });
            assertThat(inside.get()).isZero();
            for (int task = 0; task < tasks; task++) {
              assertThat(runs.get(task)).isOne();
            }
          }
        });
  }

  @Test
  void twoTasksAtATimeHaveDifferentWorkers() {
    onThreads(
        3,
        () -> {
          AtomicIntegerArray busy = new AtomicIntegerArray(Workers.threads());
          Workers.run(
              REGIONS,
              WORTH_THREADS,
              (task, worker) -> {
                assertThat(busy.getAndIncrement(worker)).isZero();
                busy.decrementAndGet(worker);
              });
        });
  }

  @Test
  void aTaskThatFailsFailsTheCall() {
    onThreads(
        2,
        () -> {
          for (int region = 0; region < REGIONS / 10; region++) {
            int bad = region % 4;
            assertThatThrownBy(
                    () -> Workers.run(4, WORTH_THREADS, (task, worker) -> failAt(bad, task)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("task " + bad);
          }
        });
  }

  @Test
  void aTaskMayRunTasks() {
    AtomicInteger runs = new AtomicInteger();
    onThreads(
        2,
        () ->
            Workers.run(
                8,
                WORTH_THREADS,
                (task, worker) -> Workers.run(8, WORTH_THREADS, (t, w) -> runs.incrementAndGet())));
    assertThat(runs.get()).isEqualTo(64);
  }

  private static void onThreads(int threads, Runnable body) {
    Threads.with(
        threads,
        () -> {
          body.run();
          return null;
        });
  }

  private static void failAt(int bad, int task) {
    if (task == bad) {
      throw new IllegalArgumentException("task " + task);
    }
  }
}
