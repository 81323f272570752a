package io.github.dl4jsnn.graph;

import io.github.dl4jsnn.internal.data.TsvFile;
import io.github.dl4jsnn.internal.pickle.CsrMatrix;
import io.github.dl4jsnn.internal.pickle.NumpyArray;
import io.github.dl4jsnn.internal.pickle.PickleFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Reads a graph from the files in which Planetoid published Cora, Citeseer and Pubmed: Python
 * pickles of NumPy arrays, SciPy matrices and a dictionary.
 *
 * <pre>
 *   ind.NAME.x       features of the train nodes, a sparse matrix       ind.NAME.y     their classes, one-hot
 *   ind.NAME.allx    features of all nodes but the test range           ind.NAME.ally  their classes
 *   ind.NAME.tx      features of the test nodes                         ind.NAME.ty    their classes
 *   ind.NAME.graph   neighbours of each node
 *   ind.NAME.test.index   text: which node row k of tx and ty is
 * </pre>
 *
 * <p>Train are the first nodes (those of {@code x}), validation the 500 after them, test those of
 * {@code test.index}. Numbers of the test range that are missing there, 15 in Citeseer, become
 * nodes without features, in no split and with {@link GraphData#NO_LABEL}, which keep the edges
 * that the graph lists for them. Every edge goes both ways; doubles and self-loops are dropped. So
 * the result equals what {@link GraphDataReader} reads of the same set.
 *
 * <p>The files are not trusted: only arrays, sparse matrices, lists and dictionaries are made from
 * them, any other class is an error that names it, and memory is bounded by their length. Needs
 * {@code net.razorvine:pickle}.
 *
 * <p><b>Source.</b> Yang, Cohen and Salakhutdinov, Revisiting semi-supervised learning with graph
 * embeddings, ICML 2016, and the files of github.com/kimiyoung/planetoid.
 */
public final class PlanetoidRaw {

  /** Number of validation nodes, as in Kipf and Welling, 2017, and since. */
  private static final int VALIDATION = 500;

  private final Path folder;
  private final String name;

  private PlanetoidRaw(Path folder, String name) {
    this.folder = folder;
    this.name = name;
  }

  /**
   * Reads the graph {@code name} from {@code folder}.
   *
   * @param folder where the eight files are
   * @param name what stands between {@code ind.} and the endings, and the name of the graph
   * @return the graph, features as they are in the files
   * @throws IOException if a file is missing, cut off, damaged or holds something else than it
   *     should, or the files do not fit each other; the message names the file
   */
  public static GraphData read(Path folder, String name) throws IOException {
    return new PlanetoidRaw(folder, name).read(VALIDATION);
  }

  /** The same with another number of validation nodes. */
  static GraphData read(Path folder, String name, int validation) throws IOException {
    return new PlanetoidRaw(folder, name).read(validation);
  }

  private GraphData read(int validation) throws IOException {
    CsrMatrix x = matrix("x");
    CsrMatrix allx = matrix("allx");
    CsrMatrix tx = matrix("tx");
    NumpyArray y = oneHot("y", x.rows());
    NumpyArray ally = oneHot("ally", allx.rows());
    NumpyArray ty = oneHot("ty", tx.rows());
    require(x.columns() == allx.columns(), "x", allx.columns() + " features", x.columns());
    require(tx.columns() == allx.columns(), "tx", allx.columns() + " features", tx.columns());
    require(y.size(1) == ally.size(1), "y", ally.size(1) + " classes", y.size(1));
    require(ty.size(1) == ally.size(1), "ty", ally.size(1) + " classes", ty.size(1));
    require(
        x.rows() + validation <= allx.rows(),
        "allx",
        "at least " + (x.rows() + validation) + " nodes",
        allx.rows());
    Map<?, ?> neighbours = PickleFile.read(file("graph"), Map.class);
    int[] test = testIndex(allx.rows(), tx.rows(), neighbours.size());
    int n = Arrays.stream(test).max().orElse(allx.rows() - 1) + 1;

    int[] rowOf = new int[n];
    Arrays.fill(rowOf, -1);
    for (int k = 0; k < test.length; k++) {
      rowOf[test[k]] = k;
    }
    GraphData.Builder builder = GraphData.builder(name, n);
    addFeatures(builder, allx, tx, rowOf);
    addLabels(builder, ally, ty, rowOf, y, validation);
    new PlanetoidEdges(file("graph"), n).read(neighbours).addTo(builder);
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      // What is left to go wrong is a sum of features that is not finite.
      throw new IOException(file("*") + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads the test nodes; their numbers bound the number of nodes, so they are held to the rest.
   */
  private int[] testIndex(int first, int rows, int listed) throws IOException {
    int[] nodes = new int[rows];
    // A line is read as a whole, so a file of one endless line must not be begun.
    long size = Files.exists(file("test.index")) ? Files.size(file("test.index")) : 0;
    require(size <= 16L * rows, "test.index", "at most " + 16L * rows + " bytes", size);
    boolean[] seen = new boolean[(int) Math.min(Integer.MAX_VALUE - 8L, (long) rows + listed)];
    try (TsvFile tsv = TsvFile.open(file("test.index"))) {
      for (int k = 0; tsv.next(1); k++) {
        int node = tsv.integer(0, first, first + seen.length - 1, "a test node");
        if (k == rows) {
          throw tsv.error(
              "end of file after " + rows + " nodes, one for each row of tx", "" + node);
        }
        if (seen[node - first]) {
          throw tsv.error("each node once", "node " + node + " again");
        }
        seen[node - first] = true;
        nodes[k] = node;
      }
      tsv.expectRows(rows, "one for each row of tx");
    }
    return nodes;
  }

  private static void addFeatures(
      GraphData.Builder builder, CsrMatrix allx, CsrMatrix tx, int[] rowOf) {
    FeatureRows rows = new FeatureRows();
    for (int i = 0; i < rowOf.length; i++) {
      if (i < allx.rows()) {
        addRow(rows, allx, i);
      } else if (rowOf[i] >= 0) {
        addRow(rows, tx, rowOf[i]);
      }
      rows.endRow();
    }
    rows.addTo(builder, allx.columns());
  }

  /** Adds a row with its columns in order; entries of the same place add up, zeros are left out. */
  private static void addRow(FeatureRows rows, CsrMatrix matrix, int row) {
    int begin = matrix.begin(row);
    long[] order = new long[matrix.begin(row + 1) - begin];
    for (int k = 0; k < order.length; k++) {
      order[k] = (long) matrix.column(begin + k) << 32 | begin + k;
    }
    Arrays.sort(order);
    for (int k = 0; k < order.length; ) {
      int column = (int) (order[k] >> 32);
      float sum = 0;
      for (; k < order.length && (int) (order[k] >> 32) == column; k++) {
        sum += matrix.value((int) order[k]);
      }
      if (sum != 0) {
        rows.add(column, sum);
      }
    }
  }

  private void addLabels(
      GraphData.Builder builder,
      NumpyArray ally,
      NumpyArray ty,
      int[] rowOf,
      NumpyArray y,
      int validation)
      throws IOException {
    int n = rowOf.length;
    int[] labels = new int[n];
    Split[] splits = new Split[n];
    Arrays.fill(labels, GraphData.NO_LABEL);
    Arrays.fill(splits, Split.NONE);
    int train = y.size(0);
    for (int i = 0; i < ally.size(0); i++) {
      labels[i] = label("ally", ally, i);
      if (i < train) {
        splits[i] = Split.TRAIN;
        require(label("y", y, i) == labels[i], "y", "the classes of ally", "others in row " + i);
      } else if (i < train + validation) {
        splits[i] = Split.VALIDATION;
      }
      boolean used = splits[i] != Split.NONE;
      require(!used || labels[i] >= 0, "ally", "a class for node " + i, "none");
    }
    for (int i = ally.size(0); i < n; i++) {
      if (rowOf[i] >= 0) {
        labels[i] = label("ty", ty, rowOf[i]);
        require(labels[i] >= 0, "ty", "a class in row " + rowOf[i], "none");
        splits[i] = Split.TEST;
      }
    }
    builder.labels(labels, ally.size(1)).splits(splits);
  }

  /** Returns the class of a row, or NO_LABEL if it is 0 everywhere. */
  private int label(String part, NumpyArray oneHot, int row) throws IOException {
    int label = GraphData.NO_LABEL;
    for (int c = 0; c < oneHot.size(1); c++) {
      double value = oneHot.get(row, c);
      require(value == 0 || value == 1, part, "0 and 1 in row " + row, value);
      require(value == 0 || label < 0, part, "one class in row " + row, "several");
      label = value == 1 ? c : label;
    }
    return label;
  }

  private CsrMatrix matrix(String part) throws IOException {
    return PickleFile.read(file(part), CsrMatrix.class);
  }

  private NumpyArray oneHot(String part, int rows) throws IOException {
    NumpyArray array = PickleFile.read(file(part), NumpyArray.class);
    require(array.dimensions() == 2, part, "a matrix of classes", "a vector");
    require(array.size(0) == rows, part, rows + " rows", array.size(0));
    return array;
  }

  private void require(boolean ok, String part, String expected, Object got) throws IOException {
    if (!ok) {
      throw new IOException(String.format("%s: expected %s, got %s", file(part), expected, got));
    }
  }

  private Path file(String part) {
    return folder.resolve("ind." + name + "." + part);
  }

  /** The dictionary of neighbour lists, as undirected edges in ascending order. */
  private static final class PlanetoidEdges {
    private final Path file;
    private final int nodes;

    PlanetoidEdges(Path file, int nodes) {
      this.file = file;
      this.nodes = nodes;
    }

    EdgeRows read(Map<?, ?> neighbours) throws IOException {
      long[] edges = new long[64];
      int n = 0;
      for (Map.Entry<?, ?> entry : neighbours.entrySet()) {
        int u = node(entry.getKey());
        if (!(entry.getValue() instanceof List)) {
          throw new IOException(file + ": expected a list of neighbours of node " + u);
        }
        for (Object neighbour : (List<?>) entry.getValue()) {
          int v = node(neighbour);
          if (u != v) {
            edges = n == edges.length ? Arrays.copyOf(edges, 2 * n) : edges;
            edges[n++] = (long) Math.min(u, v) << 32 | Math.max(u, v);
          }
        }
      }
      EdgeRows rows = new EdgeRows();
      for (long edge : Arrays.stream(edges, 0, n).sorted().distinct().toArray()) {
        rows.add((int) (edge >> 32), (int) edge, 1f);
        rows.add((int) edge, (int) (edge >> 32), 1f);
      }
      return rows;
    }

    private int node(Object value) throws IOException {
      boolean whole = value instanceof Integer || value instanceof Long;
      long node = whole ? ((Number) value).longValue() : -1;
      if (node < 0 || node >= nodes) {
        throw new IOException(
            String.format(
                "%s: expected nodes from 0 to %d, got %s",
                file, nodes - 1, whole ? value : "something else"));
      }
      return (int) node;
    }
  }
}
