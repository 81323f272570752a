package io.github.dl4jsnn.internal.pickle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.razorvine.pickle.PickleException;

/**
 * Reads a pickle into numbers, strings, lists, maps, {@link NumpyArray} and {@link CsrMatrix}.
 *
 * <p>A pickle is a program that may name any class. Only those in {@link PythonClasses} are made,
 * everything else is refused by name, and memory is bounded by the length of the file.
 */
public final class PickleFile {

  /** The largest file of the Planetoid sets has 12 MB. */
  private static final long MAX_BYTES = 1L << 28;

  private PickleFile() {}

  /**
   * Reads a file.
   *
   * @param file a pickle of protocol 0 to 4
   * @param type what the file must hold
   * @param <T> what the file must hold
   * @return what it holds
   * @throws IOException if the file is missing, too large, cut off or damaged, or holds anything
   *     else; the message names the file
   */
  public static <T> T read(Path file, Class<T> type) throws IOException {
    long size = Files.size(file);
    if (size > MAX_BYTES) {
      throw new IOException(
          String.format("%s: expected at most %d bytes, got %d", file, MAX_BYTES, size));
    }
    Object value;
    try {
      value = new SafeUnpickler().loads(Files.readAllBytes(file));
    } catch (PickleException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      // The library runs into casts and empty stacks where the instructions make no sense.
      throw new IOException(file + ": cut off or not a pickle (" + e + ")", e);
    }
    if (!type.isInstance(value)) {
      throw new IOException(
          String.format(
              "%s: expected %s, got %s",
              file,
              type.getSimpleName(),
              value == null ? "None" : value.getClass().getSimpleName()));
    }
    return type.cast(value);
  }
}
