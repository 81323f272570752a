package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.text.TextData;
import io.github.dl4jsnn.vision.ImageData;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** What the mains of this package share on the command line. */
final class Commands {

  private Commands() {}

  /** Returns the command line of a main; its exit codes are 0 done, 1 failed, 2 bad option. */
  static CommandLine of(Object main) {
    return new CommandLine(main).setCaseInsensitiveEnumValuesAllowed(true);
  }

  /** Runs a main and leaves the JVM with its exit code, if it failed. */
  static void run(Object main, String... args) {
    int exitCode = of(main).execute(args);
    // Not on success: under exec:java this JVM is Maven's.
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  /** Loads a graph; one that is not there is a bad option. */
  static GraphData load(NodeData data, CommandLine commandLine) throws IOException {
    try {
      return data.load();
    } catch (IllegalStateException e) {
      throw new ParameterException(commandLine, "--data " + data + ": " + e.getMessage(), e);
    }
  }

  /** Loads texts; those that are not there are a bad option. */
  static TextData load(TextSet data, CommandLine commandLine) throws IOException {
    try {
      return data.load();
    } catch (IllegalStateException e) {
      throw new ParameterException(commandLine, "--data " + data + ": " + e.getMessage(), e);
    }
  }

  /** Loads digits; those that are not there are a bad option. */
  static ImageData load(DigitSet data, CommandLine commandLine) throws IOException {
    try {
      return data.load();
    } catch (IllegalStateException e) {
      throw new ParameterException(commandLine, "--data " + data + ": " + e.getMessage(), e);
    }
  }

  /** Returns the Maven command that runs a main with the options it was given. */
  static String maven(CommandLine commandLine) {
    return "mvn -q -pl dl4j-snn-examples -am compile exec:java -Dexec.mainClass="
        + commandLine.getCommand().getClass().getName()
        + " -Dexec.args='"
        + String.join(" ", commandLine.getParseResult().originalArgs())
        + "'";
  }
}
