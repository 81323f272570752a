package io.github.dl4jsnn.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jsnn.graph.GraphData;
import org.junit.jupiter.api.Test;

class FeatureLengthsTest {

  @Test
  void lengthsAreEqualAndTheirMeanSquareIsKept() {
    // Square lengths 25, none, 1: mean 13 of the two nodes that have features.
    GraphData graph =
        GraphData.builder("three", 3)
            .features(new int[] {0, 2, 2, 3}, new int[] {0, 2, 1}, new float[] {3, -4, 1}, 3)
            .build();
    GraphData equal = FeatureLengths.equal(graph);
    double root = Math.sqrt(13);
    assertThat(equal.feature(0, 0)).isCloseTo((float) (root * 0.6), within(1e-6f));
    assertThat(equal.feature(0, 2)).isCloseTo((float) (root * -0.8), within(1e-6f));
    assertThat(equal.feature(2, 1)).isCloseTo((float) root, within(1e-6f));
    assertThat(equal.rowPointers()).isEqualTo(graph.rowPointers());
  }

  @Test
  void storedZerosStayZero() {
    GraphData graph =
        GraphData.builder("zero", 1)
            .features(new int[] {0, 1}, new int[] {0}, new float[1], 1)
            .build();
    assertThat(FeatureLengths.equal(graph).values()).containsExactly(0f);
  }
}
