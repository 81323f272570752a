package io.github.dl4jsnn.text;

import io.github.dl4jsnn.graph.DataFolder;
import java.io.IOException;
import java.util.Locale;
import org.deeplearning4j.text.tokenization.tokenizerfactory.DefaultTokenizerFactory;
import org.deeplearning4j.text.tokenization.tokenizerfactory.TokenizerFactory;

/**
 * Six sets of labelled sentences and reviews, in files {@code text/NAME.tsv.gz} of the {@link
 * DataFolder}, in the format of {@link TextDataReader}. Four of them share texts: do not train on
 * one of {@link #MR}, {@link #SST2}, {@link #SST5}, {@link #SUBJ} and test on another.
 */
public enum TextCorpus {

  /**
   * Sentences of film reviews, negative or positive. B. Pang, L. Lee, "Seeing stars", ACL 2005. Ten
   * folds; tokenised and in lower case.
   */
  MR,

  /**
   * Stanford Sentiment Treebank, whole sentences, negative or positive. R. Socher et al.,
   * "Recursive Deep Models for Semantic Compositionality Over a Sentiment Treebank", EMNLP 2013.
   * Published split.
   */
  SST2,

  /** The same treebank in five classes from very negative to very positive. */
  SST5,

  /**
   * Sentences that are subjective or objective. B. Pang, L. Lee, "A Sentimental Education", ACL
   * 2004. Ten folds.
   */
  SUBJ,

  /** Chinese reviews of delivered meals, negative or positive. Ten folds; not segmented. */
  WAIMAI,

  /** Chinese reviews of hotels, negative or positive; S. Tan. Ten folds; not segmented. */
  CHNSENTI;

  /**
   * Reads the set.
   *
   * @return the published split, or fold 0 to test and fold 1 to validate
   * @throws IllegalStateException if there is no data folder
   * @throws IOException if the file is missing or damaged
   */
  public TextData load() throws IOException {
    String file = name().toLowerCase(Locale.ROOT) + ".tsv.gz";
    return TextDataReader.read(DataFolder.require().resolve("text").resolve(file));
  }

  /**
   * What cuts these texts into tokens.
   *
   * @return at spaces for English; characters for Chinese
   */
  public TokenizerFactory tokenizers() {
    return this == WAIMAI || this == CHNSENTI
        ? new CharacterTokenizerFactory()
        : new DefaultTokenizerFactory();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
