package io.github.dl4jsnn.event;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * Damaged files, 10,000 for each reader: an {@link EventFormatException} or events of the sensor,
 * in little time and memory, and nothing else.
 */
class EventFuzzTest {
  private static final int FILES = 10_000;

  /** Time of the processor; a file takes less than one. */
  private static final long MAX_MILLIS = 2_000;

  /**
   * Many times what a file of 20 kB and its events take, and far below what a size of 2^31 would.
   */
  private static final long MAX_BYTES = 64L << 20;

  private static final EventFrames FRAMES = new EventFrames.Builder(3).downSample(16).build();

  /** A reader, with a good file for it. */
  enum Format {
    N_MNIST(EventFiles.nMnist(random(60, 34))) {
      @Override
      void read(byte[] file) throws IOException {
        use(NMnistReader.of("f", new ByteArrayInputStream(file), 34, 34));
      }
    },
    AEDAT_2(EventFiles.aedat2(random(60, 128))) {
      @Override
      void read(byte[] file) throws IOException {
        use(Aedat2Reader.of("f", new ByteArrayInputStream(file), Dvs128Orientation.CIFAR10_DVS));
      }
    },
    AEDAT_3(
        new EventFiles(EventFiles.AEDAT_3)
            .polarities(0, random(20, 128))
            .packet(2, 36, 0, 3, new byte[108])
            .polarities(1, random(30, 128))
            .bytes()) {
      @Override
      void read(byte[] file) throws IOException {
        use(Aedat31Reader.of("f", new ByteArrayInputStream(file), 128, 128));
      }
    },
    GESTURE_LABELS("class,startTime_usec,endTime_usec\n1,1000,2000\n11,2500,390000\n".getBytes()) {
      @Override
      void read(byte[] file) throws IOException {
        GestureLabels labels = GestureLabels.read("f", new ByteArrayInputStream(file));
        List<Events> parts =
            labels.cut(NMnistReader.of("g", new ByteArrayInputStream(N_MNIST.good), 34, 34));
        assertThat(parts).hasSize(labels.size());
      }
    },
    SHD(
        Hdf5Writer.shd(
            Hdf5Writer.floats(2), rows(0.125), Hdf5Writer.unsigned(2), rows(1), 1, 2, 3, 4, 5)) {
      @Override
      void read(byte[] file) throws IOException {
        use(ShdFile.of("f", ByteBuffer.wrap(file), 700, 20));
      }
    },
    SHD_PACKED(
        new Hdf5Writer(Hdf5Writer.Packing.PACKED)
            .shdFile(
                Hdf5Writer.floats(4),
                rows(0.125),
                Hdf5Writer.unsigned(1),
                rows(1),
                9,
                1,
                2,
                3,
                4,
                5)) {
      @Override
      void read(byte[] file) throws IOException {
        use(ShdFile.of("f", ByteBuffer.wrap(file), 700, 20));
      }
    },
    /** As PyTables writes them; most of its bytes matter. */
    SHD_PYTABLES(resource("/event/shd-pytables.h5")) {
      @Override
      void read(byte[] file) throws IOException {
        use(ShdFile.of("f", ByteBuffer.wrap(file), 700, 20));
      }
    };

    final byte[] good;

    Format(byte[] good) {
      this.good = good;
    }

    abstract void read(byte[] file) throws IOException;

    static void use(Events e) {
      for (int i = 0; i < e.size(); i++) {
        if ((e.x(i) | e.y(i)) < 0 || e.x(i) >= e.width() || e.y(i) >= e.height()) {
          throw new AssertionError("event " + i + " of " + e);
        }
      }
      FRAMES.integrate(e);
    }

    static void use(EventReader reader) throws IOException {
      for (Events e = reader.read(37); e.size() > 0; e = reader.read(37)) {
        use(e);
      }
    }

    static void use(ShdFile shd) throws IOException {
      for (int i = 0; i < shd.size(); i++) {
        use(shd.events(i));
        assertThat(shd.label(i)).isBetween(0, 19);
      }
    }
  }

  private static long[][] random(int n, int side) {
    Random random = new Random(n);
    long[][] events = new long[n][];
    for (int i = 0; i < n; i++) {
      events[i] = new long[] {random.nextInt(side), random.nextInt(side), i % 2, 7L * i};
    }
    return events;
  }

  private static List<double[]> rows(double step) {
    double[] row = {0, step, 2 * step, 3 * step};
    return List.of(row, new double[0], new double[] {step}, row, row);
  }

  private static byte[] resource(String name) {
    try (java.io.InputStream in = EventFuzzTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** jHDF warns of what it reads all the same. */
  @BeforeAll
  static void quiet() {
    ((Logger) LoggerFactory.getLogger("io.jhdf")).setLevel(Level.OFF);
  }

  @AfterAll
  static void loud() {
    ((Logger) LoggerFactory.getLogger("io.jhdf")).setLevel(null);
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
  void damagedFilesAreReadOrRefused(Format format) throws Exception {
    format.read(format.good);
    Random random = new Random(format.ordinal());
    AtomicLong refused = new AtomicLong();
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    for (int i = 0; i < FILES; i++) {
      byte[] file = Damage.values()[i % Damage.values().length].of(format.good, random);
      long bytes = threads.getThreadAllocatedBytes(self);
      long nanos = threads.getCurrentThreadCpuTime();
      try {
        format.read(file);
      } catch (EventFormatException e) {
        assertThat(e.getOffset()).isBetween(-1L, (long) file.length);
        refused.incrementAndGet();
      } catch (IOException | RuntimeException | Error e) {
        throw new AssertionError("file " + i + " of " + format, e);
      }
      assertThat(threads.getThreadAllocatedBytes(self) - bytes)
          .as("memory for file %d", i)
          .isLessThan(MAX_BYTES);
      assertThat((threads.getCurrentThreadCpuTime() - nanos) / 1_000_000)
          .as("milliseconds for file %d", i)
          .isLessThan(MAX_MILLIS);
    }
    assertThat(refused.get()).as("refused").isBetween(FILES / 20L, FILES - FILES / 50L);
  }

  /** What is done to a file. */
  private enum Damage {
    BITS,
    CUT,
    BYTES,
    SIZES,
    MOVED,
    NOISE;

    byte[] of(byte[] good, Random random) {
      byte[] file = good.clone();
      int at = random.nextInt(good.length);
      int n = 1 + random.nextInt(8);
      switch (this) {
        case BITS:
          for (int i = 0; i < n; i++) {
            file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
          }
          return file;
        case CUT:
          return Arrays.copyOf(file, at);
        case BYTES:
          for (int i = at; i < Math.min(file.length, at + n); i++) {
            file[i] = (byte) random.nextInt();
          }
          return file;
        case SIZES:
          // the largest and the smallest numbers of 16, 32 and 64 bits
          byte fill = random.nextBoolean() ? (byte) 0xff : random.nextBoolean() ? (byte) 0x7f : 0;
          Arrays.fill(file, at, Math.min(file.length, at + (1 << 1 + random.nextInt(3))), fill);
          return file;
        case MOVED:
          int to = random.nextInt(good.length);
          int length = Math.min(1 + random.nextInt(64), good.length - Math.max(at, to));
          System.arraycopy(good, at, file, to, length);
          return file;
        default:
          byte[] noise = new byte[random.nextInt(400)];
          random.nextBytes(noise);
          int keep = Math.min(random.nextInt(200), good.length);
          return EventFiles.join(Arrays.copyOf(good, keep), noise);
      }
    }
  }
}
