package io.github.dl4jsnn.monitor;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/** Names of layers, as users give them. */
final class Names {

  private Names() {}

  /** Returns the names in their order; refuses null, blank ones and repetitions. */
  static Set<String> checked(String... names) {
    Set<String> set = new LinkedHashSet<>();
    for (String name : names) {
      if (name == null || name.isBlank() || !set.add(name)) {
        throw new IllegalArgumentException(
            "Expected different, non-blank layer names, got " + Arrays.toString(names));
      }
    }
    return set;
  }
}
