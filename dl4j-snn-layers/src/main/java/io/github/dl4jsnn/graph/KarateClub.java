package io.github.dl4jsnn.graph;

import io.github.dl4jsnn.internal.data.TsvFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Zachary's karate club: 34 members, 78 undirected friendships, two factions. It is inside the jar,
 * so that a first graph network needs no files.
 *
 * <p><b>Nodes</b> 0 to 33 are the paper's individuals 1 to 34; node 0 is the instructor "Mr. Hi",
 * node 33 the club's officer. <b>Features</b> are the identity {@code [34, 34]}. <b>Labels</b> are
 * the club a member joined after the split, 17 members each: {@link #MR_HI} or {@link #OFFICER}.
 *
 * <p><b>Split</b>, fixed and the same number of members of both factions: train is the two leaders
 * and one neighbour each (0, 1, 32, 33); validation is 4, 7, 11, 16, 21 and 15, 22, 25, 28, 31;
 * test the remaining 20.
 *
 * <p><b>Source.</b> W. W. Zachary, An information flow model for conflict and fission in small
 * groups, Journal of Anthropological Research 33:452-473, 1977.
 */
public final class KarateClub {

  /** Label of the members who followed the instructor. */
  public static final int MR_HI = 0;

  /** Label of the members who stayed with the officers. */
  public static final int OFFICER = 1;

  private static final int NODES = 34;
  private static final String EDGES = "karate-club.edges.tsv";
  private static final String MEMBERS = "karate-club.nodes.tsv";

  private KarateClub() {}

  /** Returns the graph. */
  public static GraphData load() {
    GraphData.Builder builder = GraphData.builder("karate-club", NODES).identityFeatures();
    try {
      readEdges(builder);
      readMembers(builder);
    } catch (IOException e) {
      throw new UncheckedIOException("a resource of the library is missing or damaged", e);
    }
    return builder.build();
  }

  private static void readEdges(GraphData.Builder builder) throws IOException {
    EdgeRows rows = new EdgeRows();
    try (TsvFile tsv = open(EDGES)) {
      while (tsv.next(2)) {
        int u = node(tsv, 0);
        int v = node(tsv, 1);
        rows.add(u, v, 1f);
        rows.add(v, u, 1f);
      }
    }
    rows.addTo(builder);
  }

  private static void readMembers(GraphData.Builder builder) throws IOException {
    int[] labels = new int[NODES];
    Split[] splits = new Split[NODES];
    try (TsvFile tsv = open(MEMBERS)) {
      while (tsv.next(3)) {
        int node = node(tsv, 0);
        labels[node] = tsv.integer(1, MR_HI, OFFICER, "a faction");
        splits[node] = tsv.split(2);
      }
    }
    builder.labels(labels, 2).splits(splits);
  }

  private static int node(TsvFile tsv, int field) throws IOException {
    return tsv.integer(field, 0, NODES - 1, "a node");
  }

  private static TsvFile open(String resource) throws IOException {
    InputStream in = KarateClub.class.getResourceAsStream(resource);
    if (in == null) {
      throw new FileNotFoundException(
          "expected the resource " + resource + " beside " + KarateClub.class + ", found none");
    }
    return TsvFile.resource(resource, in);
  }
}
