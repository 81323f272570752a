package io.github.dl4jsnn.testing;

import java.util.Random;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Random data of {@link TestNetwork}: the label can be read off the features. */
final class TestNetworkData {
  static final int FEATURES = 5;
  static final int CLASSES = 3;

  private final DataType type;
  private final int n;
  private final Random random;
  private final int[] labels;

  TestNetworkData(DataType type, int n, long seed) {
    this.type = type;
    this.n = n;
    this.random = new Random(seed);
    this.labels = random.ints(n, 0, CLASSES).toArray();
  }

  INDArray staticFeatures() {
    INDArray x = Nd4j.create(type, n, FEATURES);
    for (int i = 0; i < n; i++) {
      for (int f = 0; f < FEATURES; f++) {
        x.putScalar(i, f, feature(i, f));
      }
    }
    return x;
  }

  INDArray sequence(int steps, RNNFormat format) {
    INDArray x = Nd4j.create(type, n, steps, FEATURES);
    for (int i = 0; i < n; i++) {
      for (int t = 0; t < steps; t++) {
        for (int f = 0; f < FEATURES; f++) {
          x.putScalar(i, t, f, feature(i, f));
        }
      }
    }
    return format == RNNFormat.NWC ? x : x.permute(0, 2, 1).dup('c');
  }

  private double feature(int i, int f) {
    return 0.3 * random.nextGaussian() + (f == labels[i] ? 1.5 : 0);
  }

  /** A ring with chords and an isolated last node, weighted. */
  INDArray edges() {
    int ring = n - 1;
    INDArray e = Nd4j.create(type, 2L * ring + ring, 3);
    int row = 0;
    for (int i = 0; i < ring; i++) {
      int next = (i + 1) % ring;
      put(e, row++, i, next, 1);
      put(e, row++, next, i, 1);
      put(e, row++, i, random.nextInt(ring), 0.25 + random.nextDouble());
    }
    return e;
  }

  private static void put(INDArray e, int row, int source, int target, double weight) {
    e.putScalar(row, 0, source);
    e.putScalar(row, 1, target);
    e.putScalar(row, 2, weight);
  }

  /** Graph i has 1 to 3 nodes in a ring, all with the label of the graph in their features. */
  MultiDataSet perGraph() {
    int nodes = firstNode(n);
    INDArray x = Nd4j.create(type, nodes, FEATURES);
    INDArray e = Nd4j.create(type, nodes, 3);
    INDArray membership = Nd4j.create(type, nodes, 1);
    for (int i = 0; i < n; i++) {
      int first = firstNode(i);
      int size = firstNode(i + 1) - first;
      for (int j = 0; j < size; j++) {
        membership.putScalar(first + j, 0, i);
        put(e, first + j, first + j, first + (j + 1) % size, 0.5);
        for (int f = 0; f < FEATURES; f++) {
          x.putScalar(first + j, f, feature(i, f));
        }
      }
    }
    return new MultiDataSet(new INDArray[] {x, e, membership}, new INDArray[] {labels()});
  }

  private static int firstNode(int graph) {
    return graph + graph / 2 + graph / 3;
  }

  /** Whether nodes have the same class; as many pairs as nodes. */
  MultiDataSet perPair(INDArray x, INDArray edges) {
    INDArray pairs = Nd4j.create(type, n, 2);
    INDArray y = Nd4j.create(type, n, 1);
    for (int p = 0; p < n; p++) {
      int u = random.nextInt(n);
      int v = random.nextInt(n);
      pairs.putScalar(p, 0, u);
      pairs.putScalar(p, 1, v);
      y.putScalar(p, 0, labels[u] == labels[v] ? 1 : 0);
    }
    return new MultiDataSet(new INDArray[] {x, edges, pairs}, new INDArray[] {y});
  }

  MultiDataSet perExample(INDArray x) {
    return new MultiDataSet(new INDArray[] {x}, new INDArray[] {labels()});
  }

  /** Two of three nodes are labelled, where a loss can take a labels mask. */
  MultiDataSet perNode(INDArray x, INDArray edges) {
    INDArray mask = Nd4j.create(type, n, 1);
    for (int i = 0; i < n; i++) {
      mask.putScalar(i, 0, i % 3 == 2 ? 0 : 1);
    }
    return new MultiDataSet(
        new INDArray[] {x, edges}, new INDArray[] {labels()}, null, new INDArray[] {mask});
  }

  private INDArray labels() {
    INDArray y = Nd4j.create(type, n, CLASSES);
    for (int i = 0; i < n; i++) {
      y.putScalar(i, labels[i], 1);
    }
    return y;
  }
}
