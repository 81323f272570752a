package io.github.dl4jsnn.internal.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Opens files of data sets; names ending in {@code .gz} are unpacked. */
public final class DataFiles {
  private DataFiles() {}

  /**
   * Opens a file.
   *
   * @param path plain file, or gzip if its name ends so
   * @return its bytes, unpacked; to be closed by the caller
   * @throws FileNotFoundException if there is no such file
   * @throws IOException naming the file, if it is not what its name says
   */
  public static InputStream open(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new FileNotFoundException(path + ": expected a file, found none");
    }
    InputStream in = Files.newInputStream(path);
    if (!path.toString().endsWith(".gz")) {
      return in;
    }
    try {
      return new GZIPInputStream(in);
    } catch (IOException e) {
      in.close();
      throw new IOException(path + ": expected a gzip file, got a damaged or empty one", e);
    }
  }
}
