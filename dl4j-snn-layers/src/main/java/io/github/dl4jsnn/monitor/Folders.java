package io.github.dl4jsnn.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes the folders that a file is about to be written to. */
final class Folders {

  private Folders() {}

  /** Makes the missing parent folders of {@code file}. */
  static void makeParents(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    // createDirectories alone refuses, before Java 20, a parent that is a link to a folder.
    if (parent != null && !Files.isDirectory(parent)) {
      Files.createDirectories(parent);
    }
  }
}
