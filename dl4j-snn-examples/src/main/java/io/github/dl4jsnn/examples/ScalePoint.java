package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

/** One measured point of {@link ScaleStudy}: a line of its table. */
final class ScalePoint {
  static final String HEADER =
      "nodes,edges,features,hidden,timeSteps,mode,generate_s,first_epoch_s,epoch_s,"
          + "resident_mb,heap_mb,score";

  private static final double MB = 1 << 20;

  int nodes;

  /** Undirected. */
  int edges;

  int features;
  int hidden;
  int timeSteps;
  ScaleMode mode;
  double generateSeconds;
  double firstSeconds;

  /** Median of the epochs behind the first. */
  double laterSeconds;

  double residentBytes;
  double heapBytes;
  double score;

  static ScalePoint parse(String line) {
    String[] f = line.split(",");
    ScalePoint p = new ScalePoint();
    p.nodes = Integer.parseInt(f[0]);
    p.edges = Integer.parseInt(f[1]);
    p.features = Integer.parseInt(f[2]);
    p.hidden = Integer.parseInt(f[3]);
    p.timeSteps = Integer.parseInt(f[4]);
    p.mode = ScaleMode.valueOf(f[5]);
    p.generateSeconds = Double.parseDouble(f[6]);
    p.firstSeconds = Double.parseDouble(f[7]);
    p.laterSeconds = Double.parseDouble(f[8]);
    p.residentBytes = Double.parseDouble(f[9]) * MB;
    p.heapBytes = Double.parseDouble(f[10]) * MB;
    p.score = Double.parseDouble(f[11]);
    return p;
  }

  /** Time of an epoch. */
  double seconds() {
    return laterSeconds;
  }

  /** As in the table of benchmarks. */
  String shape() {
    return String.format("N%d E%d F%d H%d T%d", nodes, edges, features, hidden, timeSteps);
  }

  /** The line of the table, in the order of {@link #HEADER}. */
  @Override
  public String toString() {
    return String.format(
        ROOT,
        "%d,%d,%d,%d,%d,%s,%.2f,%.3f,%.3f,%.0f,%.0f,%.4f",
        nodes,
        edges,
        features,
        hidden,
        timeSteps,
        mode,
        generateSeconds,
        firstSeconds,
        laterSeconds,
        residentBytes / MB,
        heapBytes / MB,
        score);
  }
}
