package io.github.dl4jsnn.event;

import java.util.Arrays;

/**
 * Collects events in any order and gives them out by time, then row, column and polarity. An event
 * is one number, whose order is that order: 32 bits of time, 15 of y, 15 of x, 1 of polarity.
 */
final class EventQueue {

  /** The latest time, in microseconds. */
  static final long MAX_TIME = 0xffffffffL;

  private static final int TIME_SHIFT = 31;
  private static final int Y_SHIFT = 16;
  private static final int MASK = 0x7fff;

  private long[] events = new long[256];
  private int size;

  void add(long time, int x, int y, int polarity) {
    if (size == events.length) {
      events = Arrays.copyOf(events, size + (size >> 1));
    }
    events[size++] = time << TIME_SHIFT | (long) y << Y_SHIFT | x << 1 | polarity;
  }

  Events build(int width, int height) {
    Arrays.sort(events, 0, size);
    Events.Builder sorted = new Events.Builder(width, height);
    for (int i = 0; i < size; i++) {
      long e = events[i];
      sorted.put((int) (e >> 1) & MASK, (int) (e >> Y_SHIFT) & MASK, (int) e & 1, e >>> TIME_SHIFT);
    }
    return sorted.build();
  }
}
