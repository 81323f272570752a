package io.github.dl4jsnn.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class NeighborSamplerTest {

  private final CsrGraph graph = PowerLawGraph.builder(500, 4000).features(3).classes(2).build();

  private static CsrGraph star(int leaves) {
    int[] sources = new int[leaves];
    Arrays.setAll(sources, i -> i + 1);
    float[] weights = new float[leaves];
    for (int i = 0; i < leaves; i++) {
      weights[i] = i + 2;
    }
    return CsrGraph.builder("star", leaves + 1)
        .edges(sources, new int[leaves], weights)
        .features(new float[leaves + 1], 1)
        .labels(new int[leaves + 1], 1)
        .build();
  }

  @Test
  void everyNodeDrawsOnceAsManyEdgesAsItsHopAllows() {
    int[] seeds = {17, 3, 499, 250};
    SampledSubgraph part = NeighborSampler.fanOuts(10, 5).sample(graph, seeds, 7);
    int[] nodes = part.nodes();
    assertThat(nodes).startsWith(seeds).doesNotHaveDuplicates();
    assertThat(part.numSeeds()).isEqualTo(4);
    double[][] edges = part.edges(DataType.DOUBLE).toDoubleMatrix();
    Map<Integer, Set<Integer>> drawn = new HashMap<>();
    for (double[] edge : edges) {
      int source = nodes[(int) edge[0]];
      int target = nodes[(int) edge[1]];
      assertThat(edge[2]).isEqualTo(1);
      assertThat(neighbours(target)).contains(source);
      // this graph has no parallel edges, so a source drawn twice would be one with replacement
      assertThat(drawn.computeIfAbsent((int) edge[1], t -> new HashSet<>()).add(source)).isTrue();
    }
    int lastHop = 4;
    for (int i = 0; i < 4; i++) {
      assertThat(drawn.get(i)).hasSize(Math.min(10, graph.inDegree(nodes[i])));
    }
    while (drawn.containsKey(lastHop)) {
      assertThat(drawn.get(lastHop)).hasSize(Math.min(5, graph.inDegree(nodes[lastHop])));
      lastHop++;
    }
    assertThat(drawn).hasSize(lastHop);
    assertThat(lastHop).isLessThan(part.numNodes());
  }

  private Set<Integer> neighbours(int target) {
    Set<Integer> sources = new HashSet<>();
    for (int e = graph.firstEntry(target); e < graph.firstEntry(target + 1); e++) {
      sources.add(graph.source(e));
    }
    return sources;
  }

  @Test
  void allTakesTheWholeNeighbourhoodInTheOrderOfTheData() {
    CsrGraph star = star(40);
    SampledSubgraph part =
        NeighborSampler.fanOuts(NeighborSampler.ALL).sample(star, new int[] {0}, 1);
    assertThat(part.edges(DataType.FLOAT)).isEqualTo(star.edges(DataType.FLOAT));
  }

  @Test
  void drawsAreEvenAndAnewForEverySeed() {
    CsrGraph star = star(20);
    NeighborSampler sampler = NeighborSampler.fanOuts(6);
    int[] hits = new int[21];
    int draws = 5000;
    for (int seed = 0; seed < draws; seed++) {
      int[] nodes = sampler.sample(star, new int[] {0}, seed).nodes();
      assertThat(nodes).hasSize(7);
      for (int node : nodes) {
        hits[node]++;
      }
    }
    for (int leaf = 1; leaf <= 20; leaf++) {
      // 1500 of 5000, standard deviation 32
      assertThat(hits[leaf]).isBetween(1350, 1650);
    }
    assertThat(sampler.sample(star, new int[] {0}, 9))
        .isEqualTo(sampler.sample(star, new int[] {0}, 9))
        .isNotEqualTo(sampler.sample(star, new int[] {0}, 10));
  }

  @Test
  void unbiasedWeightsHaveTheRightExpectedSum() {
    CsrGraph star = star(20);
    double full = 20 * 21 / 2.0 + 20;
    NeighborSampler sampler = NeighborSampler.fanOuts(6);
    double original = meanSum(sampler, star);
    double unbiased = meanSum(sampler.edgeWeights(NeighborSampler.EdgeWeights.UNBIASED), star);
    assertThat(original).isCloseTo(full * 6 / 20, within(1.0));
    assertThat(unbiased).isCloseTo(full, within(3.0));
  }

  private static double meanSum(NeighborSampler sampler, CsrGraph star) {
    double sum = 0;
    for (int seed = 0; seed < 4000; seed++) {
      sum +=
          sampler
              .sample(star, new int[] {0}, seed)
              .edges(DataType.DOUBLE)
              .getColumn(2)
              .sumNumber()
              .doubleValue();
    }
    return sum / 4000;
  }

  @Test
  void aSeedWithoutEdgesIsASubgraphWithoutEdges() {
    SampledSubgraph part = NeighborSampler.fanOuts(3, 3).sample(star(2), new int[] {1}, 1);
    assertThat(part.numNodes()).isEqualTo(1);
    assertThat(part.numEdges()).isZero();
    assertThat(part.edges(DataType.FLOAT).toDoubleMatrix())
        .isDeepEqualTo(new double[][] {{0, 0, 0}});
  }

  @Test
  void badArgumentsAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(NeighborSampler::fanOuts);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NeighborSampler.fanOuts(5, 0))
        .withMessageContaining("got [5, 0]");
    NeighborSampler sampler = NeighborSampler.fanOuts(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sampler.sample(graph, new int[] {1, 1}, 0))
        .withMessage("power-law: expected different seed nodes of 0 to 499, got 1 at 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sampler.sample(graph, new int[] {500}, 0));
  }
}
