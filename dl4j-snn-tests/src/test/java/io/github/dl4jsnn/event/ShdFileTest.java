package io.github.dl4jsnn.event;

import static io.github.dl4jsnn.event.EventFiles.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spike trains in HDF5, against files of PyTables and of a writer from the specification. */
class ShdFileTest {
  private static final List<double[]> TIMES =
      List.of(
          new double[] {0, 0.25, 1.375},
          new double[0],
          new double[] {0.5},
          new double[] {0.125, 0.0625},
          new double[] {1, 1, 1, 1.25});
  private static final List<double[]> UNITS =
      List.of(
          new double[] {699, 0, 256},
          new double[0],
          new double[] {255},
          new double[] {3, 1},
          new double[] {1, 2, 3, 4});

  @TempDir Path folder;

  private static ShdFile of(byte[] file) throws IOException {
    return ShdFile.of("shd.h5", ByteBuffer.wrap(file), 700, 20);
  }

  private static byte[] good() {
    return Hdf5Writer.shd(
        Hdf5Writer.floats(2), TIMES, Hdf5Writer.unsigned(2), UNITS, 3, 19, 0, 7, 7);
  }

  /** Made as golden/shd_file.py says. */
  @Test
  void readsWhatPyTablesWrites() throws Exception {
    int[] counts = {5, 0, 11, 16};
    int[] labels = {3, 19, 0, 7};
    Path file = Paths.get(getClass().getResource("/event/shd-pytables.h5").toURI());
    try (ShdFile shd = ShdFile.open(file)) {
      assertThat(shd.size()).isEqualTo(4);
      for (int i : new int[] {2, 0, 3, 1}) {
        assertThat(shd.label(i)).isEqualTo(labels[i]);
        Events e = shd.events(i);
        assertThat(e.size()).isEqualTo(counts[i]);
        for (int k = 0; k < counts[i]; k++) {
          assertThat(e.x(k)).isEqualTo(7 * i + 13 * k);
          assertThat(e.polarity(k)).isEqualTo(Events.ON);
          // exact in 16 bits below 1/16 s; beyond it to three digits
          double seconds = k / 64. + i / 1024.;
          assertThat(e.time(k))
              .isBetween((long) (seconds * 999_500), (long) (seconds * 1_000_500) + 1);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void readsFloatsOfAnyWidth(int bytes) throws IOException {
    Path file = folder.resolve("shd.h5");
    Files.write(
        file,
        Hdf5Writer.shd(
            Hdf5Writer.floats(bytes), TIMES, Hdf5Writer.unsigned(bytes), UNITS, 3, 19, 0, 7, 7));
    try (ShdFile shd = ShdFile.open(file)) {
      assertThat(shd.numClasses()).isEqualTo(20);
      assertThat(shd.events(0))
          .isEqualTo(
              events(
                  700,
                  1,
                  new long[][] {{699, 0, 1, 0}, {0, 0, 1, 250_000}, {256, 0, 1, 1_375_000}}));
      assertThat(shd.events(1).size()).isZero();
      assertThat(shd.events(4).lastTime()).isEqualTo(1_250_000);
      assertThat(shd.events(3).x(1)).isEqualTo(1);
      assertThat(shd.label(1)).isEqualTo(19);
      assertThatThrownBy(() -> shd.events(5)).isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "BOMB", mode = EnumSource.Mode.EXCLUDE)
  void packedChunksAreUnpacked(Hdf5Writer.Packing packing) throws IOException {
    // chunks of 40 references become smaller; two labels of 2 bytes would not
    byte[] file =
        new Hdf5Writer(packing)
            .shdFile(
                Hdf5Writer.floats(4), TIMES, Hdf5Writer.unsigned(2), UNITS, 40, 3, 19, 0, 7, 7);
    ShdFile shd = of(file);
    ShdFile plain = of(good());
    for (int i = 0; i < 5; i++) {
      assertThat(shd.events(i)).isEqualTo(plain.events(i));
      assertThat(shd.label(i)).isEqualTo(plain.label(i));
    }
  }

  @Test
  void unpackingIsBounded() {
    byte[] bomb =
        new Hdf5Writer(Hdf5Writer.Packing.BOMB)
            .shdFile(
                Hdf5Writer.floats(4), TIMES, Hdf5Writer.unsigned(2), UNITS, 10_000, 1, 2, 3, 4, 5);
    assertThatThrownBy(() -> of(bomb).events(0))
        .isInstanceOf(EventFormatException.class)
        .hasMessageContainingAll("shd.h5", "more than 200000 bytes");
    byte[] unknown =
        new Hdf5Writer(Hdf5Writer.Packing.PACKED)
            .shdFile(Hdf5Writer.floats(4), TIMES, Hdf5Writer.unsigned(2), UNITS, 9, 1, 2, 3, 4, 5);
    for (int i = 0; i < unknown.length - 16; i++) { // shuffle becomes filter 7 wherever it is
      if (unknown[i] == 2 && unknown[i + 6] == 1 && unknown[i + 16] == 1 && unknown[i + 22] == 1) {
        unknown[i] = 7;
      }
    }
    assertThatThrownBy(() -> of(unknown))
        .isInstanceOf(EventFormatException.class)
        .hasMessageContaining("filter 7");
  }

  @Test
  void otherSetsMayHaveOtherSizes() throws IOException {
    ShdFile shd = ShdFile.of("ssc.h5", ByteBuffer.wrap(good()), 1000, 35);
    assertThat(shd.width()).isEqualTo(1000);
    assertThat(shd.numClasses()).isEqualTo(35);
  }

  @Test
  void mistakesAreNamed() {
    assertThatThrownBy(() -> of(new byte[0]))
        .isInstanceOf(EventFormatException.class)
        .hasMessageContaining("shd.h5: byte 0");
    assertThatThrownBy(() -> of(new byte[5000])).isInstanceOf(EventFormatException.class);
    assertThatThrownBy(() -> of(java.util.Arrays.copyOf(good(), 3000)))
        .isInstanceOf(EventFormatException.class);
    assertThatThrownBy(() -> ShdFile.open(folder.resolve("none.h5")))
        .isInstanceOf(FileNotFoundException.class);
    byte[] u = Hdf5Writer.unsigned(2);
    byte[] f = Hdf5Writer.floats(4);
    assertThatThrownBy(() -> of(Hdf5Writer.shd(f, TIMES, u, UNITS, 3, 20, 0, 7, 7)))
        .isInstanceOf(EventFormatException.class)
        .hasMessageContainingAll("/labels", "0 to 19", "20");
    assertThatThrownBy(() -> of(Hdf5Writer.shd(f, TIMES, u, UNITS, 3, 19, 0, 7)))
        .isInstanceOf(EventFormatException.class)
        .hasMessageContainingAll("as many", "5, got 5 and 4");
    List<double[]> one = List.of(new double[] {700});
    assertThatThrownBy(() -> of(Hdf5Writer.shd(f, one, u, one, 3)).events(0))
        .isInstanceOf(EventFormatException.class)
        .hasMessageContainingAll("/spikes/units", "0 to 699", "700");
    List<double[]> two = List.of(new double[] {1, 2});
    assertThatThrownBy(() -> of(Hdf5Writer.shd(f, two, u, one, 3)).events(0))
        .hasMessageContainingAll("as many times as units", "2 and 1");
    List<double[]> never = List.of(new double[] {Double.NaN});
    assertThatThrownBy(() -> of(Hdf5Writer.shd(f, never, u, List.of(new double[1]), 3)).events(0))
        .isInstanceOf(EventFormatException.class)
        .hasMessageContainingAll("/spikes/times", "seconds", "NaN");
    Hdf5Writer none = new Hdf5Writer();
    assertThatThrownBy(() -> of(none.file(none.group(java.util.Map.of()))))
        .isInstanceOf(EventFormatException.class)
        .hasMessageContaining("/spikes/times");
    Hdf5Writer flat = new Hdf5Writer();
    long[] numbers = {flat.flat(u, 1, 2)};
    long[] spikes = flat.group(java.util.Map.of("times", numbers, "units", numbers));
    assertThatThrownBy(
            () -> of(flat.file(flat.group(java.util.Map.of("spikes", spikes, "labels", numbers)))))
        .isInstanceOf(EventFormatException.class)
        .hasMessageContainingAll("/spikes/times", "ragged");
  }
}
