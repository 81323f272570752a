package io.github.dl4jsnn.event;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import java.nio.ByteBuffer;

/**
 * An HDF5 file in memory, read by jHDF, so that no size in the file leads beyond its end. What jHDF
 * would allocate by a size in the file is checked before, and whatever it throws over a damaged
 * file becomes an {@link EventFormatException}.
 */
final class Hdf5File {
  private final String name;
  private final long bytes;
  private final HdfFile hdf;

  Hdf5File(String name, ByteBuffer file) throws EventFormatException {
    this.name = name;
    this.bytes = file.capacity();
    try {
      this.hdf = HdfFile.fromByteBuffer(file);
    } catch (RuntimeException | StackOverflowError e) {
      throw damaged(0, "an HDF5 file", e);
    }
  }

  /** What jHDF is asked to do. */
  interface Read<T> {
    T get();
  }

  /** jHDF finds damage in many ways, among them casts, negative sizes and endless nesting. */
  <T> T guarded(long offset, String what, Read<T> read) throws EventFormatException {
    try {
      return read.get();
    } catch (RuntimeException | StackOverflowError e) {
      throw damaged(offset, what, e);
    }
  }

  private EventFormatException damaged(long offset, String what, Throwable e) {
    return error(offset, "expected " + what + ", got a damaged or unsupported one (" + e + ")", e);
  }

  EventFormatException error(long offset, String message, Throwable cause) {
    return new EventFormatException(name, offset, message, cause);
  }

  /** Opens an array of numbers. */
  Hdf5Array flat(String path) throws EventFormatException {
    return new Hdf5Array(this, path, dataset(path), false);
  }

  /** Opens an array whose elements are arrays of numbers. */
  Hdf5Array ragged(String path) throws EventFormatException {
    return new Hdf5Array(this, path, dataset(path), true);
  }

  private Dataset dataset(String path) throws EventFormatException {
    return guarded(0, "an array " + path, () -> hdf.getDatasetByPath(path));
  }

  long bytes() {
    return bytes;
  }

  HdfFile hdf() {
    return hdf;
  }

  void close() {
    hdf.close();
  }
}
