package io.github.dl4jsnn.text;

import io.github.dl4jsnn.internal.BuilderChecks;
import io.github.dl4jsnn.internal.data.AbstractBatchIterator;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Batches of texts for {@code fit} and {@code evaluate} of networks that begin with DL4J's {@code
 * EmbeddingSequenceLayer}.
 *
 * <p><b>Shapes.</b> Features {@code [N, L]}, ids of {@link TextVocabulary}; features mask {@code
 * [N, L]}, 1 at tokens and 0 at padding; labels {@code [N, C]}, one-hot. A text longer than L
 * tokens loses its end. L is {@link Builder#maxLength maxLength}, or with {@link
 * Builder#padToLongest} the length of the batch's longest text if that is less. A text without
 * tokens is one unknown token, since a row that is masked altogether has no mean.
 *
 * <p>With {@link Builder#shuffle} each epoch has another order, given by the seed and the number of
 * the epoch alone; so it is with {@link Builder#wordDropout}. {@link #reset} begins the next epoch.
 * DL4J prefetches it in its own thread, as {@code fit} does by itself; not for use by several
 * threads at once.
 */
public final class TextIterator extends AbstractBatchIterator {
  private static final long serialVersionUID = 1L;

  private final int[][] ids;
  private final int[] labels;
  private final int numClasses;
  private final int maxLength;
  private final boolean toLongest;
  private final boolean alignEnd;
  private final double dropout;
  private final long dropoutSeed;
  private final DataType type;

  private TextIterator(Builder b) {
    super(b.texts.size(), b.batchSize, b.seed);
    ids = new int[b.texts.size()][];
    labels = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = ids(b, b.texts.get(i).text());
      labels[i] = b.texts.get(i).label();
    }
    numClasses = b.numClasses;
    maxLength = b.maxLength;
    toLongest = b.toLongest;
    alignEnd = b.alignEnd;
    dropout = b.dropout;
    dropoutSeed = b.dropoutSeed;
    type = b.type;
  }

  private static int[] ids(Builder b, String text) {
    int[] all = b.vocabulary.encode(text);
    return all.length == 0
        ? new int[] {TextVocabulary.UNKNOWN}
        : Arrays.copyOf(all, Math.min(all.length, b.maxLength));
  }

  @Override
  protected DataSet batch(int[] order, int from, int to) {
    int n = to - from;
    int length = toLongest ? 1 : maxLength;
    for (int i = from; toLongest && i < to; i++) {
      length = Math.max(length, ids[order[i]].length);
    }
    float[][] features = new float[n][length];
    float[][] mask = new float[n][length];
    float[][] oneHot = new float[n][numClasses];
    for (int i = 0; i < n; i++) {
      int example = order[from + i];
      SplittableRandom random = dropout > 0 ? draws(dropoutSeed, example) : null;
      int start = alignEnd ? length - ids[example].length : 0;
      for (int l = 0; l < ids[example].length; l++) {
        boolean dropped = random != null && random.nextDouble() < dropout;
        features[i][start + l] = dropped ? TextVocabulary.UNKNOWN : ids[example][l];
        mask[i][start + l] = 1;
      }
      oneHot[i][labels[example]] = 1;
    }
    return new DataSet(array(features), array(oneHot), array(mask), null);
  }

  private INDArray array(float[][] values) {
    return Nd4j.createFromArray(values).castTo(type);
  }

  /** Largest number of tokens of a text. */
  @Override
  public int inputColumns() {
    return maxLength;
  }

  /** Number of classes. */
  @Override
  public int totalOutcomes() {
    return numClasses;
  }

  /** Collects the options of a {@link TextIterator}. */
  public static final class Builder {
    private final List<LabelledText> texts;
    private final TextVocabulary vocabulary;
    private final int numClasses;
    private int batchSize = 32;
    private int maxLength = 64;
    private boolean toLongest;
    private boolean alignEnd;
    private Long seed;
    private double dropout;
    private long dropoutSeed;
    private DataType type = DataType.FLOAT;

    /**
     * Batches of 32 texts of 64 tokens in the given order, as float.
     *
     * @param texts at least one
     * @param vocabulary of the training part
     * @param numClasses number of classes C
     * @throws IllegalArgumentException if there is no text, or a label is not below C
     */
    public Builder(List<LabelledText> texts, TextVocabulary vocabulary, int numClasses) {
      this.texts = List.copyOf(texts);
      this.vocabulary = Objects.requireNonNull(vocabulary, "vocabulary");
      this.numClasses = numClasses;
      if (texts.isEmpty()) {
        throw new IllegalArgumentException("expected at least one text");
      }
      for (LabelledText text : texts) {
        if (text.label() >= numClasses) {
          throw new IllegalArgumentException(
              "expected labels below " + numClasses + ", got " + text);
        }
      }
    }

    /**
     * Sets the number of texts in a batch.
     *
     * @param texts at least 1; default 32
     * @return this builder
     */
    public Builder batchSize(int texts) {
      this.batchSize = BuilderChecks.size("TextIterator", "batchSize", texts);
      return this;
    }

    /**
     * Sets the largest number of tokens.
     *
     * @param tokens at least 1; default 64
     * @return this builder
     */
    public Builder maxLength(int tokens) {
      this.maxLength = BuilderChecks.size("TextIterator", "maxLength", tokens);
      return this;
    }

    /**
     * Makes each batch as long as its longest text, not as {@link #maxLength}: saves time, but the
     * length then differs from batch to batch.
     *
     * @param toLongest default false
     * @return this builder
     */
    public Builder padToLongest(boolean toLongest) {
      this.toLongest = toLongest;
      return this;
    }

    /**
     * Puts the padding before each text: the last place is then that of the last token, and a
     * positional code counts from the end.
     *
     * @param alignEnd default false: padding behind the text
     * @return this builder
     */
    public Builder alignEnd(boolean alignEnd) {
      this.alignEnd = alignEnd;
      return this;
    }

    /**
     * Gives each epoch another order.
     *
     * @param seed equal seeds, equal orders; default: the order of the list, in every epoch
     * @return this builder
     */
    public Builder shuffle(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * Makes tokens unknown at random, others in each epoch: regularisation, for training only.
     *
     * @param probability for each token, from 0 to below 1; default 0
     * @param seed equal seeds, equal draws
     * @return this builder
     */
    public Builder wordDropout(double probability, long seed) {
      if (!(probability >= 0 && probability < 1)) {
        throw new IllegalArgumentException(
            "wordDropout must be at least 0 and below 1, was " + probability);
      }
      this.dropout = probability;
      this.dropoutSeed = seed;
      return this;
    }

    /**
     * Sets the type of the arrays, which should be that of the network.
     *
     * @param type FLOAT or DOUBLE; default FLOAT
     * @return this builder
     */
    public Builder dataType(DataType type) {
      this.type = Objects.requireNonNull(type, "type");
      return this;
    }

    /**
     * Returns the iterator, at the beginning of its first epoch.
     *
     * @return a new iterator
     */
    public TextIterator build() {
      return new TextIterator(this);
    }
  }
}
