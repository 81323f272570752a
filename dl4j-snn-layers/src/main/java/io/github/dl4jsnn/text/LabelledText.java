package io.github.dl4jsnn.text;

import java.util.Objects;

/** A text and its class. */
public final class LabelledText {
  private final String text;
  private final int label;

  /**
   * A text of a class.
   *
   * @param text any text
   * @param label number of the class, from 0
   * @throws IllegalArgumentException if the label is negative
   */
  public LabelledText(String text, int label) {
    this.text = Objects.requireNonNull(text, "text");
    this.label = label;
    if (label < 0) {
      throw new IllegalArgumentException("expected a label of at least 0, got " + label);
    }
  }

  /**
   * The text.
   *
   * @return as it was given
   */
  public String text() {
    return text;
  }

  /**
   * The class.
   *
   * @return its number, from 0
   */
  public int label() {
    return label;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof LabelledText
        && ((LabelledText) o).label == label
        && ((LabelledText) o).text.equals(text);
  }

  @Override
  public int hashCode() {
    return 31 * text.hashCode() + label;
  }

  @Override
  public String toString() {
    return label + ": " + text;
  }
}
