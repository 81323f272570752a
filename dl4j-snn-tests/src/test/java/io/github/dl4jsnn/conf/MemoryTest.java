package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jsnn.testing.Networks;
import io.github.dl4jsnn.testing.TestNetwork;
import java.lang.reflect.Field;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.deallocation.DeallocatorService;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Training and inference do not gather memory, on the heap or beside it. */
class MemoryTest {
  private static final int WARM_UP = 10;
  private static final int WINDOWS = 12;
  private static final int ITERATIONS = 20;

  /** Less than the activations of one of these networks an iteration. */
  private static final long MARGIN = 32 * 1024;

  /** Fewer than one an iteration. */
  private static final long BUFFERS = ITERATIONS / 2;

  /** With {@link #MARGIN}, 32 bytes an iteration: two objects. */
  private static final int MANY_ITERATIONS = 1000;

  /**
   * Caches that fill once grow in one window; what leaks grows in each, so one flat one will do.
   */
  @ParameterizedTest
  @EnumSource
  void staysFlat(TestNetwork network) throws Exception {
    ComputationGraph net = network.create();
    MultiDataSet[] batches = new MultiDataSet[5];
    for (int i = 0; i < batches.length; i++) {
      batches[i] = network.data(DataType.FLOAT, 16 - 2 * i, 4 + i, i);
    }
    assertFlat(net, batches, ITERATIONS, WINDOWS);
  }

  /**
   * Thousands of iterations, for what grows too slowly to be seen in a few; one network will do,
   * since the layers keep their buffers in the same way.
   */
  @Test
  void staysFlatForLong() throws Exception {
    TestNetwork network = TestNetwork.STATIC_SPIKING_GRAPH;
    MultiDataSet[] batches = {network.data(DataType.FLOAT, 8, 4, 1)};
    assertFlat(network.create(), batches, MANY_ITERATIONS, 4);
  }

  private static void assertFlat(
      ComputationGraph net, MultiDataSet[] batches, int iterations, int windows) throws Exception {
    run(net, batches, WARM_UP);
    long heapGrowth = Long.MAX_VALUE;
    long bufferGrowth = Long.MAX_VALUE;
    long heap = usedHeap();
    long buffers = nativeBuffers();
    for (int w = 0; w < windows && (heapGrowth >= MARGIN || bufferGrowth >= BUFFERS); w++) {
      run(net, batches, iterations);
      long heapBefore = heap;
      long buffersBefore = buffers;
      heap = usedHeap();
      buffers = nativeBuffers();
      heapGrowth = Math.min(heapGrowth, heap - heapBefore);
      bufferGrowth = Math.min(bufferGrowth, buffers - buffersBefore);
    }
    assertThat(heapGrowth).as("bytes on the heap").isLessThan(MARGIN);
    assertThat(bufferGrowth).as("ND4J buffers outside").isLessThan(BUFFERS);
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

  /** ND4J keeps a list of the buffers that it must free; JavaCPP's own count leaves them out. */
  private static int nativeBuffers() throws ReflectiveOperationException {
    Field references = DeallocatorService.class.getDeclaredField("referenceMap");
    references.setAccessible(true);
    return ((Map<?, ?>) references.get(Nd4j.getDeallocatorService())).size();
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
