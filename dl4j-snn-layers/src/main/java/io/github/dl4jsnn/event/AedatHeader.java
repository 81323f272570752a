package io.github.dl4jsnn.event;

import java.io.IOException;

/** The text at the beginning of AEDAT files: lines that begin with {@code #}. */
final class AedatHeader {
  private static final String VERSION = "#!AER-DAT";
  private static final String END = "#!END-HEADER";

  /** Characters of a line that are looked at. */
  private static final int KEEP = 64;

  private AedatHeader() {}

  /** Checks the version, which is the first line. */
  static void version(ByteSource source, String version) throws IOException {
    String line = source.startsWith('#') ? source.line(KEEP) : "";
    if (!line.equals(VERSION + version)) {
      throw source.error(
          0, "expected the line " + VERSION + version + ", got " + ByteSource.shown(line));
    }
  }

  /** Passes over lines while there are any. */
  static void skipLines(ByteSource source) throws IOException {
    while (source.startsWith('#')) {
      source.line(0);
    }
  }

  /** Passes over lines up to the one that ends the header. */
  static void skipToEnd(ByteSource source) throws IOException {
    while (source.startsWith('#')) {
      if (source.line(KEEP).equals(END)) {
        return;
      }
    }
    throw source.error(
        source.position(), "expected a header line, of which the last one is " + END);
  }
}
