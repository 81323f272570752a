package io.github.dl4jsnn.internal.data;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * A binary file, read from its beginning; names ending in {@code .gz} are unpacked. Every error is
 * an {@link IOException} naming file and byte offset (in the unpacked file), what was expected and
 * what came.
 */
public final class ByteFile implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final InputStream in;
  private long offset;

  private ByteFile(Path path, InputStream in) {
    this.path = path;
    this.in = in;
  }

  /**
   * Opens a file.
   *
   * @param path of the file; unpacked if it ends in {@code .gz}
   * @return the open file, at offset 0
   * @throws IOException if there is none, or it is not a gzip file
   */
  public static ByteFile open(Path path) throws IOException {
    return new ByteFile(path, new BufferedInputStream(DataFiles.open(path), BUFFER));
  }

  /**
   * Reads bytes.
   *
   * @param into where they go
   * @param from first index
   * @param count how many
   * @param what the message calls them
   * @throws IOException if the file ends before, or is damaged
   */
  public void read(byte[] into, int from, int count, String what) throws IOException {
    if (tryRead(into, from, count, what) < count) {
      throw error("byte " + offset, what, "the end of the file");
    }
  }

  /** Returns the number of bytes read, fewer than {@code count} at the end of the file only. */
  private int tryRead(byte[] into, int from, int count, String what) throws IOException {
    try {
      int read = in.readNBytes(into, from, count);
      offset += read;
      return read;
    } catch (IOException e) {
      throw new IOException(
          error("bytes from " + offset, what, e.getMessage()).getMessage()
              + " (is the file cut off?)",
          e);
    }
  }

  /**
   * Reads a whole number of 32 bits, most significant byte first.
   *
   * @param what the message calls it
   * @return the number
   * @throws IOException if the file ends before, or is damaged
   */
  public int bigEndianInt(String what) throws IOException {
    byte[] b = new byte[Integer.BYTES];
    read(b, 0, b.length, what);
    return (b[0] & 255) << 24 | (b[1] & 255) << 16 | (b[2] & 255) << 8 | b[3] & 255;
  }

  /**
   * Reads the next byte, if there is one.
   *
   * @param what the message calls it
   * @return 0 to 255, or -1 at the end of the file
   * @throws IOException if the file is damaged
   */
  public int next(String what) throws IOException {
    byte[] one = new byte[1];
    return tryRead(one, 0, 1, what) == 1 ? one[0] & 255 : -1;
  }

  /**
   * Checks that all was read.
   *
   * @throws IOException if there are more bytes, or the file is damaged
   */
  public void expectEnd() throws IOException {
    int more = next("nothing more");
    if (more >= 0) {
      offset--;
      throw error("byte " + offset, "the end of the file", "value " + more);
    }
  }

  /**
   * Where reading goes on.
   *
   * @return offset of the next byte in the unpacked file
   */
  public long offset() {
    return offset;
  }

  /**
   * Makes an error that names file and place.
   *
   * @param place such as "byte 16"
   * @param expected what
   * @param actual what came instead
   * @return the error, to be thrown
   */
  public IOException error(String place, String expected, String actual) {
    return new IOException(
        String.format("%s, %s: expected %s, got %s", path, place, expected, actual));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
