package io.github.dl4jsnn.graph;

import java.io.Serializable;
import org.deeplearning4j.graph.models.deepwalk.GraphHuffman;

/** The way from the root of a Huffman tree to each vertex: short for vertices of high degree. */
final class HuffmanPaths implements Serializable {
  private static final long serialVersionUID = 1L;

  /** From 32 bits on, GraphHuffman of 1.0.0-beta5 clears a wrong bit of the code. */
  private static final int LONGEST = 31;

  private final int[][] inner;
  private final long[] codes;

  HuffmanPaths(int[] degrees) {
    int n = degrees.length;
    GraphHuffman tree = tree(degrees);
    inner = new int[n][];
    codes = new long[n];
    for (int v = 0; v < n; v++) {
      inner[v] = tree.getPathInnerNodes(v);
      codes[v] = tree.getCode(v);
    }
  }

  /**
   * A vertex without edges counts as one with one: with counts of 0, merged nodes would be as light
   * as single ones, and the tree might become a chain. Counts so uneven that a code is too long are
   * halved.
   */
  private static GraphHuffman tree(int[] degrees) {
    int[] counts = new int[degrees.length];
    for (int shift = 0; ; shift++) {
      for (int v = 0; v < counts.length; v++) {
        counts[v] = Math.max(1, degrees[v] >> shift);
      }
      GraphHuffman tree = new GraphHuffman(counts.length);
      tree.buildTree(counts);
      if (longest(tree, counts.length) <= LONGEST) {
        return tree;
      }
    }
  }

  private static int longest(GraphHuffman tree, int vertices) {
    int longest = 0;
    for (int v = 0; v < vertices; v++) {
      longest = Math.max(longest, tree.getCodeLength(v));
    }
    return longest;
  }

  /** Returns the inner nodes from the root to a vertex; not to be changed. */
  int[] inner(int vertex) {
    return inner[vertex];
  }

  /** Returns the code of a vertex: bit i is the turn at inner node i. */
  long code(int vertex) {
    return codes[vertex];
  }
}
