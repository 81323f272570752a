package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.text.TextCorpus;
import io.github.dl4jsnn.text.TextData;
import java.io.IOException;
import java.util.Locale;
import org.deeplearning4j.text.tokenization.tokenizerfactory.DefaultTokenizerFactory;
import org.deeplearning4j.text.tokenization.tokenizerfactory.TokenizerFactory;

/** The texts that the examples know: generated ones, and those of the data folder. */
enum TextSet {
  /** {@link GeneratedReviews}. */
  TINY(null),
  /** Film reviews, two classes. */
  MR(TextCorpus.MR),
  /** Stanford Sentiment Treebank, two classes. */
  SST2(TextCorpus.SST2),
  /** Stanford Sentiment Treebank, five classes. */
  SST5(TextCorpus.SST5),
  /** Subjective and objective sentences. */
  SUBJ(TextCorpus.SUBJ),
  /** Reviews of delivered meals, Chinese. */
  WAIMAI(TextCorpus.WAIMAI),
  /** Reviews of hotels, Chinese. */
  CHNSENTI(TextCorpus.CHNSENTI);

  private static final int GENERATED = 1200;

  private final TextCorpus corpus;

  TextSet(TextCorpus corpus) {
    this.corpus = corpus;
  }

  TextData load() throws IOException {
    return corpus == null ? GeneratedReviews.generate(GENERATED, 1) : corpus.load();
  }

  TokenizerFactory tokenizers() {
    return corpus == null ? new DefaultTokenizerFactory() : corpus.tokenizers();
  }

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
