package io.github.dl4jsnn.event;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Reads the polarity events of AEDAT 3.1 files, as in DVS-Gesture.
 *
 * <p>Lines that begin with {@code #}, from {@code #!AER-DAT3.1} to {@code #!END-HEADER}; then
 * packets, little-endian:
 *
 * <pre>
 *   28 bytes   type (16 bits), source (16), size of an event (32), offset of its time (32),
 *              overflows of the clock (32), capacity (32), number of events (32), valid ones (32)
 *   number * size bytes of events; a polarity event (type 1) has
 *     32 bits  bit 0 valid, bit 1 polarity (1 = ON), bits 2-16 y, bits 17-31 x
 *     32 bits  time in microseconds, of which 31 bits count
 * </pre>
 *
 * <p>The time given out is {@code overflows * 2^31 + time}. The origin is the upper left corner.
 * Packets of other types and events that are not valid are passed over. Sizes are checked against
 * what is left of the file; no memory is taken by them.
 *
 * <p><b>Source.</b> iniVation, <a
 * href="https://docs.inivation.com/software/software-advanced-usage/file-formats/aedat-3.1.html">AEDAT
 * 3.1</a>.
 */
public final class Aedat31Reader extends AbstractEventReader {

  /** Width and height of the camera of DVS-Gesture in pixels. */
  public static final int SIDE = 128;

  private static final int HEADER = 28;
  private static final int POLARITY_TYPE = 1;
  private static final int RECORD = 8;
  private static final int TIME_OFFSET = 4;
  private static final int OVERFLOW_SHIFT = 31;

  private int left;
  private long overflow;

  private Aedat31Reader(ByteSource source, int width, int height) throws IOException {
    super(source, width, height);
    AedatHeader.version(source, "3.1");
    AedatHeader.skipToEnd(source);
  }

  /**
   * Opens a file of the DVS128 camera.
   *
   * @param file the file
   * @return a reader, 128 by 128 pixels
   * @throws EventFormatException if it does not begin like an AEDAT 3.1 file
   * @throws IOException if it cannot be opened
   */
  public static Aedat31Reader open(Path file) throws IOException {
    return open(file, SIDE, SIDE);
  }

  /**
   * Opens a file of another camera.
   *
   * @param file the file
   * @param width columns
   * @param height rows
   * @return a reader
   * @throws EventFormatException if it does not begin like an AEDAT 3.1 file
   * @throws IOException if it cannot be opened
   */
  public static Aedat31Reader open(Path file, int width, int height) throws IOException {
    ByteSource source = ByteSource.open(file);
    try {
      return new Aedat31Reader(source, width, height);
    } catch (IOException | RuntimeException e) {
      source.close();
      throw e;
    }
  }

  /**
   * Reads from a stream.
   *
   * @param name what messages call it
   * @param in the stream, closed by {@link #close()}
   * @param width columns
   * @param height rows
   * @return a reader
   * @throws EventFormatException if it does not begin like an AEDAT 3.1 file
   * @throws IOException if it cannot be read
   */
  public static Aedat31Reader of(String name, InputStream in, int width, int height)
      throws IOException {
    return new Aedat31Reader(new ByteSource(name, in, ByteSource.UNKNOWN), width, height);
  }

  @Override
  boolean next(Events.Builder to) throws IOException {
    while (left == 0) {
      if (source.atEnd()) {
        return false;
      }
      beginPacket();
    }
    long offset = source.position();
    source.require(RECORD, "a polarity event");
    int data = source.i32LittleEndian();
    int time = source.i32LittleEndian();
    left--;
    if ((data & 1) != 0) {
      if (time < 0) {
        throw source.error(offset + TIME_OFFSET, "expected a time of 31 bits, got " + time);
      }
      add(to, offset, data >>> 17, data >> 2 & 0x7fff, data >> 1 & 1, overflow + time);
    }
    return true;
  }

  /** Reads the header of a packet; of other types than polarity also the rest. */
  private void beginPacket() throws IOException {
    long offset = source.position();
    source.require(HEADER, "the header of a packet");
    int type = source.i16LittleEndian();
    source.i16LittleEndian(); // the camera, of which there may be several
    int size = source.i32LittleEndian();
    int timeOffset = source.i32LittleEndian();
    int overflows = source.i32LittleEndian();
    int capacity = source.i32LittleEndian();
    int number = source.i32LittleEndian();
    int valid = source.i32LittleEndian();
    if (type < 0 || overflows < 0 || size < 1 || valid < 0 || valid > number || number > capacity) {
      throw source.error(
          offset,
          String.format(
              "expected a packet of a type, a size and 0 <= valid <= number <= capacity, got type"
                  + " %d, size %d, %d overflows, %d, %d and %d",
              type, size, overflows, valid, number, capacity));
    }
    if (type == POLARITY_TYPE && (size != RECORD || timeOffset != TIME_OFFSET)) {
      throw source.error(
          offset,
          String.format(
              "expected polarity events of %d bytes with the time in byte %d, got %d and %d",
              RECORD, TIME_OFFSET, size, timeOffset));
    }
    String what = "a packet of " + number + " events";
    source.requireLength((long) number * size, what);
    if (type == POLARITY_TYPE) {
      left = number;
      overflow = (long) overflows << OVERFLOW_SHIFT;
    } else {
      source.skip((long) number * size, what);
    }
  }
}
