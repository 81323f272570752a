package io.github.dl4jsnn.event;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The bytes of a file from front to end, through a buffer of fixed size. Knows where it is, so that
 * errors can say so. A reader asks for a whole record with {@link #require} and then takes it
 * apart.
 */
final class ByteSource implements Closeable {

  /** The length of a stream that does not say it. */
  static final long UNKNOWN = -1;

  private static final int BUFFER = 1 << 16;

  private final String name;
  private final InputStream in;
  private final long length;
  private final byte[] buffer = new byte[BUFFER];
  private int from;
  private int to;
  private long behind;
  private boolean lineEnded;

  ByteSource(String name, InputStream in, long length) {
    this.name = name;
    this.in = in;
    this.length = length;
  }

  static ByteSource open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new FileNotFoundException(file + ": expected a file, found none");
    }
    return new ByteSource(file.toString(), Files.newInputStream(file), Files.size(file));
  }

  /** Bytes before the next one. */
  long position() {
    return behind - (to - from);
  }

  boolean atEnd() throws IOException {
    return !fill(1);
  }

  /** Makes the next bytes available; at most 64 KiB. */
  void require(int bytes, String what) throws IOException {
    if (!fill(bytes)) {
      throw error(
          position(),
          String.format(
              "expected %s of %d bytes, the file ends after %d of them", what, bytes, to - from));
    }
  }

  /** Says, before anything is read, that a part cannot be there whole. */
  void requireLength(long bytes, String what) throws IOException {
    if (length != UNKNOWN && bytes > length - position()) {
      throw error(
          position(),
          String.format(
              "expected %s of %d bytes, the file has %d more", what, bytes, length - position()));
    }
  }

  /** Passes over bytes, all of which must be there. */
  void skip(long bytes, String what) throws IOException {
    long start = position();
    long left = bytes;
    while (left > 0) {
      if (!fill(1)) {
        throw error(
            start,
            String.format(
                "expected %s of %d bytes, the file ends after %d of them",
                what, bytes, bytes - left));
      }
      int n = (int) Math.min(left, to - from);
      from += n;
      left -= n;
    }
  }

  private boolean fill(int bytes) throws IOException {
    if (to - from >= bytes) {
      return true;
    }
    System.arraycopy(buffer, from, buffer, 0, to - from);
    to -= from;
    from = 0;
    while (to < bytes) {
      int n = in.read(buffer, to, buffer.length - to);
      if (n < 0) {
        return false;
      }
      to += n;
      behind += n;
    }
    return true;
  }

  /** Whether the next byte is this one; false at the end. */
  boolean startsWith(char c) throws IOException {
    return fill(1) && buffer[from] == (byte) c;
  }

  /**
   * Reads to the end of the line, which must be there.
   *
   * @return the line without its end, of which only the first characters if it is long
   */
  String line(int keep) throws IOException {
    long start = position();
    String line = lineOrRest(keep);
    if (!lineEnded) {
      throw error(start, "expected a header line that ends, the file ends before it");
    }
    return line;
  }

  /** Reads to the end of the line or of the file; see {@link #line}. */
  String lineOrRest(int keep) throws IOException {
    StringBuilder line = new StringBuilder();
    lineEnded = false;
    while (!lineEnded && fill(1)) {
      char c = (char) u8();
      lineEnded = c == '\n';
      if (!lineEnded && line.length() < keep) {
        line.append(c);
      }
    }
    int n = line.length();
    return n > 0 && line.charAt(n - 1) == '\r' ? line.substring(0, n - 1) : line.toString();
  }

  int u8() {
    return buffer[from++] & 0xff;
  }

  int i32BigEndian() {
    return u8() << 24 | u8() << 16 | u8() << 8 | u8();
  }

  int i16LittleEndian() {
    return (short) (u8() | u8() << 8);
  }

  int i32LittleEndian() {
    return u8() | u8() << 8 | u8() << 16 | u8() << 24;
  }

  EventFormatException error(long offset, String message) {
    return new EventFormatException(name, offset, message);
  }

  /** A text as it may stand in a message. */
  static String shown(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    StringBuilder shown = new StringBuilder("\"");
    for (byte b : bytes) {
      shown.append(b >= ' ' && b < 127 ? (char) b : '?');
    }
    return shown.append('"').toString();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
