package io.github.dl4jsnn.event;

import java.io.IOException;

/** What readers of files have in common: a sensor, a source of bytes, blocks. */
abstract class AbstractEventReader implements EventReader {
  final ByteSource source;
  private final int width;
  private final int height;

  AbstractEventReader(ByteSource source, int width, int height) {
    this.source = source;
    this.width = width;
    this.height = height;
  }

  /** Reads one record, which adds one event or none; false at the end of the file. */
  abstract boolean next(Events.Builder to) throws IOException;

  /** Adds an event that a record at this offset holds. */
  void add(Events.Builder to, long offset, int x, int y, int polarity, long time)
      throws EventFormatException {
    if (x >= width || y >= height) {
      throw source.error(
          offset,
          String.format("expected a pixel of %dx%d, got x = %d, y = %d", width, height, x, y));
    }
    to.put(x, y, polarity, time);
  }

  @Override
  public Events read(int max) throws IOException {
    if (max < 1) {
      throw new IllegalArgumentException("expected to read at least 1 event, got " + max);
    }
    Events.Builder block = new Events.Builder(width, height);
    while (block.size() < max && next(block)) {
      // next has added the event
    }
    return block.build();
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
