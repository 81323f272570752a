package io.github.dl4jsnn.text;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.deeplearning4j.text.tokenization.tokenizer.TokenPreProcess;
import org.deeplearning4j.text.tokenization.tokenizer.Tokenizer;

/** The tokens of one text; see {@link CharacterTokenizerFactory}. */
final class CharacterTokenizer implements Tokenizer {
  private final String text;
  private List<String> tokens;
  private TokenPreProcess preProcess;
  private int next;

  CharacterTokenizer(String text, TokenPreProcess preProcess) {
    this.text = text;
    setTokenPreProcessor(preProcess);
  }

  private static List<String> cut(String text, TokenPreProcess preProcess) {
    List<String> tokens = new ArrayList<>();
    int end;
    for (int start = 0; start < text.length(); start = end) {
      int c = text.codePointAt(start);
      end = start + Character.charCount(c);
      if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        continue;
      }
      while (isOfRun(c) && end < text.length() && isOfRun(text.codePointAt(end))) {
        end += Character.charCount(text.codePointAt(end));
      }
      String token = text.substring(start, end);
      token = preProcess == null ? token : preProcess.preProcess(token);
      if (!token.isEmpty()) {
        tokens.add(token);
      }
    }
    return tokens;
  }

  private static boolean isOfRun(int c) {
    return Character.isDigit(c)
        || Character.isLetter(c) && UnicodeScript.of(c) == UnicodeScript.LATIN;
  }

  @Override
  public boolean hasMoreTokens() {
    return next < tokens.size();
  }

  @Override
  public int countTokens() {
    return tokens.size() - next;
  }

  @Override
  public String nextToken() {
    if (!hasMoreTokens()) {
      throw new NoSuchElementException("no more tokens");
    }
    return tokens.get(next++);
  }

  @Override
  public List<String> getTokens() {
    List<String> rest = new ArrayList<>(tokens.subList(next, tokens.size()));
    next = tokens.size();
    return rest;
  }

  /** Cuts anew; tokens already given count as given. */
  @Override
  public void setTokenPreProcessor(TokenPreProcess preProcess) {
    this.preProcess = preProcess;
    tokens = cut(text, this.preProcess);
  }
}
