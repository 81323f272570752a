package io.github.dl4jsnn.event;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Reads AEDAT 2.0 files of the DVS128 camera, 128 by 128 pixels, as in CIFAR10-DVS.
 *
 * <p>Lines that begin with {@code #}, the first being {@code #!AER-DAT2.0}; then events of eight
 * bytes, big-endian: address and time in microseconds, 32 bits each. {@link Dvs128Orientation} says
 * what an address means. Bit 15 marks an event of an external input, which is passed over.
 * Addresses with higher bits are of another camera and refused. Times that run over 32 bits go on.
 *
 * <p><b>Source.</b> iniVation, <a
 * href="https://docs.inivation.com/software/software-advanced-usage/file-formats/aedat-2.0.html">AEDAT
 * 2.0</a>; H. Li, H. Liu, X. Ji, G. Li, L. Shi, "CIFAR10-DVS: an event-stream dataset for object
 * classification", Frontiers in Neuroscience 11:309, 2017, <a
 * href="https://doi.org/10.3389/fnins.2017.00309">doi:10.3389/fnins.2017.00309</a>.
 */
public final class Aedat2Reader extends AbstractEventReader {

  /** Width and height of the camera in pixels. */
  public static final int SIDE = 128;

  private static final int RECORD = 8;
  private static final int EXTERNAL = 1 << 15;
  private static final int HIGHER_BITS = ~0xffff;

  private final Dvs128Orientation orientation;
  private boolean begun;
  private int lastStored;
  private long time;

  private Aedat2Reader(ByteSource source, Dvs128Orientation orientation) throws IOException {
    super(source, SIDE, SIDE);
    this.orientation = Objects.requireNonNull(orientation, "orientation");
    AedatHeader.version(source, "2.0");
    AedatHeader.skipLines(source);
  }

  /**
   * Opens a file.
   *
   * @param file the file
   * @param orientation what addresses mean
   * @return a reader
   * @throws EventFormatException if it does not begin like an AEDAT 2.0 file
   * @throws IOException if it cannot be opened
   */
  public static Aedat2Reader open(Path file, Dvs128Orientation orientation) throws IOException {
    ByteSource source = ByteSource.open(file);
    try {
      return new Aedat2Reader(source, orientation);
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
   * @param orientation what addresses mean
   * @return a reader
   * @throws EventFormatException if it does not begin like an AEDAT 2.0 file
   * @throws IOException if it cannot be read
   */
  public static Aedat2Reader of(String name, InputStream in, Dvs128Orientation orientation)
      throws IOException {
    return new Aedat2Reader(new ByteSource(name, in, ByteSource.UNKNOWN), orientation);
  }

  @Override
  boolean next(Events.Builder to) throws IOException {
    if (source.atEnd()) {
      return false;
    }
    long offset = source.position();
    source.require(RECORD, "an event");
    int address = source.i32BigEndian();
    int stored = source.i32BigEndian();
    if ((address & HIGHER_BITS) != 0) {
      throw source.error(
          offset, String.format("expected a DVS128 address of 16 bits, got 0x%08x", address));
    }
    // The difference is right also where the clock ran over, and where it went back a little.
    time = begun ? time + (stored - lastStored) : stored;
    begun = true;
    lastStored = stored;
    if ((address & EXTERNAL) == 0) {
      int x = address >> 1 & 0x7f;
      int y = address >> 8 & 0x7f;
      int p = orientation.polarity(address & 1);
      add(to, offset, orientation.x(x, y), orientation.y(x, y), p, time);
    }
    return true;
  }
}
