package io.github.dl4jsnn.graph;

import io.github.dl4jsnn.internal.kernel.CounterRandom;
import java.util.Arrays;

/**
 * Generated graphs with a power-law distribution of degrees and communities that can be learnt, for
 * tests of scale: {@code O(N F + E)} in time and memory.
 *
 * <p><b>Edges</b> come by preferential attachment: nodes arrive one after another, each with {@code
 * E / N} undirected edges, and each edge goes to an earlier node with a probability proportional to
 * its degree. So the number of nodes of degree d falls like d^-3, and a few of the first nodes have
 * a great many neighbours. With probability {@link Builder#homophily} the choice is among the
 * arriving node's own community, else among all nodes. There are no self-loops and no parallel
 * edges; every undirected edge is the two directed ones of a {@link CsrGraph}.
 *
 * <p><b>Labels</b> are the communities, drawn evenly. <b>Features</b> are {@code signal * p[class]
 * + noise}: p is a random pattern of +1 and -1 for each class, the noise has mean 0 and variance 1
 * (the sum of three uniform numbers, scaled). With the default signal one node alone says little
 * about its class and its neighbours together a lot. <b>Splits</b> are drawn node by node.
 *
 * <p>The same settings and seed give the same graph on every machine.
 *
 * <p><b>Source.</b> A.-L. Barabasi, R. Albert, "Emergence of scaling in random networks", Science
 * 286, 1999; the communities are ours.
 */
public final class PowerLawGraph {
  /** Draws of one edge before it is left to a later node. */
  private static final int TRIES = 20;

  /** Streams of random numbers below one seed. */
  private static final int CLASSES = 0;

  private static final int SPLITS = 1;
  private static final int EDGES = 2;
  private static final int PATTERNS = 3;
  private static final int NOISE = 4;

  private final Builder settings;
  private final int[] labels;

  /** Ends of the edges so far, by community: an even draw is one proportional to the degree. */
  private final int[][] ends;

  private final int[] endCount;
  private final int[] sources;
  private final int[] targets;
  private int pairs;
  private long draws;

  private PowerLawGraph(Builder settings) {
    this.settings = settings;
    labels = new int[settings.nodes];
    ends = new int[settings.classes][64];
    endCount = new int[settings.classes];
    sources = new int[2 * settings.edges];
    targets = new int[2 * settings.edges];
  }

  /**
   * Returns a builder.
   *
   * @param nodes N, at least 1
   * @param edges number of undirected edges, from 0 to N (N - 1) / 2 and to 2^30 - 1; each is two
   *     directed ones
   * @return the builder
   */
  public static Builder builder(int nodes, int edges) {
    return new Builder(nodes, edges);
  }

  /** Settings of a generated graph. */
  public static final class Builder {
    private final int nodes;
    private final int edges;
    private int features = 64;
    private int classes = 8;
    private double homophily = 0.8;
    private double signal = 0.15;
    private double train = 0.1;
    private double validation = 0.05;
    private long seed = 1;

    private Builder(int nodes, int edges) {
      if (nodes < 1 || edges < 0 || edges >= 1 << 30 || edges > nodes * (nodes - 1L) / 2) {
        throw new IllegalArgumentException(
            String.format(
                "expected at least 1 node, and 0 to nodes * (nodes - 1) / 2 edges, fewer than 2^30,"
                    + " got %d nodes and %d edges",
                nodes, edges));
      }
      this.nodes = nodes;
      this.edges = edges;
    }

    /**
     * Sets the number of features.
     *
     * @param features F, at least 1; default 64
     * @return this builder
     */
    public Builder features(int features) {
      this.features = atLeastOne("features", features);
      return this;
    }

    /**
     * Sets the number of communities.
     *
     * @param classes C, at least 1; default 8
     * @return this builder
     */
    public Builder classes(int classes) {
      this.classes = atLeastOne("classes", classes);
      return this;
    }

    /**
     * Sets how often an edge is drawn within the community.
     *
     * @param probability 0 to 1; default 0.8
     * @return this builder
     */
    public Builder homophily(double probability) {
      this.homophily = probability("homophily", probability);
      return this;
    }

    /**
     * Sets how strongly features show the class, beside noise of variance 1.
     *
     * @param signal 0 or above; default 0.15
     * @return this builder
     */
    public Builder signal(double signal) {
      if (!(signal >= 0 && signal < 1e6)) {
        throw new IllegalArgumentException("expected a signal of at least 0, got " + signal);
      }
      this.signal = signal;
      return this;
    }

    /**
     * Sets the shares of nodes to train and to validate; the rest is {@link Split#TEST}.
     *
     * @param train 0 to 1; default 0.1
     * @param validation 0 to 1 - train; default 0.05
     * @return this builder
     */
    public Builder splits(double train, double validation) {
      this.train = probability("train", train);
      this.validation = probability("validation", validation);
      probability("train + validation", train + validation);
      return this;
    }

    /**
     * Sets the seed.
     *
     * @param seed any number; default 1
     * @return this builder
     */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * Generates the graph.
     *
     * @return the graph
     * @throws IllegalArgumentException if nodes times features is above 2^31 - 1
     */
    public CsrGraph build() {
      if ((long) nodes * features > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            String.format(
                "expected at most %d feature values, got %d nodes times %d",
                Integer.MAX_VALUE, nodes, features));
      }
      return new PowerLawGraph(this).generate();
    }

