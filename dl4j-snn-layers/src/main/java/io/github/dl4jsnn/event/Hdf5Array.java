package io.github.dl4jsnn.event;

import io.jhdf.GlobalHeap;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.VariableLength;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * An array of one dimension in an HDF5 file: of numbers, or of arrays of numbers. Holds one chunk
 * and one heap at a time.
 *
 * <p>jHDF's own slices of chunked arrays are not used: in 0.9.4 they find the first chunk alone,
 * and give zeros for the others.
 */
final class Hdf5Array {

  /** An element of a ragged array: length, address of a heap, number of the object there. */
  private static final int REFERENCE_BYTES = 16;

  /** Memory for a chunk, of which one at a time is unpacked; published sets have 64 KiB. */
  private static final long MAX_CHUNK_BYTES = 1L << 24;

  private final Hdf5File file;
  private final String path;
  private final Dataset dataset;
  private final long offset;
  private final DataType numbers;
  private final int elementBytes;
  private final int size;
  private final int chunkLength;
  private ByteBuffer chunk;
  private int chunkStart = -1;
  private GlobalHeap heap;
  private long heapAddress;

  Hdf5Array(Hdf5File file, String path, Dataset dataset, boolean ragged)
      throws EventFormatException {
    this.file = file;
    this.path = path;
    this.dataset = dataset;
    offset = dataset.getAddress();
    DataType type = dataset.getDataType();
    elementBytes = type.getSize();
    numbers = ragged ? parent(type) : type;
    int n = numbers.getSize();
    if (!(numbers instanceof FloatingPoint || numbers instanceof FixedPoint)
        || n != 1 && n != 2 && n != 4 && n != 8) {
      throw error("expected numbers of 8 to 64 bits, got " + numbers);
    }
    // An element takes a byte of the file at least; a chunk may be longer than its array.
    size = length(file.guarded(offset, path, dataset::getDimensions), file.bytes());
    boolean chunked = dataset instanceof ChunkedDataset;
    chunkLength = chunked ? chunkLength((ChunkedDataset) dataset) : size;
    if (chunked && (chunkLength < 1 || (long) chunkLength * elementBytes > MAX_CHUNK_BYTES)) {
      throw error(
          String.format(
              "expected chunks of 1 element to %d bytes, got %d elements of %d bytes",
              MAX_CHUNK_BYTES, chunkLength, elementBytes));
    }
  }

  private DataType parent(DataType type) throws EventFormatException {
    if (!(type instanceof VariableLength)
        || ((VariableLength) type).isVariableLengthString()
        || elementBytes != REFERENCE_BYTES) {
      throw error("expected a ragged array, got " + type);
    }
    return ((VariableLength) type).getParent();
  }

  private int chunkLength(ChunkedDataset chunks) throws EventFormatException {
    return length(file.guarded(offset, path, chunks::getChunkDimensions), MAX_CHUNK_BYTES);
  }

  private int length(int[] dimensions, long most) throws EventFormatException {
    if (dimensions.length != 1 || dimensions[0] < 0 || dimensions[0] > most) {
      throw error(
          String.format(
              "expected one dimension of 0 to %d, got %s", most, Arrays.toString(dimensions)));
    }
    return dimensions[0];
  }

  int size() {
    return size;
  }

  /** An error in this array, whose header is where the offset points. */
  EventFormatException error(String message) {
    return file.error(offset, path + ": " + message, null);
  }

  /** All elements of an array of numbers. */
  double[] values() throws EventFormatException {
    double[] values = new double[size];
    for (int i = 0; i < size; i += chunkLength) {
      int first = i;
      int n = Math.min(chunkLength, size - i);
      double[] part =
          file.guarded(offset, path + " from element " + i, () -> decoded(bytesAt(first), n));
      System.arraycopy(part, 0, values, i, n);
    }
    return values;
  }

  /** An element of a ragged array. */
  double[] row(int i) throws EventFormatException {
    if (i < 0 || i >= size) {
      throw new IndexOutOfBoundsException(
          String.format("%s: expected a row of 0 to %d, got %d", path, size - 1, i));
    }
    return file.guarded(offset, path + ", row " + i, () -> referred(bytesAt(i)));
  }

  private double[] referred(ByteBuffer reference) {
    int length = reference.getInt();
    long address = reference.getLong();
    int index = reference.getInt();
    if (length == 0) {
      return new double[0];
    }
    if (heap == null || heapAddress != address) {
      heap = new GlobalHeap(file.hdf().getHdfBackingStorage(), address);
      heapAddress = address;
    }
    return decoded(heap.getObjectData(index), length);
  }

  /** The bytes from element i on; with chunks, to the end of its chunk. */
  private ByteBuffer bytesAt(int i) {
    int start = i - i % chunkLength;
    if (chunkStart != start) {
      chunk =
          dataset instanceof ChunkedDataset
              ? Hdf5Chunk.unpack((ChunkedDataset) dataset, start, chunkLength * elementBytes)
              : ((DatasetBase) dataset).getDataBuffer();
      chunkStart = start;
    }
    ByteBuffer bytes = chunk.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    bytes.position((i - start) * elementBytes);
    return bytes;
  }

  /** The first n numbers of some bytes, which must have as many before memory is taken. */
  private double[] decoded(ByteBuffer bytes, int n) {
    if (n < 0 || n > bytes.remaining() / numbers.getSize()) {
      throw new IllegalArgumentException(
          String.format(
              "%d numbers of %d bytes in %d bytes", n, numbers.getSize(), bytes.remaining()));
    }
    Object array =
        numbers.fillData(bytes.slice(), new int[] {n}, file.hdf().getHdfBackingStorage());
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = ((Number) Array.get(array, i)).doubleValue();
    }
    return values;
  }
}
