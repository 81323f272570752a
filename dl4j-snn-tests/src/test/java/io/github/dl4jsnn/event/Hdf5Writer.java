package io.github.dl4jsnn.event;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.Deflater;

/**
 * Writes HDF5 files of groups and arrays of one dimension from the published specification of the
 * file format, version 1.0 of its parts (superblock 0, symbol tables, B-trees 1, object headers 1,
 * layout 3), which PyTables writes too.
 */
final class Hdf5Writer {
  private static final long NOWHERE = -1;
  private static final int SUPERBLOCK = 96;
  private static final int GROUP_K = 16;
  private static final int LEAF_K = 4;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Packing packing;

  Hdf5Writer() {
    this(Packing.NONE);
  }

  Hdf5Writer(Packing packing) {
    this.packing = packing;
    out.writeBytes(new byte[SUPERBLOCK]);
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private long write(ByteBuffer bytes) {
    while (out.size() % 8 != 0) {
      out.write(0);
    }
    long at = out.size();
    out.writeBytes(bytes.array());
    return at;
  }

  /** Type of whole numbers without sign. */
  static byte[] unsigned(int size) {
    return buffer(12)
        .put((byte) 0x10)
        .put(new byte[3])
        .putInt(size)
        .putShort((short) 0)
        .putShort((short) (8 * size))
        .array();
  }

  /** IEEE floats of 2, 4 or 8 bytes. */
  static byte[] floats(int size) {
    int exponent = size == 2 ? 5 : size == 4 ? 8 : 11;
    int mantissa = 8 * size - 1 - exponent;
    ByteBuffer b = buffer(20);
    b.put((byte) 0x11).put((byte) 0x20).put((byte) (8 * size - 1)).put((byte) 0).putInt(size);
    b.putShort((short) 0).putShort((short) (8 * size));
    b.put((byte) mantissa).put((byte) exponent).put((byte) 0).put((byte) mantissa);
    return b.putInt((1 << exponent - 1) - 1).array();
  }

  /** A number of one of these types. */
  static void put(ByteBuffer to, byte[] type, double value) {
    boolean real = (type[0] & 0xf) == 1;
    int size = type[4];
    if (real && size == 8) {
      to.putDouble(value);
    } else if (real && size == 4) {
      to.putFloat((float) value);
    } else if (real) {
      to.putShort(half(value));
    } else {
      for (int i = 0; i < size; i++) {
        to.put((byte) ((long) value >> 8 * i));
      }
    }
  }

  /** A float of 16 bits, of a value that is one, normal and not negative. */
  private static short half(double value) {
    int e = Math.getExponent(value);
    return value == 0 ? 0 : (short) (e + 15 << 10 | (int) ((value / Math.pow(2, e) - 1) * 1024));
  }

  /** An array of numbers in one piece; returns its header. */
  long flat(byte[] type, double... values) {
    ByteBuffer data = buffer(values.length * type[4]);
    for (double v : values) {
      put(data, type, v);
    }
    if (packing != Packing.NONE) {
      int chunk = packing == Packing.BOMB ? 100_000 : 2;
      return chunked(values.length, chunk, data.array(), type[4], type);
    }
    long at = write(data);
    ByteBuffer layout = buffer(24).put((byte) 3).put((byte) 1).putLong(at).putLong(data.capacity());
    return header(space(values.length), message(3, type), message(8, layout.array()));
  }

  /** An array of arrays, their references in chunks; returns its header. */
  long ragged(byte[] type, int chunk, List<double[]> rows) {
    ByteBuffer references = buffer(16 * rows.size());
    long heap = heap(type, rows);
    for (int i = 0; i < rows.size(); i++) {
      int n = rows.get(i).length;
      references.putInt(n).putLong(n == 0 ? 0 : heap).putInt(n == 0 ? 0 : i + 1);
    }
    ByteBuffer vlen =
        buffer(8 + type.length).put((byte) 0x19).put(new byte[3]).putInt(16).put(type);
    return chunked(rows.size(), chunk, references.array(), 16, vlen.array());
  }

  /** An array of n elements in chunks, packed or not; returns its header. */
  private long chunked(int n, int chunk, byte[] data, int elementBytes, byte[] type) {
    int chunks = (n + chunk - 1) / chunk;
    int bytes = chunk * elementBytes;
    ByteBuffer tree = tree(1, chunks, 24 + chunks * 32 + 24);
    for (int c = 0; c < chunks; c++) {
      byte[] part = packing.of(Arrays.copyOfRange(data, c * bytes, (c + 1) * bytes), elementBytes);
      tree.putInt(part.length).putInt(0).putLong((long) c * chunk).putLong(0);
      tree.putLong(write(ByteBuffer.wrap(part)));
    }
    tree.putInt(0).putInt(0).putLong((long) chunks * chunk).putLong(0);
    ByteBuffer layout = buffer(24).put((byte) 3).put((byte) 2).put((byte) 2).putLong(write(tree));
    layout.putInt(chunk).putInt(elementBytes);
    byte[] shape = space(n);
    if (packing == Packing.NONE) {
      return header(shape, message(3, type), message(8, layout.array()));
    }
    ByteBuffer filters = buffer(8 + 2 * 16).put((byte) 1).put((byte) 2).put(new byte[6]);
    filters.putShort((short) 2).putShort((short) 0).putShort((short) 0).putShort((short) 1);
    filters.putInt(elementBytes).putInt(0); // shuffle, then deflate
    filters.putShort((short) 1).putShort((short) 0).putShort((short) 0).putShort((short) 1);
    filters.putInt(6).putInt(0);
    return header(
        shape, message(3, type), message(8, layout.array()), message(11, filters.array()));
  }

  /** How chunks are packed. */
  enum Packing {
    NONE,
    /** Shuffled, and deflated where that makes it smaller. */
    PACKED,
    /** Shuffled, and not deflated. */
    NOT_SMALLER,
    /** Shuffled and deflated, with 10 MB of zeros behind. */
    BOMB;

    byte[] of(byte[] chunk, int elementBytes) {
      if (this == NONE) {
        return chunk;
      }
      byte[] shuffled = new byte[this == BOMB ? 10_000_000 : chunk.length];
      int elements = chunk.length / elementBytes;
      for (int i = 0; i < chunk.length; i++) {
        shuffled[i % elementBytes * elements + i / elementBytes] = chunk[i];
      }
      if (this == NOT_SMALLER) {
        return shuffled;
      }
      Deflater deflater = new Deflater();
      deflater.setInput(shuffled);
      deflater.finish();
      byte[] packed = new byte[200_000];
      int n = deflater.deflate(packed);
      deflater.end();
      return this == PACKED && n >= chunk.length ? shuffled : Arrays.copyOf(packed, n);
    }
  }

  /** A global heap; row i is object i + 1, and empty ones are not in it. */
  private long heap(byte[] type, List<double[]> rows) {
    ByteBuffer heap = buffer(1 << 16);
    heap.put("GCOL".getBytes()).put((byte) 1).put(new byte[3]).putLong(0);
    for (int i = 0; i < rows.size(); i++) {
      double[] row = rows.get(i);
      if (row.length > 0) {
        heap.putShort((short) (i + 1)).putShort((short) 1).putInt(0).putLong(row.length * type[4]);
        for (double v : row) {
          put(heap, type, v);
        }
        heap.position((heap.position() + 7) / 8 * 8);
      }
    }
    int size = Math.max(4096, heap.position() + 16);
    heap.putShort((short) 0).putShort((short) 0).putInt(0).putLong(size - heap.position() + 8);
    heap.putLong(8, size);
    return write(buffer(size).put(heap.array(), 0, size));
  }

  /** A group; returns its header, B-tree and heap. */
  long[] group(Map<String, long[]> children) {
    ByteBuffer names = buffer(256);
    names.putLong(0);
    ByteBuffer node = buffer(8 + 2 * LEAF_K * 40);
    node.put("SNOD".getBytes()).put((byte) 1).put((byte) 0).putShort((short) children.size());
    long last = 0;
    for (Map.Entry<String, long[]> child : new TreeMap<>(children).entrySet()) {
      last = names.position();
      names.put(child.getKey().getBytes(StandardCharsets.US_ASCII));
      names.position((names.position() + 8) / 8 * 8);
      entry(node, last, child.getValue());
    }
    ByteBuffer heap = buffer(32).put("HEAP".getBytes()).putInt(0).putLong(256).putLong(1);
    heap.putLong(write(names));
    long heapAt = write(heap);
    ByteBuffer tree = tree(0, 1, 24 + 2 * GROUP_K * 16 + 8);
    long treeAt = write(tree.putLong(0).putLong(write(node)).putLong(last));
    ByteBuffer table = buffer(16).putLong(treeAt).putLong(heapAt);
    return new long[] {header(message(17, table.array())), treeAt, heapAt};
  }

  /** An array has a header alone; of a group the places of its table are kept beside. */
  private static void entry(ByteBuffer to, long name, long[] object) {
    to.putLong(name).putLong(object[0]).putInt(object.length > 1 ? 1 : 0).putInt(0);
    to.putLong(object.length > 1 ? object[1] : 0).putLong(object.length > 1 ? object[2] : 0);
  }

  private static ByteBuffer tree(int type, int entries, int bytes) {
    ByteBuffer tree = buffer(bytes).put("TREE".getBytes()).put((byte) type).put((byte) 0);
    return tree.putShort((short) entries).putLong(NOWHERE).putLong(NOWHERE);
  }

  private static byte[] space(int n) {
    return message(
        1, buffer(16).put((byte) 1).put((byte) 1).putShort((short) 0).putInt(0).putLong(n).array());
  }

  private static byte[] message(int type, byte[] data) {
    int size = (data.length + 7) / 8 * 8;
    return buffer(8 + size)
        .putShort((short) type)
        .putShort((short) size)
        .putInt(0)
        .put(data)
        .array();
  }

  private long header(byte[]... messages) {
    byte[] all = EventFiles.join(messages);
    ByteBuffer header = buffer(16 + all.length).put((byte) 1).put((byte) 0);
    header.putShort((short) messages.length).putInt(1).putInt(all.length).putInt(0).put(all);
    return write(header);
  }

  /** The file with this group as its root. */
  byte[] file(long[] root) {
    byte[] file = out.toByteArray();
    ByteBuffer b = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    b.put(new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n', 0, 0, 0, 0, 0, 8, 8, 0});
    b.putShort((short) LEAF_K).putShort((short) GROUP_K).putInt(0);
    b.putLong(0).putLong(NOWHERE).putLong(file.length).putLong(NOWHERE);
    entry(b, 0, root);
    return file;
  }

  /** A file laid out like SHD. */
  static byte[] shd(
      byte[] timeType,
      List<double[]> times,
      byte[] unitType,
      List<double[]> units,
      double... labels) {
    return new Hdf5Writer().shdFile(timeType, times, unitType, units, 3, labels);
  }

  /** A file laid out like SHD, with chunks of so many times. */
  byte[] shdFile(
      byte[] timeType,
      List<double[]> times,
      byte[] unitType,
      List<double[]> units,
      int chunk,
      double... labels) {
    long[] spikes =
        group(
            Map.of(
                "times", new long[] {ragged(timeType, chunk, times)},
                "units", new long[] {ragged(unitType, 2, units)}));
    long[] classes = {flat(unsigned(2), labels)};
    return file(group(Map.of("spikes", spikes, "labels", classes)));
  }
}
