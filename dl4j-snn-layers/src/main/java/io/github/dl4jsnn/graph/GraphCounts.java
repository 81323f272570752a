package io.github.dl4jsnn.graph;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** The counts in a graph's properties file, which the other files are checked against. */
final class GraphCounts {
  private final Path file;
  private final Properties properties;
  private final int nodes;
  private final int edges;
  private final int features;
  private final int classes;

  private GraphCounts(Path file, Properties properties) throws IOException {
    this.file = file;
    this.properties = properties;
    nodes = required("nodes", 1);
    edges = required("edges", 0);
    features = required("features", 0);
    classes = required("classes", 0);
  }

  static GraphCounts read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new FileNotFoundException(file + ": expected a file, found none");
    }
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      properties.load(in);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": expected a properties file, got: " + e.getMessage(), e);
    }
    return new GraphCounts(file, properties);
  }

  int nodes() {
    return nodes;
  }

  /** Undirected edges. */
  int edges() {
    return edges;
  }

  int features() {
    return features;
  }

  int classes() {
    return classes;
  }

  /** Checks a count that the file need not hold. */
  void check(String key, int actual) throws IOException {
    if (properties.containsKey(key) && required(key, 0) != actual) {
      throw new IOException(
          String.format(
              "%s: expected %s=%s as the file says, got %d",
              file, key, properties.getProperty(key), actual));
    }
  }

  private int required(String key, int min) throws IOException {
    String text = properties.getProperty(key);
    try {
      int count = Integer.parseInt(String.valueOf(text).trim());
      if (count >= min) {
        return count;
      }
    } catch (NumberFormatException e) {
      // The same error as for a count out of range follows.
    }
    throw new IOException(
        String.format("%s: expected %s=(a count of at least %d), got %s", file, key, min, text));
  }
}
