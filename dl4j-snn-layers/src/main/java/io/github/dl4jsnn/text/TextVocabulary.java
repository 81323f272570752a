package io.github.dl4jsnn.text;

import io.github.dl4jsnn.internal.BuilderChecks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.deeplearning4j.models.word2vec.VocabWord;
import org.deeplearning4j.models.word2vec.wordstore.VocabCache;
import org.deeplearning4j.models.word2vec.wordstore.inmemory.AbstractCache;
import org.deeplearning4j.text.tokenization.tokenizerfactory.TokenizerFactory;

/**
 * Numbers for tokens, kept in DL4J's {@code VocabCache}: {@value #PADDING} is padding, {@value
 * #UNKNOWN} any token that is not in the vocabulary, then the tokens from the most frequent to the
 * rarest, those of equal frequency in the order of {@code String}.
 *
 * <p>Build it from texts of the training part only: tokens of other parts would tell a network what
 * it is tested on. {@link #toJson} and {@link #fromJson} carry it beside a saved network.
 *
 * <p>Not changed after it is built.
 */
public final class TextVocabulary {

  /** Id of what fills the end of a short text. */
  public static final int PADDING = 0;

  /** Id of every token that is not in the vocabulary. */
  public static final int UNKNOWN = 1;

  /** Ids are floats in a network, which are exact up to here. */
  private static final int MAX_SIZE = 1 << 24;

  private static final String[] RESERVED = {"<pad>", "<unk>"};

  private final TokenizerFactory tokenizers;
  private final AbstractCache<VocabWord> cache;

  private TextVocabulary(TokenizerFactory tokenizers, AbstractCache<VocabWord> cache) {
    this.tokenizers = Objects.requireNonNull(tokenizers, "tokenizers");
    this.cache = cache;
    for (int i = 0; i < RESERVED.length; i++) {
      if (!RESERVED[i].equals(cache.wordAtIndex(i))) {
        throw new IllegalArgumentException(
            String.format(
                "vocabulary: expected %s as word %d, got %s",
                RESERVED[i], i, cache.wordAtIndex(i)));
      }
    }
    if (cache.numWords() > MAX_SIZE) {
      throw new IllegalArgumentException(
          "vocabulary: expected at most " + MAX_SIZE + " words, got " + cache.numWords());
    }
  }

  /**
   * Number of ids.
   *
   * @return tokens of the vocabulary and 2; nIn of the embedding
   */
  public int size() {
    return cache.numWords();
  }

  /**
   * The id of a token.
   *
   * @param token as the tokenizers make them
   * @return the id, {@value #UNKNOWN} if the token is not in the vocabulary
   */
  public int id(String token) {
    int index = cache.indexOf(token);
    return index < RESERVED.length ? UNKNOWN : index;
  }

  /**
   * The token of an id.
   *
   * @param id from 0 to {@link #size()} - 1
   * @return the token; something in angle brackets for padding and unknown tokens
   * @throws IndexOutOfBoundsException if there is none
   */
  public String token(int id) {
    return cache.wordAtIndex(Objects.checkIndex(id, size()));
  }

  /**
   * The ids of a text.
   *
   * @param text any text
   * @return one id for each token; none if the text has no tokens
   */
  public int[] encode(String text) {
    return tokenizers.create(text).getTokens().stream().mapToInt(this::id).toArray();
  }

  /**
   * DL4J's vocabulary.
   *
   * @return words with index and frequency; not to be changed
   */
  public VocabCache<VocabWord> cache() {
    return cache;
  }

  /**
   * Writes the vocabulary as DL4J does.
   *
   * @return JSON of DL4J's {@code AbstractCache}
   */
  public String toJson() {
    try {
      return cache.toJson();
    } catch (IOException e) {
      throw new IllegalStateException("vocabulary: could not be written", e);
    }
  }

  /**
   * Restores a vocabulary.
   *
   * @param json of {@link #toJson}
   * @param tokenizers the same as before
   * @return the same vocabulary
   * @throws IllegalArgumentException if it is not such JSON
   */
  public static TextVocabulary fromJson(String json, TokenizerFactory tokenizers) {
    AbstractCache<VocabWord> cache;
    try {
      cache = AbstractCache.fromJson(json);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException("vocabulary: expected JSON of toJson(), got other", e);
    }
    return new TextVocabulary(tokenizers, cache);
  }

  @Override
  public String toString() {
    return String.format("vocabulary of %d tokens", size() - RESERVED.length);
  }

  /** Collects the options of a {@link TextVocabulary}. */
  public static final class Builder {
    private final TokenizerFactory tokenizers;
    private int minFrequency = 1;
    private int maxTokens = MAX_SIZE - RESERVED.length;

    /**
     * All tokens of the texts.
     *
     * @param tokenizers what cuts texts into tokens
     */
    public Builder(TokenizerFactory tokenizers) {
      this.tokenizers = Objects.requireNonNull(tokenizers, "tokenizers");
    }

    /**
     * Leaves out rare tokens; they become unknown ones, whose embedding is so trained.
     *
     * @param times least number of times that a token occurs; default 1
     * @return this builder
     */
    public Builder minFrequency(int times) {
      this.minFrequency = BuilderChecks.size("TextVocabulary", "minFrequency", times);
      return this;
    }

    /**
     * Bounds the number of tokens; the most frequent are kept.
     *
     * @param tokens at least 1; default 2^24 - 2
     * @return this builder
     */
    public Builder maxTokens(int tokens) {
      this.maxTokens =
          Math.min(
              BuilderChecks.size("TextVocabulary", "maxTokens", tokens),
              MAX_SIZE - RESERVED.length);
      return this;
    }

    /**
     * Returns the vocabulary of labelled texts.
     *
     * @param texts those of the training part
     * @return a new vocabulary
     */
    public TextVocabulary build(List<LabelledText> texts) {
      return buildFrom(texts.stream().map(LabelledText::text).collect(Collectors.toList()));
    }

    /**
     * Returns the vocabulary of texts.
     *
     * @param texts those of the training part
     * @return a new vocabulary
     */
    public TextVocabulary buildFrom(Collection<String> texts) {
      Map<String, Integer> counts = new HashMap<>();
      for (String text : texts) {
        tokenizers.create(text).getTokens().forEach(t -> counts.merge(t, 1, Integer::sum));
      }
      List<String> tokens = new ArrayList<>(counts.keySet());
      tokens.removeIf(t -> counts.get(t) < minFrequency || List.of(RESERVED).contains(t));
      tokens.sort(
          Comparator.<String>comparingInt(t -> -counts.get(t))
              .thenComparing(Comparator.naturalOrder()));
      AbstractCache<VocabWord> cache = new AbstractCache.Builder<VocabWord>().build();
      for (String reserved : RESERVED) {
        add(cache, reserved, 1);
      }
      tokens.stream().limit(maxTokens).forEach(t -> add(cache, t, counts.get(t)));
      texts.forEach(t -> cache.incrementTotalDocCount());
      return new TextVocabulary(tokenizers, cache);
    }

    private static void add(AbstractCache<VocabWord> cache, String word, int count) {
      int index = cache.numWords();
      if (!cache.addToken(new VocabWord(count, word))) {
        throw new IllegalStateException(
            "vocabulary: DL4J's VocabCache takes \"" + word + "\" for another word");
      }
      cache.addWordToIndex(index, word);
    }
  }
}
