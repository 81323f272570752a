package io.github.dl4jsnn.event;

import static io.github.dl4jsnn.testing.Networks.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.AsyncDataSetIterator;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class EventFrameIteratorTest {
  private static final int SIZE = 11;
  private static final int CLASSES = 3;
  private static final EventFrames FRAMES = new EventFrames.Builder(2).build();

  @TempDir Path folder;

  /** Recording i has i events at pixel (i, i % 2) of 12x2, and class i % 3. */
  private static class Counting implements EventSet {
    final AtomicInteger reads = new AtomicInteger();
    String key = "counting";

    @Override
    public int size() {
      return SIZE;
    }

    @Override
    public int numClasses() {
      return CLASSES;
    }

    @Override
    public int width() {
      return 12;
    }

    @Override
    public int height() {
      return 2;
    }

    @Override
    public int label(int i) {
      return i % CLASSES;
    }

    @Override
    public Events events(int i) throws IOException {
      reads.incrementAndGet();
      Events.Builder b = new Events.Builder(12, 2);
      for (int k = 0; k < i; k++) {
        b.add(i, i % 2, k % 2, 200L * k);
      }
      return b.build();
    }

    @Override
    public String key() {
      return key;
    }
  }

  private final Counting set = new Counting();

  private EventFrameIterator.Builder builder() {
    return new EventFrameIterator.Builder(set, FRAMES).batchSize(4);
  }

  /** Which recordings a batch holds: their number of events. */
  private static List<Integer> recordings(DataSet batch) {
    List<Integer> numbers = new ArrayList<>();
    for (int n = 0; n < batch.getFeatures().size(0); n++) {
      numbers.add(batch.getFeatures().slice(n).sumNumber().intValue());
    }
    return numbers;
  }

  private static List<Integer> epoch(EventFrameIterator batches) {
    List<Integer> all = new ArrayList<>();
    while (batches.hasNext()) {
      all.addAll(recordings(batches.next()));
    }
    return all;
  }

  @Test
  void batchesInOrder() throws IOException {
    EventFrameIterator batches = builder().build();
    assertThat(batches.batch()).isEqualTo(4);
    assertThat(batches.inputColumns()).isEqualTo(48);
    assertThat(batches.totalOutcomes()).isEqualTo(CLASSES);
    int i = 0;
    for (int n : new int[] {4, 4, 3}) {
      DataSet batch = batches.next();
      assertThat(batch.getFeatures().shape()).containsExactly(n, 2, 48);
      assertThat(batch.getLabels().shape()).containsExactly(n, CLASSES);
      for (int k = 0; k < n; k++, i++) {
        float[] expected = FRAMES.integrate(set.events(i));
        assertSameBits(
            batch.getFeatures().slice(k).dup('c').reshape(96), Nd4j.createFromArray(expected));
        for (int c = 0; c < CLASSES; c++) {
          assertThat(batch.getLabels().getDouble(k, c)).isEqualTo(c == i % CLASSES ? 1 : 0);
        }
      }
    }
    assertThat(batches.hasNext()).isFalse();
    assertThatThrownBy(batches::next).isInstanceOf(NoSuchElementException.class);
    batches.reset();
    assertThat(recordings(batches.next(20))).hasSize(SIZE).startsWith(0, 1, 2);
  }

  @Test
  void otherFormatsHoldTheSame() {
    INDArray nwc = builder().build().next(SIZE).getFeatures();
    INDArray ncw = builder().dataFormat(RNNFormat.NCW).build().next(SIZE).getFeatures();
    assertThat(ncw.shape()).containsExactly(SIZE, 48, 2);
    assertSameBits(ncw.permute(0, 2, 1).dup('c'), nwc);
    DataSet inDouble = builder().dataType(DataType.DOUBLE).build().next(SIZE);
    assertThat(inDouble.getLabels().dataType()).isEqualTo(DataType.DOUBLE);
    assertSameBits(inDouble.getFeatures(), nwc.castTo(DataType.DOUBLE));
  }

  /** A recording is one pixel of 12x2; all its frames move alike, over the edge it is gone. */
  @Test
  void augmentationMovesAllFramesAlike() {
    EventFrameIterator moved = builder().augment(1, true, 3).cache(folder).batchSize(SIZE).build();
    Set<List<Integer>> places = new HashSet<>();
    for (int epoch = 0; epoch < 100; epoch++) {
      INDArray frames = moved.next().getFeatures().slice(4).reshape(2, 2, 2, 12);
      List<Integer> place = new ArrayList<>();
      for (int y = 0; y < 2; y++) {
        for (int x = 0; x < 12; x++) {
          double off = frames.getDouble(0, 0, y, x);
          if (off > 0) {
            place.addAll(List.of(y, x));
          }
          for (int t = 0; t < 2; t++) {
            for (int c = 0; c < 2; c++) {
              assertThat(frames.getDouble(t, c, y, x)).isEqualTo(off);
            }
          }
        }
      }
      places.add(place);
      moved.reset();
    }
    // row 0 or 1 from row 0, three columns, as it is or mirrored; or nothing
    assertThat(places).hasSize(1 + 2 * 3 * 2).contains(List.of(), List.of(0, 4), List.of(1, 7));
    assertThat(recordings(builder().cache(folder).batchSize(SIZE).build().next()).get(4))
        .isEqualTo(4);
    EventFrameIterator same = builder().augment(1, true, 3).batchSize(SIZE).build();
    EventFrameIterator again = builder().augment(1, true, 3).batchSize(SIZE).build();
    assertThat(same.next().getFeatures()).isEqualTo(again.next().getFeatures());
    assertThatThrownBy(() -> builder().augment(-1, false, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void eachEpochHasAnOrderOfItsOwn() {
    EventFrameIterator batches = builder().shuffle(7).build();
    List<Integer> first = epoch(batches);
    batches.reset();
    List<Integer> second = epoch(batches);
    List<Integer> all = Stream.iterate(0, i -> i + 1).limit(SIZE).collect(Collectors.toList());
    assertThat(first).containsExactlyInAnyOrderElementsOf(all).isNotEqualTo(all);
    assertThat(second).containsExactlyInAnyOrderElementsOf(all).isNotEqualTo(first);
    EventFrameIterator again = builder().shuffle(7).build();
    again.reset();
    assertThat(epoch(again)).isEqualTo(second);
    assertThat(epoch(builder().shuffle(8).build())).isNotEqualTo(first);
    List<Integer> prefetched = new ArrayList<>();
    AsyncDataSetIterator async = new AsyncDataSetIterator(builder().shuffle(7).build(), 2);
    while (async.hasNext()) {
      prefetched.addAll(recordings(async.next()));
    }
    async.shutdown();
    assertThat(prefetched).isEqualTo(first);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().collect(Collectors.toList());
    }
  }

  @Test
  void cachedFramesAreTheSameAndReadOnce() throws IOException {
    INDArray expected = builder().build().next(SIZE).getFeatures();
    set.reads.set(0);
    for (int pass = 0; pass < 3; pass++) { // the last one is of another program
      EventFrameIterator cached = builder().cache(folder).build();
      assertSameBits(cached.next(SIZE).getFeatures(), expected);
      assertThat(set.reads.get()).isEqualTo(SIZE);
    }
    assertThat(files()).hasSize(SIZE).allMatch(f -> f.toString().endsWith(".frames"));
    assertThat(Files.size(files().get(5))).isLessThan(40);
  }

  /** Partly written, damaged and foreign files are as if they were not there. */
  @Test
  void badFilesOfTheCacheAreMadeAnew() throws IOException {
    INDArray expected = builder().cache(folder).build().next(SIZE).getFeatures();
    List<Path> files = files();
    byte[] whole = Files.readAllBytes(files.get(9));
    for (int i = 0; i < whole.length; i++) {
      byte[] cut = java.util.Arrays.copyOf(whole, i);
      byte[] flipped = whole.clone();
      flipped[i] ^= 0x10;
      for (byte[] bad : new byte[][] {cut, flipped}) {
        Files.write(files.get(9), bad);
        assertSameBits(builder().cache(folder).build().next(SIZE).getFeatures(), expected);
        assertThat(Files.readAllBytes(files.get(9))).isEqualTo(whole);
      }
    }
    EventFrames clipped = new EventFrames.Builder(2).maxCount(1).build();
    INDArray ones =
        new EventFrameIterator.Builder(set, clipped).cache(folder).build().next(SIZE).getFeatures();
    assertThat(ones.maxNumber().intValue()).isEqualTo(1);
    set.key = "another";
    set.reads.set(0);
    assertSameBits(builder().cache(folder).build().next(SIZE).getFeatures(), expected);
    assertThat(set.reads.get()).isEqualTo(SIZE);
  }

  @Test
  void largeCountsAndDistancesAreKept() throws IOException {
    float[] frames = new float[70_000];
    frames[0] = 127;
    frames[1] = 128;
    frames[40_000] = 16_777_215;
    frames[69_999] = 1;
    FrameCache cache = new FrameCache(folder, "a");
    cache.store(1_234, frames);
    assertThat(cache.load(1_234, 70_000)).isEqualTo(frames);
    assertThat(cache.load(1_234, 70_001)).isNull();
    assertThat(cache.load(1_235, 70_000)).isNull();
    assertThat(new FrameCache(folder, "b").load(1_234, 70_000)).isNull();
  }

  @Test
  void unreadableRecordingsAreNamed() {
    EventSet broken =
        new Counting() {
          @Override
          public Events events(int i) throws IOException {
            throw new EventFormatException("r.bin", 35, "expected an event");
          }
        };
    assertThatThrownBy(() -> new EventFrameIterator.Builder(broken, FRAMES).build().next())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("r.bin: byte 35");
  }

  @Test
  void mistakesAreNamed() {
    assertThatThrownBy(() -> builder().batchSize(0).build()).hasMessageContaining("batch size");
    assertThatThrownBy(() -> builder().dataType(DataType.INT).build()).hasMessageContaining("INT");
    assertThatThrownBy(() -> builder().build().next(0)).hasMessageContaining("got 0");
    EventFrameIterator batches = builder().build();
    batches.setPreProcessor(d -> d.getFeatures().muli(2));
    assertThat(batches.getPreProcessor()).isNotNull();
    assertThat(recordings(batches.next())).containsExactly(0, 2, 4, 6);
    assertThat(batches.resetSupported()).isTrue();
  }
}
