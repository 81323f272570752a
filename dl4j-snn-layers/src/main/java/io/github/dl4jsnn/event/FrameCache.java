package io.github.dl4jsnn.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Frames of recordings in a folder, one file each: what is not 0 as pairs of distance and count,
 * most often two bytes.
 *
 * <pre>
 *   4 bytes magic, 8 bytes hash of what the frames are, 4 bytes entries, pairs, 4 bytes CRC-32
 * </pre>
 *
 * <p>A file appears whole under its name or not at all. One that is of other frames, cut off or
 * damaged counts as missing, and is written anew.
 */
final class FrameCache {
  private static final int MAGIC = 0x534e4631; // SNF1
  private static final int HEADER = 16;
  private static final int CHECK = 4;

  /** Files of a folder, which slows down beyond some thousands. */
  private static final int FOLDER = 1000;

  private final Path folder;
  private final long key;

  FrameCache(Path folder, String key) {
    this.folder = folder;
    this.key = hash(key);
  }

  /** FNV-1a, 64 bits. */
  private static long hash(String text) {
    long h = 0xcbf29ce484222325L;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      h = (h ^ (b & 0xff)) * 0x100000001b3L;
    }
    return h;
  }

  private Path file(int i) {
    return folder.resolve(String.format("%03d/%06d.frames", i / FOLDER, i));
  }

  /** Returns the frames of recording i, or null if they are not there. */
  float[] load(int i, int entries) throws IOException {
    Path file = file(i);
    return Files.isRegularFile(file) ? unpack(Files.readAllBytes(file), entries) : null;
  }

  private float[] unpack(byte[] bytes, int entries) {
    if (bytes.length < HEADER + CHECK) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int end = bytes.length - CHECK;
    if (in.getInt() != MAGIC
        || in.getLong() != key
        || in.getInt() != entries
        || in.getInt(end) != crc(bytes, end)) {
      return null;
    }
    float[] frames = new float[entries];
    int at = -1;
    while (in.position() < end) {
      at += number(in);
      frames[at] = number(in);
    }
    return frames;
  }

  private static int crc(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  /** Keeps the frames of recording i, whose values are whole numbers. */
  void store(int i, float[] frames) throws IOException {
    Path file = file(i);
    Files.createDirectories(file.getParent());
    Path part = Files.createTempFile(file.getParent(), "part", ".tmp");
    try {
      Files.write(part, pack(frames));
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private byte[] pack(float[] frames) {
    int used = 0;
    for (float f : frames) {
      used += f == 0 ? 0 : 1;
    }
    // A number below 2^31 takes at most five bytes.
    ByteBuffer out =
        ByteBuffer.allocate(Math.addExact(Math.multiplyExact(used, 10), HEADER + CHECK));
    out.putInt(MAGIC).putLong(key).putInt(frames.length);
    int last = -1;
    for (int k = 0; k < frames.length; k++) {
      if (frames[k] != 0) {
        put(out, k - last);
        put(out, (int) frames[k]);
        last = k;
      }
    }
    out.putInt(crc(out.array(), out.position()));
    return Arrays.copyOf(out.array(), out.position());
  }

  /** Seven bits a byte, low ones first; the eighth says that more follow. */
  private static void put(ByteBuffer out, int number) {
    int n = number;
    for (; n > 0x7f; n >>>= 7) {
      out.put((byte) (n | 0x80));
    }
    out.put((byte) n);
  }

  private static int number(ByteBuffer in) {
    int n = 0;
    int shift = 0;
    byte b = in.get();
    for (; b < 0; b = in.get()) {
      n |= (b & 0x7f) << shift;
      shift += 7;
    }
    return n | b << shift;
  }
}
