package io.github.dl4jsnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinkPredictionTest {

  @Test
  void printsTheAreaUnderTheCurve() {
    String[] args = {"--hidden=6", "--embedding=5", "--time-steps=3", "--epochs=4"};
    CommandRun run = new CommandRun(new LinkPrediction(), args);
    assertThat(run.err).isEmpty();
    assertThat(run.exitCode).isZero();
    assertThat(run.out)
        .contains("karate-club: 34 nodes", "links train/validation/test 54/8/16")
        .containsPattern("epoch +4 +loss \\d\\.\\d{4} +validation AUC [01]\\.\\d{4}")
        .containsPattern("best epoch [1-4], .* test AUC [01]\\.\\d{4}")
        .containsPattern("firing rate of the embeddings 0\\.\\d{3}");
  }

  @Test
  void badOption() {
    CommandRun run = new CommandRun(new LinkPrediction(), "--hidden=0");
    assertThat(run.exitCode).isEqualTo(2);
    assertThat(run.err).contains("expected a number of 1 or more", "Usage: link-prediction");
  }
}
