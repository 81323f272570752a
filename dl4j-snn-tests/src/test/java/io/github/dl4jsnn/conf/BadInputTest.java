package io.github.dl4jsnn.conf;

import static io.github.dl4jsnn.testing.Networks.assertSameBits;
import static io.github.dl4jsnn.testing.Networks.assertSameParameters;
import static io.github.dl4jsnn.testing.Networks.fit;
import static io.github.dl4jsnn.testing.Networks.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.testing.NetworkSettings;
import io.github.dl4jsnn.testing.TestNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Wrong data: an exception that names the layer, what was expected and what came; afterwards the
 * network works as if nothing had happened.
 */
class BadInputTest {
  private static final int N = 11;

  static Stream<Arguments> badData() {
    List<Arguments> cases = new ArrayList<>();
    TestNetwork graph = TestNetwork.STATIC_SPIKING_GRAPH;
    TestNetwork sequenceGraph = TestNetwork.SEQUENCE_SPIKING_GRAPH;
    TestNetwork plain = TestNetwork.PLAIN_GRAPH;
    add(cases, graph, "rank 4", d -> x(d, 1, N, 5, 1, 1), "gc1", "[2, 3]", "[11, 5, 1, 1]");
    add(cases, graph, "4 features", d -> x(d, 1, N, 4), "gc1", "expected 5", "got 4", "[11, 4]");
    add(
        cases,
        sequenceGraph,
        "2 features",
        d -> x(d, 1, N, 2, 6),
        "gc1",
        "expected 5",
        "got 2",
        "NCW");
    add(cases, plain, "6 features", d -> x(d, 1, N, 6), "gc1", "expected 5", "got 6");
    TestNetwork attention = TestNetwork.GRAPH_ATTENTION;
    add(cases, attention, "4 features", d -> x(d, 1, N, 4), "gc1", "expected 5", "got 4");
    add(
        cases,
        attention,
        "negative weight",
        d -> edge(d, 4, 2, -0.5),
        "gc1",
        "row 4",
        "at least 0",
        "-0.5");
    for (TestNetwork g : new TestNetwork[] {graph, sequenceGraph, plain, attention}) {
      add(cases, g, "NaN feature", d -> set(d, 0, Double.NaN), "gc1", "NaN");
      add(
          cases,
          g,
          "infinite feature",
          d -> set(d, 0, Double.NEGATIVE_INFINITY),
          "gc1",
          "infinite");
      add(cases, g, "source -1", d -> edge(d, 3, 0, -1), "gc1", "row 3", "source", "0..10", "-1");
      add(cases, g, "target N", d -> edge(d, 2, 1, N), "gc1", "row 2", "target", "0..10", "11");
      add(cases, g, "fractional source", d -> edge(d, 0, 0, 0.5), "gc1", "row 0", "source", "0.5");
      add(cases, g, "NaN target", d -> edge(d, 0, 1, Double.NaN), "gc1", "row 0", "target", "NaN");
      add(cases, g, "above 2^24", d -> edge(d, 1, 1, 16777218), "gc1", "row 1", "1.6777218E7");
      add(cases, g, "infinite source", d -> edge(d, 1, 0, 1 / 0.0), "gc1", "row 1", "Infinity");
      add(cases, g, "NaN weight of an edge", d -> edge(d, 4, 2, Double.NaN), "gc1", "row 4", "NaN");
      add(cases, g, "infinite weight", d -> edge(d, 4, 2, 1 / 0.0), "gc1", "row 4", "Infinity");
      if (g != attention) {
        add(cases, g, "negative degree", d -> edge(d, 4, 2, -9), "gc1", "positive");
      }
      add(cases, g, "one column", d -> d.setFeatures(1, Nd4j.zeros(type(), 4, 1)), "gc1", "[4, 1]");
      add(
          cases,
          g,
          "edges of rank 3",
          d -> d.setFeatures(1, Nd4j.zeros(type(), 4, 3, 1)),
          "gc1",
          "[4, 3, 1]");
      add(
          cases,
          g,
          "feature mask",
          d -> mask(d, N, 1),
          "gc1",
          "feature masks",
          "[11, 1]",
          "labels mask");
    }
    for (TestNetwork g : new TestNetwork[] {graph, TestNetwork.GRAPH_LOSS}) {
      add(
          cases,
          g,
          "no labelled node",
          d -> d.getLabelsMaskArray(0).assign(0),
          "out",
          "no example",
          "0.0");
    }
    TestNetwork loss = TestNetwork.SEQUENCE_LOSS;
    add(cases, loss, "2 labels", d -> labels(d, N, 2), "out", "[11, 3]", "[11, 2]");
    add(cases, loss, "labels a step", d -> labels(d, N, 3, 6), "out", "[11, 3]", "[11, 3, 6]");
    add(cases, loss, "NaN label", d -> d.getLabels(0).putScalar(4, 1, 0 / 0.0), "out", "example 4");
    TestNetwork linear = TestNetwork.SPIKING_LINEAR;
    add(cases, linear, "4 features", d -> x(d, 1, N, 6, 4), "linear", "expected 5", "got 4");
    add(cases, linear, "NaN feature", d -> set(d, 0, Double.NaN), "linear", "NaN");
    add(cases, linear, "infinite feature", d -> set(d, 0, 1 / 0.0), "linear", "infinite");
    add(cases, linear, "mask of another size", d -> mask(d, N, 5), "linear", "[11, 6]", "[11, 5]");
    add(
        cases,
        TestNetwork.SPIKING_CONV1D,
        "NaN feature",
        d -> set(d, 0, Double.NaN),
        "encoder",
        "NaN");
    TestNetwork encoding = TestNetwork.TRAINED_ENCODING;
    add(cases, encoding, "4 features", d -> x(d, 1, N, 4), "lif", "expected 5", "got 4");
    add(cases, encoding, "NaN feature", d -> set(d, 0, Double.NaN), "lif", "NaN");
    add(cases, encoding, "infinite feature", d -> set(d, 0, 1 / 0.0), "lif", "infinite");
    add(
        cases,
        plain,
        "labels mask of another size",
        d -> d.setLabelsMaskArray(0, Nd4j.ones(type(), 4, 1)),
        "out",
        "[11, 1]",
        "[4, 1]");
    TestNetwork pool = TestNetwork.GRAPH_READOUT;
    add(cases, pool, "graph left out", d -> third(d, 1, 0, 2), "pool", "row 1", "0 or 1", "is 2");
    add(cases, pool, "first graph 1", d -> third(d, 0, 0, 1), "pool", "row 0", "graph 0", "is 1");
    add(cases, pool, "nodes apart", d -> third(d, 5, 0, 0), "pool", "row 5", "consecutive", "is 0");
    add(cases, pool, "half a graph", d -> third(d, 1, 0, 0.5), "pool", "row 1", "0.5");
    add(cases, pool, "graph -1", d -> third(d, 2, 0, -1), "pool", "row 2", "-1");
    add(cases, pool, "graph NaN", d -> third(d, 2, 0, 0 / 0.0), "pool", "row 2", "NaN");
    add(cases, pool, "short", d -> input(d, 2, 0, 4, 1), "pool", "19 nodes", "[4, 1]");
    add(cases, pool, "two columns", d -> input(d, 2, 0, 19, 2), "pool", "[N, 1]", "[19, 2]");
    add(cases, pool, "rank 3", d -> input(d, 2, 0, 19, 1, 1), "pool", "[N, 1]", "[19, 1, 1]");
    add(cases, pool, "mask of nodes", d -> mask(d, 19, 1), "gc1", "feature masks");
    TestNetwork link = TestNetwork.LINK_PREDICTION;
    add(cases, link, "node N", d -> third(d, 3, 1, N), "decoder", "row 3", "0..10", "11");
    add(cases, link, "node -1", d -> third(d, 3, 0, -1), "decoder", "row 3", "0..10", "-1");
    add(cases, link, "half a node", d -> third(d, 3, 0, 0.5), "decoder", "row 3", "0.5");
    add(cases, link, "node NaN", d -> third(d, 3, 0, 0 / 0.0), "decoder", "row 3", "NaN");
    add(cases, link, "three columns", d -> input(d, 2, 0, N, 3), "decoder", "[P, 2]", "[11, 3]");
    TestNetwork stfn = TestNetwork.SEQUENCE_STFN;
    add(cases, stfn, "mask before STFN", d -> mask(d, N, 6), "stfn", "mask");
    TestNetwork norm = TestNetwork.SEQUENCE_BATCH_NORM;
    add(cases, norm, "mask of another length", d -> mask(d, N, 5), "[11, 5]");
    TestNetwork dense = TestNetwork.SPIKING_DENSE;
    add(cases, dense, "4 features", d -> x(d, 1, N, 4, 6), "dense1", "expected 5", "got 4", "NCW");
    add(cases, dense, "rank 4", d -> x(d, 1, N, 5, 6, 1), "dense1", "[2, 3]", "[11, 5, 6, 1]");
    add(cases, dense, "NaN", d -> set(d, 0, Double.NaN), "dense1", "example 10", "NaN");
    add(cases, dense, "infinity", d -> set(d, 0, 1 / 0.0), "dense1", "example 10", "infinite");
    add(cases, dense, "mask", d -> mask(d, N, 5), "dense1", "mask [N, T] = [11, 6]", "[11, 5]");
    TestNetwork rnn = TestNetwork.SPIKE_RECURRENT;
    add(cases, rnn, "4 features", d -> x(d, 1, N, 4, 6), "plif", "expected 5", "got 4", "NCW");
    add(cases, rnn, "rank 2", d -> x(d, 1, N, 5), "plif", "[3]", "[11, 5]");
    add(cases, rnn, "odd length", d -> x(d, 1, N, 5, 7), "plif", "T = 2", "length 7");
    add(cases, rnn, "NaN", d -> set(d, 0, Double.NaN), "plif", "example 10", "NaN");
    add(cases, rnn, "mask", d -> mask(d, N, 5), "plif", "mask [N, T] = [11, 12]", "[11, 5]");
    return cases.stream();
  }

