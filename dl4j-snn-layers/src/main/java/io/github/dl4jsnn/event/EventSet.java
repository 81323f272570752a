package io.github.dl4jsnn.event;

import java.io.IOException;

/**
 * Labelled recordings of one sensor, read when they are asked for. {@link EventFrameIterator} makes
 * batches of it.
 */
public interface EventSet {

  /**
   * Returns the number of recordings.
   *
   * @return 0 or above
   */
  int size();

  /**
   * Returns the number of classes.
   *
   * @return 1 or above
   */
  int numClasses();

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
   * Returns the class of a recording.
   *
   * @param i number of the recording
   * @return 0 to numClasses - 1
   */
  int label(int i);

  /**
   * Reads a recording.
   *
   * @param i number of the recording
   * @return its events
   * @throws EventFormatException if its file is cut off or damaged
   * @throws IOException if its file cannot be read
   */
  Events events(int i) throws IOException;

  /**
   * Says what the set is, so that frames kept on disk are not taken for those of another one.
   *
   * @return a text that differs between sets
   */
  String key();
}
