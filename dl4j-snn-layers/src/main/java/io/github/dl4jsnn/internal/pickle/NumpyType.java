package io.github.dl4jsnn.internal.pickle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/** The type of an array's elements, {@code numpy.dtype}: numbers and truth values only. */
final class NumpyType implements PythonObject {
  private static final Set<String> KNOWN =
      Set.of("b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "f4", "f8");

  private final char kind;
  private final int size;
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

  /** Takes a name like f4. */
  NumpyType(Object name) {
    if (!(name instanceof String) || !KNOWN.contains(name)) {
      throw PythonObject.unexpected("numpy.dtype", "one of " + KNOWN, "\"" + name + "\"");
    }
    kind = ((String) name).charAt(0);
    size = ((String) name).charAt(1) - '0';
  }

  /** Takes (version, byte order, ...). */
  @Override
  public void setState(Object state) {
    Object[] parts = PythonObject.tuple(state, 2, "state of numpy.dtype");
    order = ">".equals(parts[1]) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  /** Returns the bytes of an element. */
  int size() {
    return size;
  }

  boolean isFloat() {
    return kind == 'f';
  }

  ByteBuffer wrap(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(order);
  }

  /** Returns an element; every whole number but the largest of 64 bits is exact. */
  double get(ByteBuffer data, int index) {
    int at = index * size;
    switch (kind) {
      case 'f':
        return size == 4 ? data.getFloat(at) : data.getDouble(at);
      case 'i':
        return signed(data, at);
      default:
        return size == 8 ? signed(data, at) : signed(data, at) & (1L << 8 * size) - 1;
    }
  }

  private long signed(ByteBuffer data, int at) {
    switch (size) {
      case 1:
        return data.get(at);
      case 2:
        return data.getShort(at);
      case 4:
        return data.getInt(at);
      default:
        return data.getLong(at);
    }
  }
}
