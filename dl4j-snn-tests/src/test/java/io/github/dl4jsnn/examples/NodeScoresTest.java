package io.github.dl4jsnn.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.graph.Split;
import org.junit.jupiter.api.Test;

class NodeScoresTest {

  private final GraphData graph =
      GraphData.builder("four", 4)
          .labels(new int[] {0, 2, 1, 0}, 3)
          .splits(Split.TRAIN, Split.TEST, Split.TEST, Split.TEST)
          .build();

  private final float[] probabilities = {
    .1f, .8f, .1f,
    .2f, .3f, .5f,
    .6f, .3f, .1f,
    .7f, .2f, .1f
  };

  @Test
  void accuracyAndLossOfASplit() {
    NodeScores scores = new NodeScores(graph, Split.TEST);
    scores.update(probabilities, 3);
    assertThat(scores.correct()).isEqualTo(2);
    assertThat(scores.accuracy()).isCloseTo(200.0 / 3, within(1e-12));
    double loss = -(Math.log(.5f) + Math.log(.3f) + Math.log(.7f)) / 3;
    assertThat(scores.loss()).isCloseTo(loss, within(1e-12));
  }

  @Test
  void updateReplacesTheLastScores() {
    NodeScores scores = new NodeScores(graph, Split.TRAIN);
    scores.update(probabilities, 3);
    scores.update(probabilities, 3);
    assertThat(scores.correct()).isZero();
    assertThat(scores.loss()).isCloseTo(-Math.log(.1f), within(1e-12));
  }

  @Test
  void probabilityZeroIsALargeLoss() {
    NodeScores scores = new NodeScores(graph, Split.TRAIN);
    scores.update(new float[] {0, 1, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0}, 3);
    assertThat(scores.loss()).isCloseTo(-Math.log(1e-10), within(1e-9));
  }
}
