package io.github.dl4jsnn.text;

import io.github.dl4jsnn.graph.Split;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Labelled texts in three parts, none of which holds a text of another: a text that recurs is kept
 * in the test part, else in the validation part, and left out of the others. (Twice in one part is
 * no matter.)
 *
 * <p>Immutable.
 */
public final class TextData {
  private final String name;
  private final int numClasses;
  private final Map<Split, List<LabelledText>> parts;
  private final int leftOut;

  private TextData(Builder b) {
    name = b.name;
    Set<String> seen = new HashSet<>();
    parts = new EnumMap<>(Split.class);
    int given = 0;
    for (Split split : new Split[] {Split.TEST, Split.VALIDATION, Split.TRAIN}) {
      List<LabelledText> part = new ArrayList<>(b.parts.get(split));
      given += part.size();
      part.removeIf(t -> seen.contains(t.text()));
      part.forEach(t -> seen.add(t.text()));
      if (part.isEmpty()) {
        throw new IllegalArgumentException(name + ": expected at least one text in " + split);
      }
      parts.put(split, List.copyOf(part));
    }
    leftOut = given - parts.values().stream().mapToInt(List::size).sum();
    numClasses = checkedClasses();
  }

  private int checkedClasses() {
    int classes = 0;
    for (List<LabelledText> part : parts.values()) {
      for (LabelledText text : part) {
        classes = Math.max(classes, text.label() + 1);
      }
    }
    boolean[] trained = new boolean[classes];
    part(Split.TRAIN).forEach(t -> trained[t.label()] = true);
    for (int c = 0; c < classes; c++) {
      if (!trained[c]) {
        throw new IllegalArgumentException(
            String.format(
                "%s: expected texts of each of %d classes in TRAIN, got none of class %d",
                name, classes, c));
      }
    }
    return classes;
  }

  /**
   * Texts under a name.
   *
   * @param name of the data set
   * @return a builder without texts
   */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /**
   * Name of the data set.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * Number of classes.
   *
   * @return one more than the largest label
   */
  public int numClasses() {
    return numClasses;
  }

  /**
   * The texts of a part.
   *
   * @param split TRAIN, VALIDATION or TEST
   * @return at least one text, unmodifiable
   * @throws IllegalArgumentException for NONE
   */
  public List<LabelledText> part(Split split) {
    List<LabelledText> part = parts.get(split);
    if (part == null) {
      throw new IllegalArgumentException("expected TRAIN, VALIDATION or TEST, got " + split);
    }
    return part;
  }

  /**
   * Number of texts that were left out because they recur in a part that is held out.
   *
   * @return the number
   */
  public int leftOut() {
    return leftOut;
  }

  @Override
  public String toString() {
    return String.format(
        "%s: %d classes, %d/%d/%d texts to train/validate/test, %d left out as they recur",
        name,
        numClasses,
        part(Split.TRAIN).size(),
        part(Split.VALIDATION).size(),
        part(Split.TEST).size(),
        leftOut);
  }

  /** Collects the texts of a {@link TextData}. */
  public static final class Builder {
    private final String name;
    private final Map<Split, List<LabelledText>> parts = new EnumMap<>(Split.class);

    private Builder(String name) {
      this.name = Objects.requireNonNull(name, "name");
      for (Split split : Split.values()) {
        parts.put(split, new ArrayList<>());
      }
    }

    /**
     * Adds a text.
     *
     * @param split the part; texts of NONE are not kept
     * @param text any text
     * @param label number of its class, from 0
     * @return this builder
     */
    public Builder add(Split split, String text, int label) {
      parts.get(split).add(new LabelledText(text, label));
      return this;
    }

    /**
     * Returns the data.
     *
     * @return new data
     * @throws IllegalArgumentException if a part is empty, or a class has no text to train on
     */
    public TextData build() {
      return new TextData(this);
    }
  }
}
