package io.github.dl4jsnn.graph;

import io.github.dl4jsnn.internal.text.TextFiles;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A file of tab-separated fields without header, read row by row; names ending in {@code .gz} are
 * unpacked. Every error is an {@link IOException} naming file and line, what was expected and what
 * came.
 */
final class TsvFile implements Closeable {
  private final String file;
  private final BufferedReader reader;
  private final boolean comments;
  private int line;
  private String[] fields;

  private TsvFile(String file, InputStream in, boolean comments) {
    this.file = file;
    this.comments = comments;
    reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  static TsvFile open(Path path) throws IOException {
    return new TsvFile(path.toString(), TextFiles.open(path), false);
  }

  /** Opens a resource of the library, in which lines that begin with # tell where it is from. */
  static TsvFile resource(String name, InputStream in) {
    return new TsvFile(name, in, true);
  }

  /** Reads the next row; false at the end of the file. */
  boolean next(int numFields) throws IOException {
    String text = readLine();
    while (comments && text != null && text.startsWith("#")) {
      text = readLine();
    }
    if (text == null) {
      return false;
    }
    fields = text.split("\t", -1);
    if (fields.length != numFields) {
      throw error(numFields + " tab-separated fields", fields.length + ": \"" + text + '"');
    }
    return true;
  }

  private String readLine() throws IOException {
    try {
      String text = reader.readLine();
      line += text == null ? 0 : 1;
      return text;
    } catch (IOException e) {
      throw new IOException(
          String.format(
              "%s: expected to read on after line %d, got: %s (is the file cut off?)",
              file, line, e.getMessage()),
          e);
    }
  }

  String text(int field) {
    return fields[field];
  }

  /** Returns a field as a whole number from {@code min} to {@code max}, both included. */
  int integer(int field, int min, int max, String what) throws IOException {
    return integer(fields[field], min, max, what);
  }

  int integer(String text, int min, int max, String what) throws IOException {
    try {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // The same error as for a number out of range follows.
    }
    throw error(String.format("%s of %d to %d", what, min, max), '"' + text + '"');
  }

  float finite(String text, String what) throws IOException {
    try {
      float number = Float.parseFloat(text);
      if (Float.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // The same error as for NaN and infinity follows.
    }
    throw error("a finite number as " + what, '"' + text + '"');
  }

  Split split(int field) throws IOException {
    switch (fields[field]) {
      case "train":
        return Split.TRAIN;
      case "val":
        return Split.VALIDATION;
      case "test":
        return Split.TEST;
      case "none":
        return Split.NONE;
      default:
        throw error("train, val, test or none", '"' + fields[field] + '"');
    }
  }

  /** Checks the number of rows read so far, at the end of the file. */
  void expectRows(int expected, String what) throws IOException {
    if (line != expected) {
      throw new IOException(
          String.format("%s: expected %d rows, %s, got %d", file, expected, what, line));
    }
  }

  IOException error(String expected, String actual) {
    return new IOException(
        String.format("%s, line %d: expected %s, got %s", file, line, expected, actual));
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
