package io.github.dl4jsnn.text;

import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.internal.data.TsvFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads labelled texts from a file: a row {@code split<TAB>label<TAB>text} for each, UTF-8, no
 * header, no quoting, gzipped if the name ends in {@code .gz}. Labels start at 0.
 *
 * <p>The split is either {@code train}, {@code dev} or {@code test}, or the number of a fold,
 * {@code cv0}, {@code cv1} and so on, in all rows. Of K folds one is the test part, the one behind
 * it (fold 0 behind the last) the validation part, the others the training part.
 */
public final class TextDataReader {
  private static final int MAX_CLASSES = 1 << 16;
  private static final int MAX_FOLDS = 1000;
  private static final String FOLD = "cv";

  private TextDataReader() {}

  /**
   * Reads a file; of folds, 0 is the test part and 1 the validation part.
   *
   * @param file with the texts
   * @return the data, named like the file without its endings
   * @throws IOException if the file is missing, cut off or malformed; the message names file and
   *     line, what was expected and what came
   */
  public static TextData read(Path file) throws IOException {
    return read(file, 0);
  }

  /**
   * Reads a file for one run of a cross-validation.
   *
   * @param file with the texts
   * @param testFold the fold to test on; must be 0 for a file without folds
   * @return the data, named like the file without its endings
   * @throws IOException if the file is missing, cut off or malformed, or has no such fold
   */
  public static TextData read(Path file, int testFold) throws IOException {
    List<Row> rows = new ArrayList<>();
    int folds = 0;
    try (TsvFile tsv = TsvFile.open(file)) {
      while (tsv.next(3)) {
        Row row = new Row(tsv);
        if (!rows.isEmpty() && row.fold < 0 != rows.get(0).fold < 0) {
          throw tsv.error(
              rows.get(0).fold < 0 ? "train, dev or test as above" : "a fold as above",
              '"' + tsv.text(0) + '"');
        }
        rows.add(row);
        folds = Math.max(folds, row.fold + 1);
      }
    }
    checkFolds(file, folds, testFold);
    String fileName = file.getFileName().toString();
    TextData.Builder data = TextData.builder(fileName.replaceFirst("\\..*", ""));
    for (Row row : rows) {
      Split split = row.fold < 0 ? row.split : split(row.fold, testFold, folds);
      data.add(split, row.text, row.label);
    }
    try {
      return data.build();
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  private static void checkFolds(Path file, int folds, int testFold) throws IOException {
    boolean wanted = testFold == 0 || testFold > 0 && testFold < folds;
    if (!wanted || folds == 1 || folds == 2) {
      throw new IOException(
          String.format(
              "%s: expected at least 3 folds and test fold %d among them, got %d folds",
              file, testFold, folds));
    }
  }

  private static Split split(int fold, int testFold, int folds) {
    if (fold == testFold) {
      return Split.TEST;
    }
    return fold == (testFold + 1) % folds ? Split.VALIDATION : Split.TRAIN;
  }

  /** One row of the file, with its split or, if not negative, its fold. */
  private static final class Row {
    final Split split;
    final int fold;
    final int label;
    final String text;

    Row(TsvFile tsv) throws IOException {
      String part = tsv.text(0);
      split = split(part);
      fold = split == null ? fold(tsv, part) : -1;
      label = tsv.integer(1, 0, MAX_CLASSES - 1, "a label");
      text = tsv.text(2);
      if (text.isBlank()) {
        throw tsv.error("a text", "an empty one");
      }
    }

    private static Split split(String part) {
      switch (part) {
        case "train":
          return Split.TRAIN;
        case "dev":
          return Split.VALIDATION;
        case "test":
          return Split.TEST;
        default:
          return null;
      }
    }

    private static int fold(TsvFile tsv, String part) throws IOException {
      if (!part.startsWith(FOLD)) {
        throw tsv.error("train, dev, test or a fold such as cv0", '"' + part + '"');
      }
      return tsv.integer(part.substring(FOLD.length()), 0, MAX_FOLDS, "a fold cv0, cv1, ...");
    }
  }
}
