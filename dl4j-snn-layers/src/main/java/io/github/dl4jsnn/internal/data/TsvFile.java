package io.github.dl4jsnn.internal.data;

import io.github.dl4jsnn.graph.Split;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A file of tab-separated fields without header, read row by row; names ending in {@code .gz} are
 * unpacked. Bytes that are not UTF-8 are refused. Every error is an {@link IOException} naming file
 * and line, what was expected and what came.
 */
public final class TsvFile implements Closeable {
  private final String file;
  private final BufferedReader reader;
  private final boolean comments;
  private int line;
  private String[] fields;

  private TsvFile(String file, InputStream in, boolean comments) {
    this.file = file;
    this.comments = comments;
    reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
  }

  /**
   * Opens a file.
   *
   * @param path of the file; unpacked if it ends in {@code .gz}
   * @return the open file, before its first row
   * @throws IOException if there is none, or it is not a gzip file
   */
  public static TsvFile open(Path path) throws IOException {
    return new TsvFile(path.toString(), DataFiles.open(path), false);
  }

  /**
   * Opens a resource of the library, in which lines that begin with # tell where it is from.
   *
   * @param name what messages call it
   * @param in its bytes
   * @return the open resource, before its first row
   */
  public static TsvFile resource(String name, InputStream in) {
    return new TsvFile(name, in, true);
  }

  /**
   * Reads the next row.
   *
   * @param numFields that the row must have
   * @return false at the end of the file
   * @throws IOException if the row has another number of fields, or the file is damaged
   */
  public boolean next(int numFields) throws IOException {
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

  /**
   * Returns a field of the row.
   *
   * @param field from 0
   * @return its text
   */
  public String text(int field) {
    return fields[field];
  }

  /**
   * Returns a field as a whole number.
   *
   * @param field from 0
   * @param min smallest number that is valid
   * @param max largest number that is valid
   * @param what the message calls it
   * @return the number
   * @throws IOException if it is no such number
   */
  public int integer(int field, int min, int max, String what) throws IOException {
    return integer(fields[field], min, max, what);
  }

  /**
   * Returns a part of a field as a whole number.
   *
   * @param text the part
   * @param min smallest number that is valid
   * @param max largest number that is valid
   * @param what the message calls it
   * @return the number
   * @throws IOException if it is no such number
   */
  public int integer(String text, int min, int max, String what) throws IOException {
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

  /**
   * Returns a part of a field as a finite number.
   *
   * @param text the part
   * @param what the message calls it
   * @return the number
   * @throws IOException if it is none
   */
  public float finite(String text, String what) throws IOException {
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

  /**
   * Returns a field as the part that a node is in.
   *
   * @param field from 0
   * @return the part
   * @throws IOException if it is none
   */
  public Split split(int field) throws IOException {
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

  /**
   * Checks the number of rows read so far, at the end of the file.
   *
   * @param expected number
   * @param what the message says about it
   * @throws IOException if it is another
   */
  public void expectRows(int expected, String what) throws IOException {
    if (line != expected) {
      throw new IOException(
          String.format("%s: expected %d rows, %s, got %d", file, expected, what, line));
    }
  }

  /**
   * Makes an error that names file and line.
   *
   * @param expected what
   * @param actual what came instead
   * @return the error, to be thrown
   */
  public IOException error(String expected, String actual) {
    return new IOException(
        String.format("%s, line %d: expected %s, got %s", file, line, expected, actual));
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
