package io.github.dl4jsnn.conf;

import static io.github.dl4jsnn.testing.Networks.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jsnn.testing.NetworkSettings;
import io.github.dl4jsnn.testing.TestNetwork;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The conventions of edge lists, seen through networks, against a dense reference. */
class EdgeListTest {
  private static final int N = 5;
  private static final int FEATURES = 4;
  private static final int HIDDEN = 6;

  /** In double, against sums in another order. */
  private static final double TOLERANCE = 1e-12;

  private ComputationGraph net;
  private INDArray x;

  @BeforeEach
  void buildNetwork() {
    net =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(DataType.DOUBLE)
                .graphBuilder()
                .addInputs("x", "e")
                .addVertex(
                    "gc",
                    new GraphConvVertex.Builder()
                        .nOut(HIDDEN)
                        .activation(Activation.IDENTITY)
                        .build(),
                    "x",
                    "e")
                .addLayer("out", new LossLayer.Builder(LossFunction.MSE).build(), "gc")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(FEATURES), InputType.feedForward(3))
                .build());
    net.init();
    net.getParam("gc_b").assign(Nd4j.rand(DataType.DOUBLE, HIDDEN));
    x = Nd4j.rand(DataType.DOUBLE, N, FEATURES);
  }

  @Test
  void sourceSendsAndTargetReceives() {
    assertFollows(new double[][] {{0, 1, 1}}, adjacency(new int[] {0, 1}, 1));
  }

  @Test
  void twoColumnsMeanWeightOne() {
    INDArray two = Nd4j.createFromArray(new double[][] {{0, 1}, {1, 0}, {3, 2}});
    INDArray three = Nd4j.createFromArray(new double[][] {{0, 1, 1}, {1, 0, 1}, {3, 2, 1}});
    assertSameBits(output(x, two), output(x, three));
  }

  @Test
  void parallelEdgesAddUp() {
    assertFollows(
        new double[][] {{0, 1, 0.5}, {2, 3, 2}, {0, 1, 0.25}, {0, 1, 0.75}},
        adjacency(new int[] {0, 1}, 1.5, new int[] {2, 3}, 2));
  }

  @Test
  void selfLoopInTheDataReplacesTheAddedOne() {
    double[][] a = adjacency(new int[] {1, 2}, 1);
    a[2][2] = 0.3;
    assertFollows(new double[][] {{2, 2, 0.3}, {1, 2, 1}}, a);
  }

  @Test
  void parallelSelfLoopsAddUpBeforeTheyReplace() {
    double[][] a = adjacency();
    a[4][4] = 3;
    assertFollows(new double[][] {{4, 4, 1}, {4, 4, 2}}, a);
  }

  @Test
  void rowsOfWeightZeroAreNoEdges() {
    double[][] a = adjacency(new int[] {0, 1}, 1);
    assertFollows(new double[][] {{2, 2, 0}, {0, 1, 1}, {3, 4, 0}, {0, 0, 0}}, a);
  }

  @Test
  void oneRowOfZerosIsTheEmptyGraph() {
    assertFollows(new double[][] {{0, 0, 0}}, adjacency());
    INDArray single = Nd4j.rand(DataType.DOUBLE, 1, FEATURES);
    INDArray empty = Nd4j.createFromArray(new double[][] {{0, 0, 0}});
    INDArray affine = single.mmul(net.getParam("gc_W")).addRowVector(net.getParam("gc_b"));
    assertThat(output(single, empty).distance2(affine)).isLessThan(TOLERANCE);
  }

  @Test
  void directedWeightedGraphFollowsTheDenseFormula() {
    Random random = new Random(2);
    double[][] edges = new double[17][];
    double[][] a = adjacency();
    for (int i = 0; i < edges.length; i++) {
      int s = random.nextInt(N);
      int t = (s + 1 + random.nextInt(N - 1)) % N;
      edges[i] = new double[] {s, t, 0.1 + random.nextDouble()};
      a[t][s] += edges[i][2];
    }
    assertFollows(edges, a);
  }

  @Test
  void edgesMayBeAViewOrInColumnOrder() {
    INDArray edges =
        Nd4j.createFromArray(new double[][] {{0, 1, 1}, {1, 2, 0.5}, {2, 0, 2}, {3, 3, 0.1}});
    INDArray expected = output(x, edges);
    assertSameBits(output(x, edges.dup('f')), expected);
    INDArray wide = Nd4j.zeros(DataType.DOUBLE, 4, 5);
    INDArray view = wide.get(NDArrayIndex.all(), NDArrayIndex.interval(1, 4));
    view.assign(edges);
    assertSameBits(output(x, view), expected);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "STATIC_SPIKING_GRAPH",
        "SEQUENCE_SPIKING_GRAPH",
        "PLAIN_GRAPH",
        "GRAPH_ATTENTION",
        "PROPAGATIONS"
      })
  void blockDiagonalBatchEqualsGraphsOneByOne(TestNetwork network) {
    ComputationGraph many = network.create();
    MultiDataSet a = network.data(DataType.FLOAT, 7, 5, 1);
    MultiDataSet b = network.data(DataType.FLOAT, 4, 5, 2);
    INDArray shifted = b.getFeatures(1).dup();
    shifted.get(NDArrayIndex.all(), NDArrayIndex.interval(0, 2)).addi(7);
    INDArray batch =
        many.output(
                Nd4j.concat(0, a.getFeatures(0), b.getFeatures(0)),
                Nd4j.concat(0, a.getFeatures(1), shifted))[0];
    INDArray apart =
        Nd4j.concat(0, many.output(a.getFeatures())[0], many.output(b.getFeatures())[0]);
    assertThat(batch.distance2(apart)).isLessThan(1e-5);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "STATIC_SPIKING_GRAPH",
        "SEQUENCE_SPIKING_GRAPH",
        "PLAIN_GRAPH",
        "GRAPH_ATTENTION",
        "PROPAGATIONS"
      })
  void renumberedNodesGiveRenumberedOutputs(TestNetwork network) {
    ComputationGraph any = network.create(NetworkSettings.defaults().with(DataType.DOUBLE));
    MultiDataSet data = network.data(DataType.DOUBLE);
    INDArray expected = any.output(data.getFeatures())[0];
    int[] newNumber = {4, 9, 0, 2, 10, 7, 1, 3, 8, 6, 5};
    INDArray features = data.getFeatures(0);
    INDArray edges = data.getFeatures(1).dup();
    INDArray moved = features.dup();
    for (int i = 0; i < newNumber.length; i++) {
      moved.slice(newNumber[i]).assign(features.slice(i));
    }
    for (int e = 0; e < edges.size(0); e++) {
      edges.putScalar(e, 0, newNumber[edges.getInt(e, 0)]);
      edges.putScalar(e, 1, newNumber[edges.getInt(e, 1)]);
    }
    INDArray actual = any.output(moved, edges)[0];
    for (int i = 0; i < newNumber.length; i++) {
      assertThat(actual.getRow(newNumber[i]).distance2(expected.getRow(i))).isLessThan(1e-9);
    }
    assertThat(actual.distance2(expected)).isGreaterThan(1e-3);
  }

  private INDArray output(INDArray features, INDArray edges) {
    return net.output(features, edges)[0];
  }

  /** Weights of edges {@code source, target}: a[target][source], with self-loops of weight 1. */
  private static double[][] adjacency(Object... pairs) {
    double[][] a = new double[N][N];
    for (int i = 0; i < N; i++) {
      a[i][i] = 1;
    }
    for (int i = 0; i < pairs.length; i += 2) {
      int[] edge = (int[]) pairs[i];
      a[edge[1]][edge[0]] += ((Number) pairs[i + 1]).doubleValue();
    }
    return a;
  }

  private void assertFollows(double[][] edges, double[][] a) {
    double[] degree = new double[N];
    for (int i = 0; i < N; i++) {
      for (double w : a[i]) {
        degree[i] += w;
      }
    }
    INDArray normalised = Nd4j.create(DataType.DOUBLE, N, N);
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < N; j++) {
        normalised.putScalar(i, j, a[i][j] / Math.sqrt(degree[i] * degree[j]));
      }
    }
    INDArray expected =
        normalised.mmul(x.mmul(net.getParam("gc_W"))).addRowVector(net.getParam("gc_b"));
    assertThat(output(x, Nd4j.createFromArray(edges)).distance2(expected)).isLessThan(TOLERANCE);
  }
}
