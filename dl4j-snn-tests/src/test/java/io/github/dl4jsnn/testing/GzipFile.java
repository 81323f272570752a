package io.github.dl4jsnn.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Writes files of test data, packed if their names end in {@code .gz}. */
public final class GzipFile {
  private GzipFile() {}

  /**
   * Writes bytes.
   *
   * @param file where to
   * @param bytes what
   * @return the file
   */
  public static Path write(Path file, byte[] bytes) throws IOException {
    return Files.write(file, file.toString().endsWith(".gz") ? packed(bytes) : bytes);
  }

  /**
   * Writes text as UTF-8.
   *
   * @param file where to
   * @param text what
   * @return the file
   */
  public static Path write(Path file, String text) throws IOException {
    return write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes bytes, packed, and leaves out the end of the packed file.
   *
   * @param file where to
   * @param bytes what
   * @param missing number of packed bytes left out
   * @return the file
   */
  public static Path cutOff(Path file, byte[] bytes, int missing) throws IOException {
    byte[] packed = packed(bytes);
    return Files.write(file, Arrays.copyOf(packed, packed.length - missing));
  }

  private static byte[] packed(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }
}
