package io.github.dl4jsnn.zoo;

import io.github.dl4jsnn.internal.BuilderChecks;

/**
 * What all builders of this package share: copies, and checks that name what is built.
 *
 * @param <T> the builder
 */
@SuppressWarnings("unchecked")
public abstract class ZooBuilder<T extends ZooBuilder<T>> implements Cloneable {
  ZooBuilder() {}

  /** A copy, so that what is built does not change with the builder it came from. */
  final T copy() {
    try {
      return (T) clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  /** What error messages call the thing that is built. */
  final String label() {
    return BuilderChecks.layer(this);
  }

  /** Checks a size. */
  final int size(String name, int size) {
    return BuilderChecks.size(label(), name, size);
  }

  /** Checks that heads share the features evenly. */
  final void heads(int hidden, int heads) {
    if (hidden % heads != 0) {
      throw new IllegalArgumentException(
          label() + ": hidden must be a multiple of heads, " + heads + ", was " + hidden);
    }
  }

  /** Checks a probability to keep an input. */
  final double retain(double retain) {
    return BuilderChecks.retain(label(), retain);
  }
}
