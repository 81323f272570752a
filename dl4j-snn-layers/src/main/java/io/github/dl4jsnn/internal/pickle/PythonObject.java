package io.github.dl4jsnn.internal.pickle;

import java.nio.charset.StandardCharsets;
import net.razorvine.pickle.PickleException;

/** An object that is made empty and then given its state, as Python's {@code __setstate__} does. */
interface PythonObject {

  /** Takes the state; a PickleException says what is wrong with it. */
  void setState(Object state);

  /** Returns bytes, which Python 2 writes as strings. */
  static byte[] bytes(Object value, String what) {
    if (value instanceof byte[]) {
      return (byte[]) value;
    }
    if (!(value instanceof String)) {
      throw unexpected(what, "bytes", value);
    }
    String text = (String) value;
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    if (!new String(bytes, StandardCharsets.ISO_8859_1).equals(text)) {
      throw unexpected(what, "bytes", "text");
    }
    return bytes;
  }

  /** Returns a whole number that an array can have as a length. */
  static int size(Object value, String what) {
    if (!(value instanceof Integer || value instanceof Long)) {
      throw unexpected(what, "a whole number", value);
    }
    long number = ((Number) value).longValue();
    if (number < 0 || number > Integer.MAX_VALUE - 8) {
      throw unexpected(what, "0 to " + (Integer.MAX_VALUE - 8), number);
    }
    return (int) number;
  }

  /** Returns a tuple of at least so many values. */
  static Object[] tuple(Object value, int atLeast, String what) {
    if (!(value instanceof Object[]) || ((Object[]) value).length < atLeast) {
      throw unexpected(what, "a tuple of " + atLeast, value);
    }
    return (Object[]) value;
  }

  static PickleException unexpected(String what, String expected, Object got) {
    boolean plain = got == null || got instanceof Number || got instanceof Boolean;
    return new PickleException(
        String.format(
            "%s: expected %s, got %s",
            what, expected, plain ? got : got.getClass().getSimpleName()));
  }
}
