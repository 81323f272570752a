package io.github.dl4jsnn.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.graph.KarateClub;
import io.github.dl4jsnn.graph.Split;
import org.junit.jupiter.api.Test;

class GeneratedWordsTest {

  private static final int WORDS = 11;

  @Test
  void onlyTheFeaturesChange() {
    GraphData club = KarateClub.load();
    GraphData generated = GeneratedWords.on(club, WORDS, 5);

    assertThat(generated.name()).isEqualTo("karate-club with generated features");
    assertThat(generated.numFeatures()).isEqualTo(WORDS);
    assertThat(generated.values()).containsOnly(1f);
    assertThat(generated.edges()).isEqualTo(club.edges());
    assertThat(generated.labels()).isEqualTo(club.labels());
    for (Split split : Split.values()) {
      assertThat(generated.nodes(split)).isEqualTo(club.nodes(split));
    }
  }

  @Test
  void theSeedDecides() {
    GraphData club = KarateClub.load();
    assertThat(GeneratedWords.on(club, WORDS, 5)).isEqualTo(GeneratedWords.on(club, WORDS, 5));
    assertThat(GeneratedWords.on(club, WORDS, 5)).isNotEqualTo(GeneratedWords.on(club, WORDS, 6));
  }

  /** Of 20 to 80 words of 10000, hardly any is drawn twice, so shares are those of the draws. */
  @Test
  void ownWordsAreDrawnMoreOftenByTheirClassAlone() {
    int nodes = 900;
    int[] labels = new int[nodes];
    for (int i = 0; i < nodes; i++) {
      labels[i] = i % 3 - 1; // no label, 0, 1
    }
    GraphData graph =
        GeneratedWords.on(GraphData.builder("dots", nodes).labels(labels, 2).build(), 2 * 5000, 3);
    double[] own = new double[3];
    double[] all = new double[3];
    int[] pointers = graph.rowPointers();
    int[] columns = graph.columns();
    for (int i = 0; i < nodes; i++) {
      assertThat(pointers[i + 1] - pointers[i]).isBetween(18, 80);
      for (int k = pointers[i]; k < pointers[i + 1]; k++) {
        all[i % 3]++;
        own[i % 3] += columns[k] % 2 == Math.max(0, labels[i]) ? 1 : 0;
      }
    }
    // 15000 draws a group: four deviations of the share are 0.016.
    assertThat(own[0] / all[0]).isCloseTo(0.5, within(0.016));
    double expected = GeneratedWords.OWN + (1 - GeneratedWords.OWN) / 2;
    assertThat(own[1] / all[1]).isCloseTo(expected, within(0.016));
    assertThat(own[2] / all[2]).isCloseTo(expected, within(0.016));
  }
}
