package io.github.dl4jsnn.event;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Reads the {@code .bin} files of N-MNIST and N-Caltech101: events of 40 bits and nothing else.
 *
 * <pre>
 *   bits 39-32  x    bits 31-24  y    bit 23  polarity, 1 = ON    bits 22-0  time in microseconds
 * </pre>
 *
 * <p>The first byte of an event holds x. Row {@value #OVERFLOW_ROW}, which the sensor does not
 * have, marks that the clock ran over: all later times are {@value #OVERFLOW} microseconds later,
 * as the authors' reader has it; such events are not given out.
 *
 * <p><b>Source.</b> G. Orchard, A. Jayawant, G. K. Cohen, N. Thakor, "Converting static image
 * datasets to spiking neuromorphic datasets using saccades", Frontiers in Neuroscience 9:437, 2015,
 * <a href="https://doi.org/10.3389/fnins.2015.00437">doi:10.3389/fnins.2015.00437</a>; format: <a
 * href="https://www.garrickorchard.com/datasets/n-mnist">garrickorchard.com/datasets/n-mnist</a>.
 */
public final class NMnistReader extends AbstractEventReader {

  /** Width and height of the recordings of N-MNIST in pixels. */
  public static final int SIDE = 34;

  private static final int RECORD = 5;
  private static final int OVERFLOW_ROW = 240;
  private static final int OVERFLOW = 1 << 13;

  private long overflow;

  private NMnistReader(ByteSource source, int width, int height) {
    super(source, width, height);
  }

  /**
   * Opens a file of N-MNIST.
   *
   * @param file the file
   * @return a reader, 34 by 34 pixels
   * @throws IOException if it cannot be opened
   */
  public static NMnistReader open(Path file) throws IOException {
    return open(file, SIDE, SIDE);
  }

  /**
   * Opens a file of another sensor.
   *
   * @param file the file
   * @param width columns, at most 256
   * @param height rows, at most 240
   * @return a reader
   * @throws IOException if it cannot be opened
   */
  public static NMnistReader open(Path file, int width, int height) throws IOException {
    check(width, height);
    return new NMnistReader(ByteSource.open(file), width, height);
  }

  /**
   * Reads from a stream.
   *
   * @param name what messages call it
   * @param in the stream, closed by {@link #close()}
   * @param width columns, at most 256
   * @param height rows, at most 240
   * @return a reader
   */
  public static NMnistReader of(String name, InputStream in, int width, int height) {
    check(width, height);
    return new NMnistReader(new ByteSource(name, in, ByteSource.UNKNOWN), width, height);
  }

  private static void check(int width, int height) {
    if (width < 1 || width > 256 || height < 1 || height > OVERFLOW_ROW) {
      throw new IllegalArgumentException(
          String.format(
              "expected a sensor of 1x1 to 256x%d pixels, got %dx%d", OVERFLOW_ROW, width, height));
    }
  }

  @Override
  boolean next(Events.Builder to) throws IOException {
    if (source.atEnd()) {
      return false;
    }
    long offset = source.position();
    source.require(RECORD, "an event");
    int x = source.u8();
    int y = source.u8();
    int high = source.u8();
    int time = (high & 0x7f) << 16 | source.u8() << 8 | source.u8();
    if (y == OVERFLOW_ROW) {
      overflow += OVERFLOW;
    } else {
      add(to, offset, x, y, high >> 7, time + overflow);
    }
    return true;
  }
}
