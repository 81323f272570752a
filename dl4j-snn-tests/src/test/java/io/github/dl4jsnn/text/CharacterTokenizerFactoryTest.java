package io.github.dl4jsnn.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.NoSuchElementException;
import org.deeplearning4j.text.tokenization.tokenizer.Tokenizer;
import org.deeplearning4j.text.tokenization.tokenizer.preprocessor.LowCasePreProcessor;
import org.junit.jupiter.api.Test;

class CharacterTokenizerFactoryTest {

  private final CharacterTokenizerFactory factory = new CharacterTokenizerFactory();

  @Test
  void cutsIntoCharactersAndLeavesLatinRunsWhole() {
    assertThat(factory.create("住了3天，WiFi很好! café2 4.5").getTokens())
        .containsExactly("住", "了", "3", "天", "，", "WiFi", "很", "好", "!", "café2", "4", ".", "5");
  }

  @Test
  void takesAnySpaceAndCharactersOutsideTheBasicPlane() {
    assertThat(factory.create("\u3000 好\u00a0\t\n𠀀😀ab").getTokens())
        .containsExactly("好", "𠀀", "😀", "ab");
    assertThat(factory.create("").hasMoreTokens()).isFalse();
    assertThat(factory.create("  ").countTokens()).isZero();
  }

  @Test
  void keepsTheContractOfATokenizer() {
    Tokenizer tokens = factory.create("很好吃");
    assertThat(tokens.countTokens()).isEqualTo(3);
    assertThat(tokens.nextToken()).isEqualTo("很");
    assertThat(tokens.countTokens()).isEqualTo(2);
    assertThat(tokens.getTokens()).containsExactly("好", "吃");
    assertThat(tokens.hasMoreTokens()).isFalse();
    assertThatThrownBy(tokens::nextToken).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void appliesThePreProcessorAndReadsStreams() {
    factory.setTokenPreProcessor(new LowCasePreProcessor());
    assertThat(factory.getTokenPreProcessor()).isInstanceOf(LowCasePreProcessor.class);
    byte[] utf8 = "WiFi好".getBytes(StandardCharsets.UTF_8);
    assertThat(factory.create(new ByteArrayInputStream(utf8)).getTokens())
        .containsExactly("wifi", "好");
    factory.setTokenPreProcessor(t -> t.equals("好") ? "" : t);
    assertThat(factory.create("好a好").getTokens()).containsExactly("a");
  }
}
