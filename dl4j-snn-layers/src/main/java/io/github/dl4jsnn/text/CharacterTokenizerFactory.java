package io.github.dl4jsnn.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.deeplearning4j.text.tokenization.tokenizer.TokenPreProcess;
import org.deeplearning4j.text.tokenization.tokenizer.Tokenizer;
import org.deeplearning4j.text.tokenization.tokenizerfactory.TokenizerFactory;

/**
 * Cuts text into characters, for languages that do not put spaces between words, such as Chinese.
 * Runs of Latin letters and digits stay whole, white space is left out, every other character
 * (Unicode code point) is a token of its own, punctuation included.
 *
 * <pre>
 *   住了3天，WiFi很好!   becomes   住 了 3 天 ， WiFi 很 好 !
 * </pre>
 *
 * <p>A {@code TokenPreProcess} of DL4J, such as {@code LowCasePreProcessor}, is applied to every
 * token; tokens that it makes empty are left out.
 */
public final class CharacterTokenizerFactory implements TokenizerFactory {
  private TokenPreProcess preProcess;

  /** A factory without a {@code TokenPreProcess}. */
  public CharacterTokenizerFactory() {}

  @Override
  public Tokenizer create(String text) {
    return new CharacterTokenizer(text, preProcess);
  }

  /**
   * Reads a text to its end.
   *
   * @param in UTF-8; not closed
   * @return its tokens
   * @throws UncheckedIOException if reading fails
   */
  @Override
  public Tokenizer create(InputStream in) {
    try {
      return create(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void setTokenPreProcessor(TokenPreProcess preProcess) {
    this.preProcess = preProcess;
  }

  @Override
  public TokenPreProcess getTokenPreProcessor() {
    return preProcess;
  }
}