  private static void add(
      List<Arguments> cases,
      TestNetwork network,
      String what,
      Consumer<MultiDataSet> spoil,
      String... message) {
    for (WorkspaceMode mode : new WorkspaceMode[] {WorkspaceMode.ENABLED, WorkspaceMode.NONE}) {
      cases.add(Arguments.of(network, what, mode, spoil, message));
    }
  }

  @ParameterizedTest(name = "{0}, {1}, workspaces {2}")
  @MethodSource("badData")
  void isNamedAndTheNetworkGoesOn(
      TestNetwork network,
      String what,
      WorkspaceMode mode,
      Consumer<MultiDataSet> spoil,
      String[] message) {
    NetworkSettings settings = NetworkSettings.defaults().with(mode);
    ComputationGraph net = network.create(settings);
    ComputationGraph fresh = network.create(settings);
    MultiDataSet good = network.data(type());
    fit(net, good, 1, 1);
    fit(fresh, good, 1, 1);

    MultiDataSet bad = network.data(type());
    spoil.accept(bad);
    assertFails(() -> net.fit(bad), message);
    assertFails(() -> net.score(bad), message);
    if (!message[0].equals("out")) {
      assertFails(() -> output(net, bad), message);
    }

    assertSameBits(output(net, good), output(fresh, good));
    fit(net, good, 2, 2);
    fit(fresh, good, 2, 2);
    assertSameParameters(net, fresh);
    assertThat(net.score(good)).isEqualTo(fresh.score(good));
  }

