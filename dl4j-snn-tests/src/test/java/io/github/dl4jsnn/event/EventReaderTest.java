package io.github.dl4jsnn.event;

import static io.github.dl4jsnn.event.EventFiles.events;
import static io.github.dl4jsnn.event.EventFiles.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The readers of files against bytes by hand and against a writer of their own. */
class EventReaderTest {
  private static final long[][] SOME = {
    {0, 0, 0, 0}, {127, 0, 1, 1}, {0, 127, 0, 2}, {3, 5, 1, 70_000}, {126, 64, 0, 0x7fffffffL}
  };

  @TempDir Path folder;

  private static InputStream in(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private static Events nMnist(byte[] bytes) throws IOException {
    return NMnistReader.of("a.bin", in(bytes), 34, 34).readAll();
  }

  private static Events aedat2(byte[] bytes, Dvs128Orientation o) throws IOException {
    return Aedat2Reader.of("a.aedat", in(bytes), o).readAll();
  }

  private static Events aedat31(byte[] bytes) throws IOException {
    return Aedat31Reader.of("a.aedat", in(bytes), 128, 128).readAll();
  }

  private static AbstractThrowableAssert<?, ?> fails(Read read, long offset, String... words) {
    return assertThatThrownBy(read::get)
        .isInstanceOfSatisfying(
            EventFormatException.class, e -> assertThat(e.getOffset()).isEqualTo(offset))
        .hasMessageContaining("byte " + offset)
        .hasMessageContainingAll(words);
  }

  private interface Read {
    Events get() throws IOException;
  }

  @Test
  void nMnistBytesByHand() throws IOException {
    // x 10, y 33, ON, 0x012345; x 33, y 0, OFF, 0x7fffff; x 1, y 2, ON, 0
    byte[] file = hex("0a 21 81 23 45  21 00 7f ff ff  01 02 80 00 00");
    Events read = nMnist(file);
    assertThat(read)
        .isEqualTo(
            events(
                34, 34, new long[][] {{10, 33, 1, 0x12345}, {33, 0, 0, 0x7fffff}, {1, 2, 1, 0}}));
    assertThat(read.firstTime()).isZero();
    assertThat(read.lastTime()).isEqualTo(0x7fffff);
  }

  /** Row 240 says that the clock of 13 bits ran over. */
  @Test
  void nMnistOverflowsAreTime() throws IOException {
    long[][] stored = {{1, 1, 0, 5}, {0, 240, 0, 0}, {2, 2, 1, 6}, {9, 240, 1, 3}, {3, 3, 0, 7}};
    assertThat(nMnist(EventFiles.nMnist(stored)))
        .isEqualTo(
            events(34, 34, new long[][] {{1, 1, 0, 5}, {2, 2, 1, 8192 + 6}, {3, 3, 0, 16384 + 7}}));
  }

  @Test
  void nMnistRoundTripFromFile() throws IOException {
    Random random = new Random(1);
    long[][] all = new long[30_000][]; // more than the buffer holds
    for (int i = 0; i < all.length; i++) {
      all[i] = new long[] {random.nextInt(34), random.nextInt(34), i % 2, random.nextInt(1 << 23)};
    }
    Path file = folder.resolve("00001.bin");
    Files.write(file, EventFiles.nMnist(all));
    try (NMnistReader reader = NMnistReader.open(file)) {
      assertThat(reader.readAll()).isEqualTo(events(34, 34, all));
      assertThat(reader.read(1).size()).isZero();
    }
  }

  @Test
  void nMnistMistakes() throws IOException {
    byte[] good = EventFiles.nMnist(new long[][] {{1, 2, 0, 3}, {4, 5, 1, 6}});
    byte[] cut = java.util.Arrays.copyOf(good, 8);
    fails(() -> nMnist(cut), 5, "a.bin", "5 bytes", "after 3");
    fails(() -> nMnist(EventFiles.nMnist(new long[] {34, 0, 0, 0})), 0, "34x34", "x = 34");
    fails(() -> nMnist(EventFiles.nMnist(SOME)), 5, "x = 127, y = 0");
    assertThat(NMnistReader.of("b", in(EventFiles.nMnist(SOME[1])), 240, 180).readAll().size())
        .isEqualTo(1);
    assertThat(nMnist(new byte[0]).size()).isZero();
    assertThatThrownBy(() -> NMnistReader.open(folder.resolve("none.bin")))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("none.bin");
    assertThatThrownBy(() -> NMnistReader.of("b", in(good), 257, 1)).hasMessageContaining("257x1");
  }

  @Test
  void aedat2BytesByHand() throws IOException {
    byte[] file =
        EventFiles.join(
            "#!AER-DAT2.0\r\n#x\n".getBytes(StandardCharsets.US_ASCII),
            // Y 3, X 5, p 1 at 258; external input; Y 127, X 0, p 0 at 259
            hex("00 00 03 0b 00 00 01 02  00 00 83 0b 00 00 01 02  00 00 7f 00 00 00 01 03"));
    long[][] stored = {{5, 3, 1, 258}, {0, 127, 0, 259}};
    assertThat(aedat2(file, Dvs128Orientation.AS_STORED)).isEqualTo(events(128, 128, stored));
    assertThat(aedat2(file, Dvs128Orientation.LOWER_LEFT))
        .isEqualTo(events(128, 128, new long[][] {{5, 124, 1, 258}, {0, 0, 0, 259}}));
    assertThat(aedat2(file, Dvs128Orientation.JAER))
        .isEqualTo(events(128, 128, new long[][] {{122, 124, 0, 258}, {127, 0, 1, 259}}));
    assertThat(aedat2(file, Dvs128Orientation.CIFAR10_DVS))
        .isEqualTo(events(128, 128, new long[][] {{124, 122, 0, 258}, {0, 127, 1, 259}}));
  }

  @Test
  void aedat2RoundTrip() throws IOException {
    Path file = folder.resolve("cifar10_cat_0.aedat");
    Files.write(file, EventFiles.aedat2(SOME));
    try (Aedat2Reader reader = Aedat2Reader.open(file, Dvs128Orientation.AS_STORED)) {
      assertThat(reader.readAll()).isEqualTo(events(128, 128, SOME));
    }
  }

  /** The clock runs over from 2^32 - 1 to 0, and goes back a little where events are mixed up. */
  @Test
  void aedat2TimesGoOn() throws IOException {
    long[][] stored = {{1, 1, 0, 0x7ffffffeL}, {1, 1, 0, 0x80000003L}, {1, 1, 0, 0x80000001L}};
    Events read = aedat2(EventFiles.aedat2(stored), Dvs128Orientation.AS_STORED);
    assertThat(read).isEqualTo(events(128, 128, stored));
    long[][] wrap = {{1, 1, 0, 0xfffffffeL}, {1, 1, 0, 4}};
    read = aedat2(EventFiles.aedat2(wrap), Dvs128Orientation.AS_STORED);
    assertThat(read.time(1) - read.time(0)).isEqualTo(6);
  }

  @Test
  void aedat2Mistakes() {
    byte[] good = EventFiles.aedat2(SOME);
    int header = EventFiles.AEDAT_2.length();
    Dvs128Orientation o = Dvs128Orientation.JAER;
    byte[] cut = java.util.Arrays.copyOf(good, header + 8 + 7);
    fails(() -> aedat2(cut, o), header + 8, "a.aedat", "8 bytes", "after 7");
    byte[] davis = good.clone();
    davis[header + 16] = 0x12;
    fails(() -> aedat2(davis, o), header + 16, "DVS128", "0x12007f00");
    byte[] newer = new EventFiles(EventFiles.AEDAT_3).polarities(0, SOME).bytes();
    fails(() -> aedat2(newer, o), 0, "#!AER-DAT2.0", "#!AER-DAT3.1");
    fails(() -> aedat2(new byte[0], o), 0, "#!AER-DAT2.0");
    fails(() -> aedat2("#!AER-DAT2.0\r\n# no end".getBytes(), o), 14, "header line");
  }

  @Test
  void aedat31BytesByHand() throws IOException {
    byte[] file =
        EventFiles.join(
            "#!AER-DAT3.1\r\n#!END-HEADER\r\n".getBytes(StandardCharsets.US_ASCII),
            // type 1, source 0, size 8, time in byte 4, 2 overflows, 2 events
            hex("01 00 00 00  08 00 00 00  04 00 00 00  02 00 00 00"),
            hex("02 00 00 00  02 00 00 00  02 00 00 00"),
            // x 5, y 3, ON: 5 << 17 | 3 << 2 | 3 = 0x000a000f
            hex("0f 00 0a 00  01 02 00 00"),
            // x 127, y 126, OFF: 127 << 17 | 126 << 2 | 1 = 0x00fe01f9
            hex("f9 01 fe 00  ff ff ff 7f"));
    long overflow = 2L << 31;
    assertThat(aedat31(file))
        .isEqualTo(
            events(
                128,
                128,
                new long[][] {{5, 3, 1, overflow + 513}, {127, 126, 0, overflow + 0x7fffffffL}}));
  }

  @Test
  void aedat31PacketsOfSeveralKinds() throws IOException {
    byte[] invalid = hex("0e 00 0a 00 00 00 00 00");
    byte[] file =
        new EventFiles(EventFiles.AEDAT_3)
            .packet(0, 8, 0, 1, new byte[8]) // special events
            .polarities(0, SOME)
            .packet(2, 40_000, 0, 3, new byte[120_000]) // frames, longer than the buffer
            .polarities(0) // nothing
            .packet(1, 8, 0, 1, invalid)
            .packet(3, 36, 1, 2, new byte[72]) // inertial sensor
            .polarities(1, SOME)
            .bytes();
    long[][] all = new long[2 * SOME.length][];
    for (int i = 0; i < SOME.length; i++) {
      long[] e = SOME[i];
      all[i] = e;
      all[SOME.length + i] = new long[] {e[0], e[1], e[2], e[3] + (1L << 31)};
    }
    assertThat(aedat31(file)).isEqualTo(events(128, 128, all));
    Path path = folder.resolve("user01.aedat");
    Files.write(path, file);
    try (Aedat31Reader reader = Aedat31Reader.open(path)) {
      assertThat(reader.readAll()).isEqualTo(events(128, 128, all));
    }
  }

  @Test
  void aedat31Mistakes() throws IOException {
    int header = EventFiles.AEDAT_3.length();
    byte[] good = new EventFiles(EventFiles.AEDAT_3).polarities(0, SOME).bytes();
    fails(() -> aedat31(java.util.Arrays.copyOf(good, header + 9)), header, "28 bytes", "after 9");
    fails(() -> aedat31(java.util.Arrays.copyOf(good, header + 28 + 12)), header + 36, "after 4");
    fails(() -> aedat31(EventFiles.aedat2(SOME)), 0, "#!AER-DAT3.1", "#!AER-DAT2.0");
    fails(() -> aedat31("#!AER-DAT3.1\r\n#a\r\n".getBytes()), 18, "#!END-HEADER");
    fails(() -> aedat31(patched(good, header + 4, 12)), header, "8 bytes", "got 12");
    fails(() -> aedat31(patched(good, header + 20, -1)), header, "0 <= valid");
    fails(() -> aedat31(patched(good, header + 28, 128 << 17 | 1)), header + 28, "x = 128");
    fails(() -> aedat31(patched(good, header + 32, -5)), header + 32, "31 bits", "-5");
    // a packet of 2^31 - 1 events of 2^31 - 1 bytes: read from a stream, and known to be too long
    byte[] huge = new EventFiles(EventFiles.AEDAT_3).packet(2, MAX, 0, MAX, new byte[9]).bytes();
    fails(() -> aedat31(huge), header + 28, "packet of 2147483647", "after 9");
    Path path = folder.resolve("huge.aedat");
    Files.write(path, huge);
    try (Aedat31Reader reader = Aedat31Reader.open(path)) {
      fails(reader::readAll, header + 28, "huge.aedat", "packet of 2147483647", "has 9 more");
    }
  }

  private static final int MAX = Integer.MAX_VALUE;

  private static byte[] patched(byte[] file, int at, int value) {
    byte[] changed = file.clone();
    java.nio.ByteBuffer.wrap(changed).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    return changed;
  }

  @Test
  void blocksMakeUpTheFile() throws IOException {
    byte[] file =
        new EventFiles(EventFiles.AEDAT_3).polarities(0, SOME).polarities(1, SOME).bytes();
    Events whole = aedat31(file);
    for (int max : new int[] {1, 3, 7, 10, 11}) {
      EventReader reader = Aedat31Reader.of("a", in(file), 128, 128);
      Events.Builder joined = new Events.Builder(128, 128);
      for (Events block = reader.read(max); block.size() > 0; block = reader.read(max)) {
        assertThat(block.size()).isBetween(1, max);
        joined.addAll(block);
      }
      assertThat(joined.build()).isEqualTo(whole);
      assertThatThrownBy(() -> reader.read(0)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
