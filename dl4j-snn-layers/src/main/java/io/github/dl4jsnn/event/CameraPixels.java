package io.github.dl4jsnn.event;

import io.github.dl4jsnn.internal.kernel.CounterRandom;

/**
 * The pixels of an event camera: each remembers the level of log brightness at which it sent its
 * last event, and sends another one whenever the log brightness is a threshold away from that.
 * Between two looks the log brightness is taken to go in a straight line, which gives the times in
 * between. The equations are those of {@link EventCamera}.
 */
final class CameraPixels {

  /**
   * A camera that comes back to where it was sees a brightness that is whole thresholds away from
   * that of the last event. This lets rounding, of 1e-15 or so, not decide whether that is enough.
   */
  private static final double ROUNDING = 1e-9;

  private final int width;
  private final double[] level;
  private final double[] seen;
  private final double[] threshold;
  private final EventQueue events;

  /** Begins at the brightness of the first look, which sends no event. */
  CameraPixels(int width, double[] first, double[] threshold, EventQueue events) {
    this.width = width;
    this.level = first.clone();
    this.seen = first.clone();
    this.threshold = threshold;
    this.events = events;
  }

  /** The next look: log brightness now, between two times in microseconds. */
  void look(double[] now, long from, long to) {
    for (int i = 0; i < now.length; i++) {
      if (now[i] != seen[i]) {
        send(i, now[i], from, to);
        seen[i] = now[i];
      }
    }
  }

  private void send(int i, double now, long from, long to) {
    double sign = now > seen[i] ? 1 : -1;
    int polarity = now > seen[i] ? Events.ON : Events.OFF;
    while (sign * (now - level[i]) >= threshold[i] - ROUNDING) {
      level[i] += sign * threshold[i];
      // Above 0, for at the last look the brightness was less than a threshold away from the level.
      double part = (level[i] - seen[i]) / (now - seen[i]);
      long time = from + Math.round(Math.min(part, 1) * (to - from));
      events.add(time, i % width, i / width, polarity);
    }
  }

  /**
   * Adds events of no cause: each pixel sends them at a rate, of either polarity, at times with
   * exponential distances.
   */
  static void noise(
      EventQueue events, int width, int pixels, double ratePerSecond, long duration, long seed) {
    for (int i = 0; ratePerSecond > 0 && i < pixels; i++) {
      long random = CounterRandom.mix(seed, i);
      double time = 0;
      for (long k = 0; ; k += 2) {
        time -= Math.log1p(-CounterRandom.uniform(random, k)) * 1e6 / ratePerSecond;
        if (time > duration) {
          break;
        }
        int polarity = (int) (CounterRandom.mix(random, k + 1) >>> 63);
        events.add((long) time, i % width, i / width, polarity);
      }
    }
  }
}
