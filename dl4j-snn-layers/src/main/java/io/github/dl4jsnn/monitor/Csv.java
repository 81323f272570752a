package io.github.dl4jsnn.monitor;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Lines of comma-separated values. */
final class Csv {

  private Csv() {}

  /** Returns a line of these values with its line end, text in quotes where it must be. */
  static String line(Object... values) {
    return Arrays.stream(values).map(Csv::field).collect(Collectors.joining(",", "", "\n"));
  }

  private static String field(Object value) {
    String text = value.toString();
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
