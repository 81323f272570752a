package io.github.dl4jsnn.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

class KarateClubTest {

  private final GraphData club = KarateClub.load();

  @Test
  void hasThePublishedDegrees() {
    assertThat(club.numNodes()).isEqualTo(34);
    assertThat(club.numEdges()).isEqualTo(2 * 78);
    int[] degrees = {
      16, 9, 10, 6, 3, 4, 4, 4, 5, 2, 3, 1, 2, 5, 2, 2, 2, 2, 2, 3, 2, 2, 2, 5, 3, 3, 2, 4, 3, 4, 4,
      6, 12, 17
    };
    assertThat(Arrays.stream(degrees).sum()).isEqualTo(156);
    assertThat(club.inDegrees()).containsExactly(degrees);
    assertThat(club.outDegrees()).containsExactly(degrees);
    assertThat(club.isolatedNodes()).isEmpty();
  }

  @Test
  void isSimpleSymmetricAndHasThePublished45Triangles() {
    boolean[][] joined = new boolean[34][34];
    for (int e = 0; e < club.numEdges(); e++) {
      assertThat(club.source(e)).isNotEqualTo(club.target(e));
      assertThat(joined[club.source(e)][club.target(e)]).isFalse();
      joined[club.source(e)][club.target(e)] = true;
      assertThat(club.weight(e)).isEqualTo(1f);
    }
    int triangles = 0;
    for (int i = 0; i < 34; i++) {
      for (int j = 0; j < i; j++) {
        assertThat(joined[i][j]).isEqualTo(joined[j][i]);
        for (int k = 0; k < j; k++) {
          triangles += joined[i][j] && joined[j][k] && joined[i][k] ? 1 : 0;
        }
      }
    }
    assertThat(triangles).isEqualTo(45);
    assertThat(joined[0][33]).as("the leaders are no friends").isFalse();
  }

  @Test
  void factionsAreSeventeenMembersEach() {
    int[] mrHi = {0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 16, 17, 19, 21};
    for (int i = 0; i < 34; i++) {
      int expected = Arrays.binarySearch(mrHi, i) >= 0 ? KarateClub.MR_HI : KarateClub.OFFICER;
      assertThat(club.label(i)).as("member %d", i).isEqualTo(expected);
    }
    assertThat(club.labels().sum(0).toDoubleVector()).containsExactly(17, 17);
  }

  @Test
  void splitIsAsDocumentedAndBalanced() {
    assertThat(club.nodes(Split.TRAIN)).containsExactly(0, 1, 32, 33);
    assertThat(club.nodes(Split.VALIDATION)).containsExactly(4, 7, 11, 15, 16, 21, 22, 25, 28, 31);
    assertThat(club.count(Split.TEST)).isEqualTo(20);
    for (Split split : new Split[] {Split.TRAIN, Split.VALIDATION, Split.TEST}) {
      assertThat(Arrays.stream(club.nodes(split)).map(club::label).sum())
          .isEqualTo(club.count(split) / 2);
    }
  }

  @Test
  void dataSetIsWholeGraph() {
    MultiDataSet train = club.dataSet(Split.TRAIN);
    assertThat(train.getFeatures(0)).isEqualTo(Nd4j.eye(34).castTo(Nd4j.dataType()));
    assertThat(train.getFeatures(1).shape()).containsExactly(156, 3);
    assertThat(train.getLabels(0).shape()).containsExactly(34, 2);
    assertThat(train.getLabelsMaskArray(0).sumNumber().intValue()).isEqualTo(4);
  }
}
