package io.github.dl4jsnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

class AttentionMapTest {

  /** One example, two steps on two positions, two features: entry p = t * 2 + l is (q, k, v). */
  @Test
  void countsSharedSpikes(@TempDir Path folder) throws IOException {
    float[][][] qkv = {
      {
        {1, 1, 1, 0, 9, 9}, // t 0, position 0
        {0, 1, 1, 1, 9, 9}, // t 0, position 1
        {1, 0, 0, 0, 9, 9}, // t 1, position 0
        {0, 0, 1, 1, 9, 9}, // t 1, position 1
      }
    };
    double[][] map = AttentionMap.of(Nd4j.createFromArray(qkv), 2);
    assertThat(map).isDeepEqualTo(new double[][] {{0.5, 1.5}, {0, 0.5}});
    Path png = folder.resolve("new").resolve("map.png");
    AttentionMap.save(png, map, "map");
    assertThat(Files.size(png)).isGreaterThan(1000);
  }
}
