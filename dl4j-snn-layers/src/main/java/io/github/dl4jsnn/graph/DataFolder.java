package io.github.dl4jsnn.graph;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Optional;

/**
 * Finds the folder that the data sets lie in. The first of these that is set or there counts:
 *
 * <ol>
 *   <li>system property {@value #PROPERTY},
 *   <li>environment variable {@value #ENVIRONMENT},
 *   <li>{@code shared/data} beside the working directory or beside one of its parents.
 * </ol>
 */
public final class DataFolder {

  /** The system property that names the folder. */
  public static final String PROPERTY = "dl4j.snn.data";

  /** The environment variable that names the folder. */
  public static final String ENVIRONMENT = "DL4J_SNN_DATA";

  private static final Path BESIDE = Paths.get("shared", "data");

  private DataFolder() {}

  /**
   * Returns the data folder, or nothing if it is neither set nor there.
   *
   * @throws IllegalStateException if property or variable is set to something that is not a folder
   */
  public static Optional<Path> find() {
    return find(
        System.getProperty(PROPERTY), System.getenv(ENVIRONMENT), Paths.get("").toAbsolutePath());
  }

  /**
   * Returns the data folder.
   *
   * @throws IllegalStateException if there is none; the message says how to set it
   */
  public static Path require() {
    return require(find());
  }

  static Path require(Optional<Path> found) {
    return found.orElseThrow(
        () ->
            new IllegalStateException(
                String.format(
                    "no data folder found: set the system property %s (-D%s=FOLDER) or the environment"
                        + " variable %s, or put the data into %s beside the checkout",
                    PROPERTY, PROPERTY, ENVIRONMENT, BESIDE)));
  }

  static Optional<Path> find(String property, String environment, Path workingDirectory) {
    if (isSet(property)) {
      return Optional.of(folder("system property " + PROPERTY, property));
    }
    if (isSet(environment)) {
      return Optional.of(folder("environment variable " + ENVIRONMENT, environment));
    }
    for (Path dir = workingDirectory; dir.getParent() != null; dir = dir.getParent()) {
      Path candidate = dir.resolveSibling(BESIDE);
      if (Files.isDirectory(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private static boolean isSet(String value) {
    return value != null && !value.isBlank();
  }

  /** What a user has set is used or refused, never passed over. */
  private static Path folder(String setting, String value) {
    Path path = Paths.get(value);
    if (!Files.isDirectory(path)) {
      throw new IllegalStateException(
          String.format("%s: expected an existing folder, got %s", setting, path.toAbsolutePath()));
    }
    return path;
  }
}
