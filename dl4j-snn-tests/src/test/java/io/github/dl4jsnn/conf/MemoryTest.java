package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jsnn.testing.Networks;
import io.github.dl4jsnn.testing.TestNetwork;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.MultiDataSet;

/** Training and inference do not gather memory, on the heap or beside it. */
class MemoryTest {
  private static final int WARM_UP = 30;
  private static final int WINDOWS = 3;
  private static final int ITERATIONS = 40;

  /** Less than the activations of one of these networks an iteration. */
  private static final long MARGIN = 64 * 1024;

  /** Caches that fill once grow in one window; what leaks grows in each. */
  @ParameterizedTest
  @EnumSource
  void staysFlat(TestNetwork network) throws Exception {
    ComputationGraph net = network.create();
    MultiDataSet[] batches = new MultiDataSet[5];
    for (int i = 0; i < batches.length; i++) {
      batches[i] = network.data(DataType.FLOAT, 16 - 2 * i, 4 + i, i);
    }
    run(net, batches, WARM_UP);
    long heapGrowth = Long.MAX_VALUE;
    long outsideGrowth = Long.MAX_VALUE;
    long heap = usedHeap();
    long outside = Pointer.totalBytes();
    for (int w = 0; w < WINDOWS; w++) {
      run(net, batches, ITERATIONS);
      long heapBefore = heap;
      long outsideBefore = outside;
      heap = usedHeap();
      outside = Pointer.totalBytes();
      heapGrowth = Math.min(heapGrowth, heap - heapBefore);
      outsideGrowth = Math.min(outsideGrowth, outside - outsideBefore);
    }
    assertThat(heapGrowth).as("bytes on the heap").isLessThan(MARGIN);
    assertThat(outsideGrowth).as("bytes outside").isLessThan(MARGIN);
  }

  private static void run(ComputationGraph net, MultiDataSet[] batches, int iterations) {
    for (int i = 0; i < iterations; i++) {
      MultiDataSet batch = batches[i % batches.length];
      net.fit(batch);
      if (i % 4 == 0) {
        Networks.output(net, batch);
      }
    }
  }

  /** What is left once nothing more is freed; ND4J frees arrays after the collector found them. */
  private static long usedHeap() throws InterruptedException {
    Runtime runtime = Runtime.getRuntime();
    long used = Long.MAX_VALUE;
    for (int quiet = 0; quiet < 2; ) {
      System.gc();
      Thread.sleep(20);
      long now = runtime.totalMemory() - runtime.freeMemory();
      quiet = now < used - 4096 ? 0 : quiet + 1;
      used = Math.min(used, now);
    }
    return used;
  }
}
