package io.github.dl4jsnn.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.graph.DataFolder;
import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.testing.GzipFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TextDataReaderTest {

  private static final String PUBLISHED =
      "train\t0\tbad film\ntrain\t1\tgood  film\ndev\t1\t很好 é\ntest\t0\tworse\n";

  private static final String FOLDS =
      "cv0\t0\ta\ncv0\t1\tb\ncv1\t0\tc\ncv2\t0\td\ncv2\t1\te\ncv3\t0\tf\ncv3\t1\tg\n";

  @TempDir Path folder;

  private Path file(String content) throws IOException {
    return GzipFile.write(folder.resolve("set.tsv.gz"), content);
  }

  @Test
  void readsAPublishedSplit() throws IOException {
    TextData data = TextDataReader.read(file(PUBLISHED));
    assertThat(data.name()).isEqualTo("set");
    assertThat(data.numClasses()).isEqualTo(2);
    assertThat(data.part(Split.TRAIN))
        .containsExactly(new LabelledText("bad film", 0), new LabelledText("good  film", 1));
    assertThat(data.part(Split.VALIDATION)).containsExactly(new LabelledText("很好 é", 1));
    assertThat(data.part(Split.TEST)).containsExactly(new LabelledText("worse", 0));
    Path plain = GzipFile.write(folder.resolve("plain.tsv"), PUBLISHED);
    assertThat(TextDataReader.read(plain).part(Split.TRAIN)).isEqualTo(data.part(Split.TRAIN));
  }

  @Test
  void foldsBecomeParts() throws IOException {
    TextData data = TextDataReader.read(file(FOLDS));
    assertThat(texts(data, Split.TEST)).containsExactly("a", "b");
    assertThat(texts(data, Split.VALIDATION)).containsExactly("c");
    assertThat(texts(data, Split.TRAIN)).containsExactly("d", "e", "f", "g");
    TextData last = TextDataReader.read(file(FOLDS), 3);
    assertThat(texts(last, Split.TEST)).containsExactly("f", "g");
    assertThat(texts(last, Split.VALIDATION)).containsExactly("a", "b");
    assertThat(texts(last, Split.TRAIN)).containsExactly("c", "d", "e");
  }

  private static List<String> texts(TextData data, Split split) {
    return data.part(split).stream()
        .map(LabelledText::text)
        .collect(java.util.stream.Collectors.toList());
  }

  @Test
  void textsThatRecurAreHeldOutOfTraining() throws IOException {
    TextData data =
        TextDataReader.read(file(PUBLISHED + "train\t0\tworse\ntrain\t1\t很好 é\ndev\t0\tworse\n"));
    assertThat(texts(data, Split.TRAIN)).containsExactly("bad film", "good  film");
    assertThat(texts(data, Split.VALIDATION)).containsExactly("很好 é");
    assertThat(texts(data, Split.TEST)).containsExactly("worse");
    assertThat(data.leftOut()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train\\t0\\ta\\nvalid\\t0\\tb\\n | line 2: expected train, dev, test or a fold such as cv0, got \"valid\"",
        "train\\t0\\ta\\ncv1\\t0\\tb\\n | line 2: expected train, dev or test as above, got \"cv1\"",
        "cv1\\t0\\ta\\ntest\\t0\\tb\\n | line 2: expected a fold as above, got \"test\"",
        "cvx\\t0\\ta\\n | line 1: expected a fold cv0, cv1, ... of 0 to 1000, got \"x\"",
        "train\\t-1\\ta\\n | line 1: expected a label of 0 to 65535, got \"-1\"",
        "train\\t0.5\\ta\\n | line 1: expected a label of 0 to 65535, got \"0.5\"",
        "train\\t0\\n | line 1: expected 3 tab-separated fields, got 2",
        "train\\t0\\ta\\tb\\n | line 1: expected 3 tab-separated fields, got 4",
        "train\\t0\\t\\n | line 1: expected a text, got an empty one",
        "train\\t0\\ta\\ntest\\t0\\tb\\n | expected at least one text in VALIDATION",
        "train\\t0\\ta\\ndev\\t1\\tb\\ntest\\t0\\tc\\n | expected texts of each of 2 classes in TRAIN, got none of class 1",
        "cv0\\t0\\ta\\ncv1\\t0\\tb\\n | expected at least 3 folds and test fold 0 among them, got 2 folds",
      })
  void badRowsAreNamed(String content, String message) throws IOException {
    Path file = file(content.replace("\\t", "\t").replace("\\n", "\n"));
    assertThatThrownBy(() -> TextDataReader.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(message);
  }

  @Test
  void badFilesAreNamed() throws IOException {
    Path missing = folder.resolve("none.tsv.gz");
    assertThatThrownBy(() -> TextDataReader.read(missing))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("none.tsv.gz");
    Path cut =
        GzipFile.cutOff(
            folder.resolve("cut.tsv.gz"), PUBLISHED.getBytes(StandardCharsets.UTF_8), 12);
    assertThatThrownBy(() -> TextDataReader.read(cut)).hasMessageContaining("cut off");
    Path latin =
        GzipFile.write(folder.resolve("latin.tsv"), new byte[] {'t', (byte) 0xe9, '\t', '0'});
    assertThatThrownBy(() -> TextDataReader.read(latin)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> TextDataReader.read(file(FOLDS), 4))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("test fold 4 among them, got 4 folds");
    assertThatThrownBy(() -> TextDataReader.read(file(PUBLISHED), 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("got 0 folds");
  }

  @ParameterizedTest
  @EnumSource(TextCorpus.class)
  void publicSetsHaveTheirSizes(TextCorpus corpus) throws IOException {
    Assumptions.assumeTrue(DataFolder.find().isPresent(), "no data folder");
    TextData data = corpus.load();
    int[] sizes = {
      data.part(Split.TRAIN).size(),
      data.part(Split.VALIDATION).size(),
      data.part(Split.TEST).size()
    };
    int total = sizes[0] + sizes[1] + sizes[2] + data.leftOut();
    switch (corpus) {
      case MR:
        assertThat(total).isEqualTo(10662);
        assertThat(sizes[2]).isEqualTo(1067);
        break;
      case SST2:
        assertThat(sizes).containsExactly(6920 - 3, 872, 1821);
        break;
      case SST5:
        assertThat(sizes).containsExactly(8544 - 4, 1101, 2210);
        assertThat(data.numClasses()).isEqualTo(5);
        break;
      case SUBJ:
        assertThat(total).isEqualTo(10000);
        break;
      case WAIMAI:
        assertThat(total).isEqualTo(11987);
        break;
      default:
        assertThat(total).isEqualTo(7765);
    }
  }
}
