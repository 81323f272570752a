package io.github.dl4jsnn.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.deeplearning4j.text.tokenization.tokenizerfactory.DefaultTokenizerFactory;
import org.deeplearning4j.text.tokenization.tokenizerfactory.NGramTokenizerFactory;
import org.junit.jupiter.api.Test;

class TextVocabularyTest {

  private static final List<String> TEXTS = List.of("b a c", "a b a", "d <unk> <pad>");

  private static TextVocabulary.Builder builder() {
    return new TextVocabulary.Builder(new DefaultTokenizerFactory());
  }

  @Test
  void numbersTokensFromTheMostFrequent() {
    TextVocabulary vocabulary = builder().buildFrom(TEXTS);
    assertThat(vocabulary.size()).isEqualTo(6);
    assertThat(vocabulary.encode("a b c d")).containsExactly(2, 3, 4, 5);
    assertThat(vocabulary.token(2)).isEqualTo("a");
    assertThat(vocabulary.cache().wordFrequency("a")).isEqualTo(3);
    assertThat(vocabulary.cache().totalNumberOfDocs()).isEqualTo(3);
    assertThatThrownBy(() -> vocabulary.token(6)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void otherTokensAreUnknownEvenIfTheyLookLikeOurs() {
    TextVocabulary vocabulary = builder().buildFrom(TEXTS);
    assertThat(vocabulary.encode("e <pad> <unk> a A"))
        .containsExactly(
            TextVocabulary.UNKNOWN, TextVocabulary.UNKNOWN, TextVocabulary.UNKNOWN, 2, 1);
    assertThat(vocabulary.encode("")).isEmpty();
  }

  @Test
  void rareTokensAreLeftOut() {
    assertThat(builder().minFrequency(2).buildFrom(TEXTS).encode("a b c d"))
        .containsExactly(2, 3, 1, 1);
    assertThat(builder().maxTokens(3).buildFrom(TEXTS).encode("a b c d"))
        .containsExactly(2, 3, 4, 1);
  }

  @Test
  void takesAnyOfDl4jsTokenizers() {
    TextVocabulary pairs =
        new TextVocabulary.Builder(new NGramTokenizerFactory(new DefaultTokenizerFactory(), 1, 2))
            .buildFrom(List.of("a b c"));
    assertThat(pairs.id("b c")).isNotEqualTo(TextVocabulary.UNKNOWN);
    assertThat(pairs.size()).isEqualTo(2 + 5);
  }

  @Test
  void comesBackFromJson() {
    TextVocabulary vocabulary = builder().buildFrom(List.of("很 \"好\" a a", "\\ é 😀"));
    TextVocabulary restored =
        TextVocabulary.fromJson(vocabulary.toJson(), new DefaultTokenizerFactory());
    assertThat(restored.size()).isEqualTo(vocabulary.size());
    for (int id = 0; id < vocabulary.size(); id++) {
      assertThat(restored.token(id)).isEqualTo(vocabulary.token(id));
      assertThat(restored.id(restored.token(id))).isEqualTo(Math.max(1, id));
    }
    assertThat(restored.cache().wordFrequency("a")).isEqualTo(2);
  }

  @Test
  void badValuesAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().minFrequency(0))
        .withMessageContaining("minFrequency must be at least 1, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().maxTokens(0))
        .withMessageContaining("maxTokens");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TextVocabulary.fromJson("{}", new DefaultTokenizerFactory()))
        .withMessageContaining("expected JSON of toJson()");
  }
}
