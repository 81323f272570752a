package io.github.dl4jsnn.event;

import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.object.message.FilterPipelineMessage;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks chunks of HDF5 arrays, deflated and shuffled ones, in memory for one chunk. jHDF would
 * inflate as much as there is: a file of a megabyte can hold a gigabyte of zeros.
 */
final class Hdf5Chunk {
  private static final int DEFLATE = 1;
  private static final int SHUFFLE = 2;

  private Hdf5Chunk() {}

  /**
   * Returns the elements of the chunk that begins with this one.
   *
   * @param bytes of a chunk
   * @throws RuntimeException if the chunk is missing, damaged, or packed otherwise
   */
  static ByteBuffer unpack(ChunkedDataset dataset, int first, int bytes) {
    ByteBuffer packed = dataset.getRawChunkBuffer(new int[] {first});
    List<FilterPipelineMessage> pipeline =
        ((DatasetBase) dataset).getHeader().getMessagesOfType(FilterPipelineMessage.class);
    if (pipeline.isEmpty()) {
      return packed;
    }
    if (packed.remaining() > bytes) {
      throw new IllegalArgumentException(
          "a packed chunk of " + packed.remaining() + " bytes for " + bytes);
    }
    byte[] data = new byte[packed.remaining()];
    packed.get(data);
    List<FilterInfo> filters = pipeline.get(0).getFilters();
    for (int i = filters.size() - 1; i >= 0; i--) {
      data = undo(filters.get(i), data, bytes);
    }
    return ByteBuffer.wrap(data);
  }

  private static byte[] undo(FilterInfo filter, byte[] data, int bytes) {
    switch (filter.getId()) {
      case DEFLATE:
        // What would not become smaller is left as it is by whoever writes.
        return data.length == bytes ? data : inflate(data, bytes);
      case SHUFFLE:
        return unshuffle(data, filter.getData()[0]);
      default:
        throw new UnsupportedOperationException("packed by filter " + filter.getId());
    }
  }

  private static byte[] inflate(byte[] data, int bytes) {
    byte[] inflated = new byte[bytes];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(data);
      int n = 0;
      while (n < bytes) {
        int more = inflater.inflate(inflated, n, bytes - n);
        if (more == 0) {
          throw new IllegalArgumentException("a chunk of " + n + " bytes for " + bytes);
        }
        n += more;
      }
      if (inflater.inflate(new byte[1]) > 0) {
        throw new IllegalArgumentException("a chunk of more than " + bytes + " bytes");
      }
      return inflated;
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("not deflated: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }

  /** Shuffled data have the first bytes of all elements, then the second ones, and so on. */
  private static byte[] unshuffle(byte[] data, int elementBytes) {
    if (elementBytes < 1) {
      throw new IllegalArgumentException("shuffled elements of " + elementBytes + " bytes");
    }
    int elements = data.length / elementBytes;
    byte[] whole = data.clone();
    for (int i = 0, k = 0; i < elementBytes; i++) {
      for (int j = 0; j < elements; j++) {
        whole[j * elementBytes + i] = data[k++];
      }
    }
    return whole;
  }
}