  static Stream<Arguments> badParameters() {
    return Stream.of(
        Arguments.of(TestNetwork.STATIC_SPIKING_GRAPH, "gc1_W", "gc1"),
        Arguments.of(TestNetwork.STATIC_SPIKING_GRAPH, "gc1_b", "gc1"),
        Arguments.of(TestNetwork.STATIC_SPIKING_GRAPH, "gc1_lambda", "gc1"),
        Arguments.of(TestNetwork.STATIC_SPIKING_GRAPH, "gc2_gamma", "gc2"),
        Arguments.of(TestNetwork.PLAIN_GRAPH, "gc2_W", "gc2"),
        Arguments.of(TestNetwork.GRAPH_ATTENTION, "gc1_W", "gc1"),
        Arguments.of(TestNetwork.GRAPH_ATTENTION, "gc1_aSrc", "gc1"),
        Arguments.of(TestNetwork.GRAPH_ATTENTION, "gc2_aDst", "gc2"),
        Arguments.of(TestNetwork.SEQUENCE_SPIKING_GRAPH, "gc2_b", "gc2"),
        Arguments.of(TestNetwork.GRAPH_READOUT, "pool_W", "pool"),
        Arguments.of(TestNetwork.LINK_PREDICTION, "decoder_scale", "decoder"),
        Arguments.of(TestNetwork.LINK_PREDICTION, "decoder_bias", "decoder"),
        Arguments.of(TestNetwork.SEQUENCE_STFN, "stfn_gamma", "stfn"),
        Arguments.of(TestNetwork.SEQUENCE_STFN, "rnn_b", "stfn"),
        Arguments.of(TestNetwork.SPIKING_DENSE, "dense1_W", "dense1"),
        Arguments.of(TestNetwork.SPIKING_DENSE, "dense2_b", "dense2"),
        Arguments.of(TestNetwork.STATIC_LIF, "dense_b", "lif"),
        Arguments.of(TestNetwork.TRAINED_ENCODING, "lif_W", "lif"),
        Arguments.of(TestNetwork.SEQUENCE_LOSS, "current_b", "out"),
        Arguments.of(TestNetwork.SPIKE_RECURRENT, "plif_W2", "plif"),
        Arguments.of(TestNetwork.SPIKE_RECURRENT, "lif_RW", "lif"),
        Arguments.of(TestNetwork.SEQUENCE_LIF, "read_scale", "read"));
  }

