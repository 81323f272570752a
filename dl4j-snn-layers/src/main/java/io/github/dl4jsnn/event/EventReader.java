package io.github.dl4jsnn.event;

import java.io.Closeable;
import java.io.IOException;

/**
 * Reads events one block after the other, so that memory is bounded by the block and not by the
 * recording.
 *
 * <pre>{@code
 * try (EventReader reader = Aedat31Reader.open(file)) {
 *   for (Events block = reader.read(10_000); block.size() > 0; block = reader.read(10_000)) {
 *     ...
 *   }
 * }
 * }</pre>
 *
 * <p>Not for use by several threads.
 */
public interface EventReader extends Closeable {

  /**
   * Returns the width of the sensor.
   *
   * @return pixels
   */
  int width();

  /**
   * Returns the height of the sensor.
   *
   * @return pixels
   */
  int height();

  /**
   * Reads the next events.
   *
   * @param max how many at most, 1 or above
   * @return up to {@code max} events in the order of the file; none at its end
   * @throws EventFormatException if the file is cut off or damaged
   * @throws IOException if it cannot be read
   */
  Events read(int max) throws IOException;

  /**
   * Reads all events that are left. They must fit into memory, 13 bytes each.
   *
   * @return the events
   * @throws EventFormatException if the file is cut off or damaged
   * @throws IOException if it cannot be read
   */
  default Events readAll() throws IOException {
    return read(Integer.MAX_VALUE);
  }
}
