package io.github.dl4jsnn.examples;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Runs a main class in a new JVM, with the class path of this one. */
final class FreshJvm {

  private FreshJvm() {}

  /**
   * Runs a main class and returns what it printed.
   *
   * @param main class with a main method
   * @param properties names of system properties to hand on, where they are set
   * @param args its arguments
   * @throws IOException if it cannot be started or fails; with what it printed
   */
  static String run(Class<?> main, List<String> properties, String... args)
      throws IOException, InterruptedException {
    return run(main, List.of(), properties, args);
  }

  /**
   * Runs a main class with options of the JVM and returns what it printed.
   *
   * @param main class with a main method
   * @param options of the new JVM
   * @param properties names of system properties to hand on, where they are set
   * @param args its arguments
   * @throws IOException if it cannot be started or fails; with what it printed
   */
  static String run(Class<?> main, List<String> options, List<String> properties, String... args)
      throws IOException, InterruptedException {
    ProcessBuilder builder = builder(main, options, properties, args).redirectErrorStream(true);
    Process process = builder.start();
    process.getOutputStream().close();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exitCode = process.waitFor();
    if (exitCode != 0) {
      throw new IOException(
          main.getName() + " ended with exit code " + exitCode + " and printed:\n" + printed);
    }
    return printed;
  }

  /**
   * Prepares a new JVM that runs a main class.
   *
   * @param main class with a main method
   * @param options of the new JVM
   * @param properties names of system properties to hand on, where they are set
   * @param args its arguments
   */
  static ProcessBuilder builder(
      Class<?> main, List<String> options, List<String> properties, String... args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Paths.get(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    for (String property : properties) {
      if (System.getProperty(property) != null) {
        command.add("-D" + property + "=" + System.getProperty(property));
      }
    }
    command.add(main.getName());
    command.addAll(Arrays.asList(args));
    ProcessBuilder builder = new ProcessBuilder(command);
    // As a variable, not an option: a class path can be longer than a command line may be.
    builder.environment().put("CLASSPATH", classPath(main));
    return builder;
  }

  /**
   * Returns the class path that a class was loaded from. {@code java.class.path} alone is not it
   * under exec:java, where it is Maven's own and the program's is in class loaders.
   */
  static String classPath(Class<?> type) throws IOException {
    Set<String> entries = new LinkedHashSet<>();
    for (ClassLoader l = type.getClassLoader(); l != null; l = l.getParent()) {
      if (l instanceof URLClassLoader) {
        for (URL url : ((URLClassLoader) l).getURLs()) {
          entries.add(file(url).toString());
        }
      }
    }
    if (entries.isEmpty()) {
      return System.getProperty("java.class.path");
    }
    return String.join(File.pathSeparator, entries);
  }

  private static Path file(URL url) throws IOException {
    try {
      return Paths.get(url.toURI());
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new IOException("Expected a file or folder on the class path, got " + url, e);
    }
  }
}
