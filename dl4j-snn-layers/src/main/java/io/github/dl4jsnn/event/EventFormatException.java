package io.github.dl4jsnn.event;

import java.io.IOException;

/** A file of events is cut off, damaged or of another format; says in which byte of which file. */
public final class EventFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final long offset;

  /**
   * An error at a place of a file.
   *
   * @param file name of the file
   * @param offset where the record begins that makes no sense, in bytes from the start of the file
   * @param message what was expected and what came
   */
  public EventFormatException(String file, long offset, String message) {
    this(file, offset, message, null);
  }

  /**
   * An error at a place of a file, found by another library.
   *
   * @param file name of the file
   * @param offset where the record begins that makes no sense, in bytes from the start of the file
   * @param message what was expected and what came
   * @param cause what the other library said
   */
  public EventFormatException(String file, long offset, String message, Throwable cause) {
    super(String.format("%s: byte %d: %s", file, offset, message), cause);
    this.file = file;
    this.offset = offset;
  }

  /**
   * Returns the name of the file.
   *
   * @return as it was opened
   */
  public String getFile() {
    return file;
  }

  /**
   * Returns where the record begins that makes no sense.
   *
   * @return bytes from the start of the file
   */
  public long getOffset() {
    return offset;
  }
}
