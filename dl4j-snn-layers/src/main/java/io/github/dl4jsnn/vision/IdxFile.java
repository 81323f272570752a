package io.github.dl4jsnn.vision;

import io.github.dl4jsnn.internal.data.ByteFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * An IDX file of unsigned bytes, as MNIST's are: two zero bytes, type 8, number of dimensions, each
 * dimension as a 32-bit integer (most significant byte first), then the values, last dimension
 * fastest.
 */
public final class IdxFile {
  private static final int UNSIGNED_BYTE = 8;

  private final int[] shape;
  private final byte[] values;

  private IdxFile(int[] shape, byte[] values) {
    this.shape = shape;
    this.values = values;
  }

  /**
   * Reads a file.
   *
   * @param file unpacked if it ends in {@code .gz}
   * @param rank number of dimensions that it must have
   * @return what it holds
   * @throws IOException if the file is missing, cut off or malformed; the message names file and
   *     byte, what was expected and what came
   */
  public static IdxFile read(Path file, int rank) throws IOException {
    try (ByteFile in = ByteFile.open(file)) {
      int expected = UNSIGNED_BYTE << 8 | rank;
      int magic = in.bigEndianInt("the header of an IDX file");
      if (magic != expected) {
        throw in.error(
            "byte 0",
            String.format("%08x, an IDX file of bytes with %d dimensions", expected, rank),
            String.format("%08x", magic));
      }
      int[] shape = new int[rank];
      long length = 1;
      for (int i = 0; i < rank; i++) {
        long offset = in.offset();
        shape[i] = in.bigEndianInt("dimension " + i);
        length = shape[i] < 1 ? -1 : length * shape[i];
        if (length < 0 || length > Integer.MAX_VALUE - 8) {
          throw in.error(
              "byte " + offset,
              "dimensions from 1, of fewer than 2^31 values altogether",
              Arrays.toString(Arrays.copyOf(shape, i + 1)));
        }
      }
      byte[] values = new byte[(int) length];
      in.read(values, 0, values.length, length + " values for shape " + Arrays.toString(shape));
      in.expectEnd();
      return new IdxFile(shape, values);
    }
  }

  /**
   * The dimensions.
   *
   * @return a copy
   */
  public int[] shape() {
    return shape.clone();
  }

  /**
   * The values.
   *
   * @return unsigned bytes, last dimension fastest; a copy
   */
  public byte[] values() {
    return values.clone();
  }
}
