package io.github.dl4jsnn.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * Golden vectors: what other libraries compute where their equations are ours. The files are made
 * by {@code dl4j-snn-tests/golden/generate.py}; the README beside it explains them.
 */
public final class GoldenFile {

  /** Reads the files and, in them, neurons and surrogates of this library. */
  public static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final JsonNode root;

  private GoldenFile(Path path) {
    this.name = path.getFileName().toString();
    try {
      this.root = JSON.readTree(path.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * All files whose names match.
   *
   * @param glob such as {@code lif-*.json}
   * @return files, by name
   */
  public static List<GoldenFile> find(String glob) {
    try {
      URI folder = Objects.requireNonNull(GoldenFile.class.getResource("/golden")).toURI();
      try (Stream<Path> paths = Files.list(Paths.get(folder))) {
        return paths
            .filter(p -> p.getFileSystem().getPathMatcher("glob:" + glob).matches(p.getFileName()))
            .sorted()
            .map(GoldenFile::new)
            .collect(Collectors.toList());
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The cases as they stand in the file.
   *
   * @return cases
   */
  public JsonNode cases() {
    return root.get("cases");
  }

  /**
   * A number that holds for all cases.
   *
   * @param key its name
   * @return the number
   */
  public int number(String key) {
    return root.get(key).intValue();
  }

  /**
   * Every case on every input.
   *
   * @return runs
   */
  public List<GoldenRun> runs() {
    List<GoldenRun> runs = new ArrayList<>();
    for (JsonNode c : cases()) {
      for (JsonNode run : c.get("runs")) {
        runs.add(new GoldenRun(root, c, run));
      }
    }
    return runs;
  }

  /**
   * Numbers of an array.
   *
   * @param array JSON array
   * @return values
   */
  public static double[] numbers(JsonNode array) {
    double[] v = new double[array.size()];
    for (int i = 0; i < v.length; i++) {
      v[i] = array.get(i).doubleValue();
    }
    return v;
  }

  @Override
  public String toString() {
    return name;
  }
}
