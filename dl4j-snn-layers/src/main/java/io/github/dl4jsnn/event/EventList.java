package io.github.dl4jsnn.event;

import java.util.List;
import java.util.Objects;

/** Labelled recordings in memory. Immutable. */
public final class EventList implements EventSet {
  private final String key;
  private final List<Events> events;
  private final int[] labels;
  private final int numClasses;

  /**
   * A set of recordings.
   *
   * @param key what the set is; differs between sets whose frames are kept in one folder
   * @param events at least one, all of one sensor
   * @param labels the class of each, 0 to numClasses - 1
   * @param numClasses number of classes
   * @throws IllegalArgumentException if numbers or sensors do not agree, or a label is out of range
   */
  public EventList(String key, List<Events> events, int[] labels, int numClasses) {
    this.key = Objects.requireNonNull(key, "key");
    this.events = List.copyOf(events);
    this.labels = labels.clone();
    this.numClasses = numClasses;
    if (events.isEmpty() || events.size() != labels.length) {
      throw new IllegalArgumentException(
          String.format(
              "%s: expected at least 1 recording and as many labels, got %d and %d",
              key, events.size(), labels.length));
    }
    for (int i = 0; i < labels.length; i++) {
      Events e = events.get(i);
      if (labels[i] < 0 || labels[i] >= numClasses) {
        throw new IllegalArgumentException(
            String.format(
                "%s: expected labels of 0 to %d, got %d at %d", key, numClasses - 1, labels[i], i));
      }
      if (e.width() != width() || e.height() != height()) {
        throw new IllegalArgumentException(
            String.format(
                "%s: expected recordings of %dx%d pixels as the first, got %s at %d",
                key, width(), height(), e, i));
      }
    }
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int numClasses() {
    return numClasses;
  }

  @Override
  public int width() {
    return events.get(0).width();
  }

  @Override
  public int height() {
    return events.get(0).height();
  }

  @Override
  public int label(int i) {
    return labels[i];
  }

  @Override
  public Events events(int i) {
    return events.get(i);
  }

  @Override
  public String key() {
    return key;
  }
}
