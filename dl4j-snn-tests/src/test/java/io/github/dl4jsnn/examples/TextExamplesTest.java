package io.github.dl4jsnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.text.LabelledText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextExamplesTest {

  @TempDir Path folder;

  @Test
  void fromTextsToASavedNetworkThatIsAsked() {
    Path out = folder.resolve("new/folder");
    CommandRun run =
        new CommandRun(
            new TextClassification(),
            "--hidden=8",
            "--heads=2",
            "--length=12",
            "--epochs=1",
            "--pe=cpg",
            "--out=" + out);
    assertThat(run.err).isEmpty();
    assertThat(run.exitCode).isZero();
    assertThat(run.out)
        .contains("generated reviews: 2 classes, 800/200/200 texts to train/validate/test")
        .contains("T 2, D 8, 1 blocks of 2 heads at scale 0.125", "encoding CPG")
        .containsPattern("epoch +1 +loss \\d+\\.\\d{4} +validation accuracy +\\d+\\.\\d\\d %")
        .containsPattern("best epoch 1: test accuracy \\d+\\.\\d\\d % of 200 texts")
        .containsPattern("[01]\\.\\d\\d for [01] \\(is [01]\\): the \\w+ was \\w+ , not");
    assertThat(out.resolve("network.zip")).exists();
    assertThat(out.resolve("vocabulary.json")).exists();
    assertThat(out.resolve("attention.png")).exists();
    assertThat(out.resolve("spikes.png")).exists();
  }

  @Test
  void aStudyWritesEveryRunAndGoesOnWhereItStopped() throws IOException {
    Path csv = folder.resolve("results.csv");
    Path seeds = folder.resolve("studies/seeds.csv");
    String[] args = {
      "--hidden=8",
      "--heads=2",
      "--length=12",
      "--epochs=1",
      "--pe=NONE",
      "--seeds=1",
      "--csv=" + csv,
      "--seeds-csv=" + seeds
    };
    CommandRun first = new CommandRun(new TextStudy(), args);
    assertThat(first.err).isEmpty();
    assertThat(first.exitCode).isZero();
    List<List<String>> results = ResultsCsv.results(csv);
    assertThat(results).hasSize(2);
    assertThat(results.get(0)).startsWith("bag of words", "tiny", "accuracy");
    assertThat(results.get(1)).startsWith("Spikformer", "tiny", "accuracy");
    List<String> runs = Files.readAllLines(seeds);
    assertThat(runs).hasSize(3);
    assertThat(runs.get(2)).startsWith("Spikformer,tiny,none,1,1,");
    CommandRun again = new CommandRun(new TextStudy(), args);
    assertThat(again.out).doesNotContain("epoch   1   loss");
    assertThat(Files.readAllLines(seeds)).isEqualTo(runs);
    args[5] = "--seeds=2";
    new CommandRun(new TextStudy(), args);
    assertThat(Files.readAllLines(seeds)).hasSize(5).startsWith(runs.toArray(new String[0]));
    assertThat(ResultsCsv.results(csv)).hasSize(2);
  }

  @Test
  void patchesWithAndWithoutPositions() throws IOException {
    Path csv = folder.resolve("results.csv");
    CommandRun run =
        new CommandRun(
            new PatchClassification(),
            "--hidden=8",
            "--heads=2",
            "--epochs=1",
            "--seeds=1",
            "--train-images=128",
            "--test-images=100",
            "--csv=" + csv,
            "--seeds-csv=" + folder.resolve("seeds.csv"));
    assertThat(run.err).isEmpty();
    assertThat(run.exitCode).isZero();
    assertThat(run.out)
        .contains("squares: 4 classes, 600/200/800 images of 1 x 16 x 16")
        .containsPattern("Spikformer, encoding CPG, seed 1: best epoch 1, validation ");
    assertThat(ResultsCsv.results(csv)).extracting(r -> r.get(7)).containsExactly("none", "CPG");
  }

  @Test
  void generatedReviewsNeedTheOrderOfTheirWords() {
    List<String> good = List.of("good", "great", "clever", "warm", "funny");
    for (LabelledText text : GeneratedReviews.generate(60, 1).part(Split.TRAIN)) {
      List<String> words = List.of(text.text().split(" "));
      assertThat(good.contains(words.get(3))).isEqualTo(text.label() == 1);
      assertThat(words).as("one word of each kind").filteredOn(good::contains).hasSize(1);
    }
  }

  @Test
  void badOptions() {
    assertThat(new CommandRun(new TextClassification(), "--data=none").exitCode).isEqualTo(2);
    assertThat(new CommandRun(new TextStudy(), "--pe=none,nothing").exitCode).isEqualTo(2);
    assertThat(new CommandRun(new PatchClassification(), "--patch-size=0").exitCode).isEqualTo(2);
  }
}