    private static int atLeastOne(String what, int value) {
      if (value < 1) {
        throw new IllegalArgumentException("expected " + what + " of at least 1, got " + value);
      }
      return value;
    }

    private static double probability(String what, double p) {
      if (!(p >= 0 && p <= 1)) {
        throw new IllegalArgumentException("expected " + what + " from 0 to 1, got " + p);
      }
      return p;
    }
  }

  private CsrGraph generate() {
    Split[] splits = new Split[settings.nodes];
    for (int v = 0; v < settings.nodes; v++) {
      labels[v] = (int) (CounterRandom.uniform(stream(CLASSES), v) * settings.classes);
      splits[v] = split(CounterRandom.uniform(stream(SPLITS), v));
    }
    attachNodes();
    return CsrGraph.builder("power-law", settings.nodes)
        .edges(sources, targets)
        .own(features(), settings.features)
        .labels(labels, settings.classes)
        .splits(splits)
        .build();
  }

  private long stream(int number) {
    return CounterRandom.mix(settings.seed, number);
  }

  private Split split(double u) {
    if (u < settings.train) {
      return Split.TRAIN;
    }
    return u < settings.train + settings.validation ? Split.VALIDATION : Split.TEST;
  }

  private void attachNodes() {
    int[] chosen = new int[64];
    for (int v = 0; v < settings.nodes; v++) {
      // what earlier nodes could not place comes on top, so that all edges are placed in the end
      int due = (int) ((v + 1L) * settings.edges / settings.nodes) - pairs;
      int possible = Math.min(due, v);
      chosen = chosen.length < possible ? new int[2 * possible] : chosen;
      for (int k = 0; k < possible; k++) {
        chosen[k] = draw(v, chosen, k);
      }
      for (int k = 0; k < possible; k++) {
        connect(v, chosen[k]);
      }
      addEnd(v); // one end for being there, so that nodes without edges can be found
    }
    for (int v = settings.nodes - 1; pairs < settings.edges; v--) {
      completeRow(v);
    }
  }

  /** An earlier node, unlike the first {@code k} chosen ones. */
  private int draw(int v, int[] chosen, int k) {
    for (int i = 0; i < TRIES; i++) {
      int u = drawEnd(labels[v]);
      if (!contains(chosen, k, u)) {
        return u;
      }
    }
    int u = (int) (uniform() * v);
    while (contains(chosen, k, u)) {
      u = (u + 1) % v;
    }
    return u;
  }

  private int drawEnd(int community) {
    int c = community;
    if (endCount[c] == 0 || uniform() >= settings.homophily) {
      long total = 0;
      for (int count : endCount) {
        total += count;
      }
      long at = (long) (uniform() * total);
      for (c = 0; at >= endCount[c]; c++) {
        at -= endCount[c];
      }
    }
    return ends[c][(int) (uniform() * endCount[c])];
  }

  private double uniform() {
    return CounterRandom.uniform(stream(EDGES), draws++);
  }

  private static boolean contains(int[] values, int count, int value) {
    for (int i = 0; i < count; i++) {
      if (values[i] == value) {
        return true;
      }
    }
    return false;
  }

  private void connect(int v, int u) {
    sources[2 * pairs] = u;
    targets[2 * pairs] = v;
    sources[2 * pairs + 1] = v;
    targets[2 * pairs + 1] = u;
    pairs++;
    addEnd(u);
    addEnd(v);
  }

  private void addEnd(int v) {
    int c = labels[v];
    if (endCount[c] == ends[c].length) {
      ends[c] = Arrays.copyOf(ends[c], ends[c].length + ends[c].length / 2);
    }
    ends[c][endCount[c]++] = v;
  }

  /** Only graphs that are nearly complete owe edges at the end. */
  private void completeRow(int v) {
    boolean[] joined = new boolean[v];
    for (int e = 0; e < 2 * pairs; e++) {
      if (sources[e] == v && targets[e] < v) {
        joined[targets[e]] = true;
      }
    }
    for (int u = 0; u < v && pairs < settings.edges; u++) {
      if (!joined[u]) {
        connect(v, u);
      }
    }
  }

  private float[] features() {
    int f = settings.features;
    float[] out = new float[settings.nodes * f];
    float[] patterns = new float[settings.classes * f];
    for (int i = 0; i < patterns.length; i++) {
      double sign = CounterRandom.mix(stream(PATTERNS), i) < 0 ? -1 : 1;
      patterns[i] = (float) (settings.signal * sign);
    }
    long noise = stream(NOISE);
    for (int i = 0; i < out.length; i++) {
      out[i] = patterns[labels[i / f] * f + i % f] + noise(CounterRandom.mix(noise, i));
    }
    return out;
  }

  /** Three uniform numbers of 21 bits, of variance 1/12 each. */
  private static float noise(long bits) {
    long mask = (1 << 21) - 1;
    long sum = (bits & mask) + (bits >>> 21 & mask) + (bits >>> 42 & mask);
    return (sum - 1.5f * mask) * (2f / mask);
  }
}
