package io.github.dl4jsnn.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HuffmanPathsTest {

  @Test
  void heavyVerticesAreNearTheRoot() {
    HuffmanPaths paths = new HuffmanPaths(new int[] {1, 1, 2, 4});
    assertThat(paths.inner(3)).hasSize(1);
    assertThat(paths.inner(2)).hasSize(2);
    assertThat(paths.inner(0)).hasSize(3);
    assertTree(paths, 4);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 1000})
  void verticesWithoutEdgesMakeABalancedTree(int vertices) {
    HuffmanPaths paths = new HuffmanPaths(new int[vertices]);
    assertTree(paths, vertices);
    for (int v = 0; v < vertices; v++) {
      assertThat(paths.inner(v).length)
          .isLessThanOrEqualTo((int) Math.ceil(Math.log(vertices) / Math.log(2)));
    }
  }

  /** Fibonacci numbers make the deepest tree: 41 vertices, 40 bits if nothing is done about it. */
  @Test
  void codesStayWithin31Bits() {
    int[] degrees = new int[41];
    degrees[0] = 1;
    degrees[1] = 1;
    for (int v = 2; v < degrees.length; v++) {
      degrees[v] = degrees[v - 1] + degrees[v - 2];
    }
    assertTree(new HuffmanPaths(degrees), degrees.length);
  }

  /** Walks down from the root: each (inner node, bit) leads to one place. */
  private static void assertTree(HuffmanPaths paths, int vertices) {
    Set<String> codes = new HashSet<>();
    int[][] child = new int[2][vertices];
    Arrays.fill(child[0], -1);
    Arrays.fill(child[1], -1);
    for (int v = 0; v < vertices; v++) {
      int[] inner = paths.inner(v);
      assertThat(inner.length).isLessThanOrEqualTo(31);
      StringBuilder code = new StringBuilder();
      for (int i = 0; i < inner.length; i++) {
        int bit = (int) (paths.code(v) >> i & 1);
        code.append(bit);
        // Leaves are numbered from N on.
        int next = i + 1 < inner.length ? inner[i + 1] : vertices + v;
        assertThat(child[bit][inner[i]]).isIn(-1, next);
        child[bit][inner[i]] = next;
      }
      assertThat(codes.add(code.toString())).isTrue();
    }
    // A full binary tree of N leaves has N - 1 inner nodes with two children each.
    assertThat(Arrays.stream(child[0]).filter(c -> c >= 0).count()).isEqualTo(vertices - 1L);
    assertThat(Arrays.stream(child[1]).filter(c -> c >= 0).count()).isEqualTo(vertices - 1L);
  }
}
