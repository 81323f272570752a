/**
 * Labelled texts as data: from files to batches of token ids that DL4J's {@code
 * EmbeddingSequenceLayer} takes.
 *
 * <p>Start with {@link io.github.dl4jsnn.text.TextData}, texts in parts for training, validation
 * and test. Get it from {@link io.github.dl4jsnn.text.TextCorpus} (six public sets), {@link
 * io.github.dl4jsnn.text.TextDataReader} (files of rows) or its builder. Any {@code
 * TokenizerFactory} of DL4J cuts texts into tokens, {@link
 * io.github.dl4jsnn.text.CharacterTokenizerFactory} Chinese ones into characters; {@link
 * io.github.dl4jsnn.text.TextVocabulary} numbers the tokens of the training part in DL4J's {@code
 * VocabCache}, and {@link io.github.dl4jsnn.text.TextIterator} makes batches: ids {@code [N, L]},
 * mask {@code [N, L]}, labels {@code [N, C]}.
 *
 * <p>Needs {@code deeplearning4j-nlp}, an optional dependency of this library: add it yourself.
 */
package io.github.dl4jsnn.text;
