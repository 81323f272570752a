package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.graph.Split;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Stands in for bags of words that a graph lacks: each node draws 20 to 80 words, one after the
 * other. With probability {@value #OWN} a word comes from the own words of the node's class, which
 * are the words w with {@code w mod C} equal to the class, else from all words; a word drawn twice
 * counts once. A node without a label draws from all words alone.
 *
 * <p>A node's words so tell its class with some error, independently of its neighbours' words, and
 * the true edges and labels make the rest of the task. Speed, memory and firing rates are like
 * those of real words; accuracies compare only with each other.
 */
final class GeneratedWords {

  /** Low enough that a single node is often misjudged, which leaves work for the graph. */
  static final double OWN = 0.1;

  private static final int FEWEST = 20;
  private static final int MOST = 80;

  private GeneratedWords() {}

  /**
   * Returns a graph with its features replaced.
   *
   * @param graph edges, labels and splits, which stay
   * @param numWords features a node
   * @param seed of the draws
   */
  static GraphData on(GraphData graph, int numWords, long seed) {
    Random random = new Random(seed);
    int n = graph.numNodes();
    int[] rowPointers = new int[n + 1];
    IntStream.Builder columns = IntStream.builder();
    for (int i = 0; i < n; i++) {
      int[] words = words(random, graph.label(i), graph.numClasses(), numWords);
      IntStream.of(words).forEach(columns::add);
      rowPointers[i + 1] = rowPointers[i] + words.length;
    }
    float[] ones = new float[rowPointers[n]];
    java.util.Arrays.fill(ones, 1f);
    return GraphData.builder(graph.name() + " with generated features", n)
        .features(rowPointers, columns.build().toArray(), ones, numWords)
        .edges(graph.sources(), graph.targets(), graph.weights())
        .labels(labels(graph), graph.numClasses())
        .splits(IntStream.range(0, n).mapToObj(graph::split).toArray(Split[]::new))
        .build();
  }

  /** Returns the words of one node, ascending. */
  private static int[] words(Random random, int label, int numClasses, int numWords) {
    int length = FEWEST + random.nextInt(MOST - FEWEST + 1);
    int ownWords = label < 0 ? 0 : (numWords - label + numClasses - 1) / numClasses;
    return IntStream.range(0, length)
        .map(
            k ->
                ownWords > 0 && random.nextDouble() < OWN
                    ? label + numClasses * random.nextInt(ownWords)
                    : random.nextInt(numWords))
        .sorted()
        .distinct()
        .toArray();
  }

  private static int[] labels(GraphData graph) {
    return IntStream.range(0, graph.numNodes()).map(graph::label).toArray();
  }
}
