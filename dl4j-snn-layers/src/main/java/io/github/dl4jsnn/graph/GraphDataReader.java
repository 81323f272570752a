package io.github.dl4jsnn.graph;

import io.github.dl4jsnn.internal.data.TsvFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Reads a graph from plain files, all in one folder: tab between columns, line feed between rows,
 * no header, numbers starting at 0.
 *
 * <pre>
 *   NAME.properties       counts: nodes, edges (undirected), features, classes; and, checked if there,
 *                         isolatedNodes, unlabelledNodes, nodesWithFeatures
 *   NAME.edges.tsv        u, v             an undirected edge; u &lt; v, rows ascending, none twice
 *   NAME.features.tsv.gz  node, label, index:value index:value ...     every node in order
 *   NAME.splits.tsv       node, split      every node in order; train, val, test or none
 * </pre>
 *
 * <p>If the features of all nodes are not there, {@code NAME.labels.tsv} (node, label; every node
 * in order) and {@code NAME.partial-features.tsv.gz} (as above, for some nodes, ascending) are read
 * instead, and the other nodes have no features. Label -1 means none. Feature values are taken as
 * they are; see {@link GraphData#rowNormalizedFeatures()}.
 *
 * <p>Each undirected edge becomes two rows, (u, v) and right after it (v, u). Self-loops are not
 * added.
 */
public final class GraphDataReader {
  private final Path folder;
  private final String name;
  private final GraphCounts counts;

  private GraphDataReader(Path folder, String name) throws IOException {
    this.folder = folder;
    this.name = name;
    counts = GraphCounts.read(file("properties"));
  }

  /**
   * Reads the graph {@code name} from {@code folder}.
   *
   * @param folder where the files are
   * @param name what their names begin with, and the name of the graph
   * @throws IOException if a file is missing, cut off or malformed, a number is out of range or the
   *     counts are not those of the properties; the message names file and line, what was expected
   *     and what came
   */
  public static GraphData read(Path folder, String name) throws IOException {
    return new GraphDataReader(folder, name).read();
  }

  private GraphData read() throws IOException {
    GraphData.Builder builder = GraphData.builder(name, counts.nodes());
    readEdges(builder);
    int[] labels = new int[counts.nodes()];
    Path complete = file("features.tsv.gz");
    if (Files.exists(complete)) {
      Arrays.fill(labels, GraphData.NO_LABEL);
      readFeatures(complete, builder, labels, true);
    } else if (Files.exists(file("labels.tsv"))) {
      readLabels(labels);
      readFeatures(file("partial-features.tsv.gz"), builder, labels, false);
    } else {
      throw new FileNotFoundException(
          String.format(
              "%s: expected this file, or %s.labels.tsv and %s.partial-features.tsv.gz, found none",
              complete, name, name));
    }
    builder.labels(labels, counts.classes());
    readSplits(builder, labels);
    GraphData graph = builder.build();
    counts.check("isolatedNodes", graph.isolatedNodes().length);
    counts.check("unlabelledNodes", graph.numUnlabelledNodes());
    return graph;
  }

  private void readEdges(GraphData.Builder builder) throws IOException {
    EdgeRows rows = new EdgeRows();
    int last = counts.nodes() - 1;
    try (TsvFile tsv = TsvFile.open(file("edges.tsv"))) {
      int previousU = -1;
      int previousV = -1;
      while (tsv.next(2)) {
        int u = tsv.integer(0, 0, last, "a node");
        int v = tsv.integer(1, 0, last, "a node");
        if (u >= v) {
          throw tsv.error("u < v", u + " and " + v);
        }
        if (u < previousU || u == previousU && v <= previousV) {
          throw tsv.error(
              "an edge after (" + previousU + ", " + previousV + ")", "(" + u + ", " + v + ")");
        }
        rows.add(u, v, 1f);
        rows.add(v, u, 1f);
        previousU = u;
        previousV = v;
      }
      tsv.expectRows(counts.edges(), "as in the properties");
    }
    rows.addTo(builder);
  }

  private void readLabels(int[] labels) throws IOException {
    try (TsvFile tsv = TsvFile.open(file("labels.tsv"))) {
      for (int i = 0; tsv.next(2); i++) {
        int node = nodeInOrder(tsv, i, false);
        labels[node] = label(tsv);
      }
      tsv.expectRows(counts.nodes(), "one for each node");
    }
  }

  /** Reads features, and the labels too if {@code complete}; else the labels given must agree. */
  private void readFeatures(Path path, GraphData.Builder builder, int[] labels, boolean complete)
      throws IOException {
    FeatureRows rows = new FeatureRows();
    int numRows = 0;
    try (TsvFile tsv = TsvFile.open(path)) {
      int next = 0;
      while (tsv.next(3)) {
        int node = nodeInOrder(tsv, next, !complete);
        int label = label(tsv);
        if (!complete && label != labels[node]) {
          throw tsv.error("label " + labels[node] + " as in the labels file", "" + label);
        }
        labels[node] = label;
        rows.endRowsUpTo(node);
        readPairs(tsv, rows);
        rows.endRow();
        next = node + 1;
        numRows++;
      }
      if (complete) {
        tsv.expectRows(counts.nodes(), "one for each node");
      }
    }
    counts.check("nodesWithFeatures", numRows);
    rows.endRowsUpTo(counts.nodes());
    rows.addTo(builder, counts.features());
  }

  private void readPairs(TsvFile tsv, FeatureRows rows) throws IOException {
    if (tsv.text(2).isEmpty()) {
      return;
    }
    int previous = -1;
    for (String pair : tsv.text(2).split(" ", -1)) {
      int colon = pair.indexOf(':');
      if (colon < 0) {
        throw tsv.error("index:value", '"' + pair + '"');
      }
      int index =
          tsv.integer(pair.substring(0, colon), 0, counts.features() - 1, "a feature index");
      if (index <= previous) {
        throw tsv.error("a feature index above " + previous, "" + index);
      }
      rows.add(index, tsv.finite(pair.substring(colon + 1), "the value of feature " + index));
      previous = index;
    }
  }

  private void readSplits(GraphData.Builder builder, int[] labels) throws IOException {
    Split[] splits = new Split[counts.nodes()];
    try (TsvFile tsv = TsvFile.open(file("splits.tsv"))) {
      for (int i = 0; tsv.next(2); i++) {
        int node = nodeInOrder(tsv, i, false);
        splits[node] = tsv.split(1);
        if (splits[node] != Split.NONE && labels[node] == GraphData.NO_LABEL) {
          throw tsv.error("none as the split of a node without a label", tsv.text(1));
        }
      }
      tsv.expectRows(counts.nodes(), "one for each node");
    }
    builder.splits(splits);
  }

  private int nodeInOrder(TsvFile tsv, int next, boolean gaps) throws IOException {
    int node = tsv.integer(0, 0, counts.nodes() - 1, "a node");
    if (node < next || node > next && !gaps) {
      throw tsv.error("node " + next + (gaps ? " or above" : ""), "" + node);
    }
    return node;
  }

  private int label(TsvFile tsv) throws IOException {
    return tsv.integer(1, GraphData.NO_LABEL, counts.classes() - 1, "a label");
  }

  private Path file(String suffix) {
    return folder.resolve(name + "." + suffix);
  }
}