  @ParameterizedTest
  @MethodSource("badParameters")
  void nanInAParameterIsFoundAndMayBeRepaired(TestNetwork network, String key, String layer) {
    ComputationGraph net = network.create();
    MultiDataSet data = network.data(type());
    INDArray expected = output(net, data);
    INDArray before = net.getParam(key).dup();
    net.getParam(key).assign(Double.NaN);
    assertFails(() -> output(net, data), layer, "NaN");
    assertFails(() -> net.fit(data), layer, "NaN");
    net.setParam(key, before);
    assertSameBits(output(net, data), expected);
    net.fit(data);
  }

  private static void assertFails(Runnable action, String... message) {
    assertThatThrownBy(action::run)
        .isInstanceOfAny(IllegalArgumentException.class, IllegalStateException.class)
        .hasMessageContainingAll(message);
    assertThat(Nd4j.getWorkspaceManager().anyWorkspaceActiveForCurrentThread()).isFalse();
  }

  private static DataType type() {
    return DataType.FLOAT;
  }

  private static void x(MultiDataSet d, double value, long... shape) {
    input(d, 0, value, shape);
  }

  private static void input(MultiDataSet d, int input, double value, long... shape) {
    d.setFeatures(input, Nd4j.valueArrayOf(shape, value, type()));
  }

  private static void third(MultiDataSet d, int row, int column, double value) {
    d.getFeatures(2).putScalar(row, column, value);
  }

  private static void labels(MultiDataSet d, long... shape) {
    d.setLabels(0, Nd4j.ones(type(), shape));
  }

  private static void set(MultiDataSet d, int input, double value) {
    INDArray a = d.getFeatures(input);
    a.putScalar(a.length() - 1, value); // of the isolated node
  }

  private static void edge(MultiDataSet d, int row, int column, double value) {
    d.getFeatures(1).putScalar(row, column, value);
  }

  private static void mask(MultiDataSet d, long... shape) {
    INDArray[] masks = new INDArray[d.getFeatures().length];
    masks[0] = Nd4j.ones(type(), shape);
    d.setFeaturesMaskArrays(masks);
  }
}
