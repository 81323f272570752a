package io.github.dl4jsnn.conf;

import static io.github.dl4jsnn.testing.Networks.assertFinite;
import static io.github.dl4jsnn.testing.Networks.assertSameBits;
import static io.github.dl4jsnn.testing.Networks.assertSameParameters;
import static io.github.dl4jsnn.testing.Networks.fit;
import static io.github.dl4jsnn.testing.Networks.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jsnn.monitor.FiringRateListener;
import io.github.dl4jsnn.testing.NetworkSettings;
import io.github.dl4jsnn.testing.TestNetwork;
import java.io.File;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.listeners.PerformanceListener;
import org.deeplearning4j.optimize.listeners.ScoreIterationListener;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** What every layer and vertex of the library must do inside a network of DL4J. */
class NetworkContractTest {
  private static final NetworkSettings SETTINGS = NetworkSettings.defaults();
  private static final DataType TYPE = SETTINGS.dataType();

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void learns(TestNetwork network) {
    ComputationGraph net = network.create();
    MultiDataSet data = network.data(TYPE);
    double before = net.score(data);
    fit(net, data, 40, 1);
    assertThat(net.score(data)).isLessThan(0.7 * before);
    Map<String, INDArray> start = network.create().paramTable();
    for (Map.Entry<String, INDArray> p : net.paramTable().entrySet()) {
      assertThat(p.getValue().distance2(start.get(p.getKey())))
          .as("change of %s", p.getKey())
          .isGreaterThan(1e-3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void saveAndLoadKeepOutputsAndTraining(TestNetwork network) throws Exception {
    ComputationGraph net = network.create();
    MultiDataSet data = network.data(TYPE);
    fit(net, data, 3, 1);
    File zip = folder.resolve("net.zip").toFile();
    net.save(zip, true);
    ComputationGraph loaded = ComputationGraph.load(zip, true);
    assertThat(loaded.getConfiguration()).isEqualTo(net.getConfiguration());
    assertSameBits(output(loaded, data), output(net, data));
    fit(net, data, 2, 5);
    fit(loaded, data, 2, 5);
    assertSameParameters(loaded, net);
  }

  @ParameterizedTest
  @EnumSource
  void cloneGoesItsOwnWay(TestNetwork network) {
    ComputationGraph net = network.create();
    MultiDataSet data = network.data(TYPE);
    fit(net, data, 2, 1);
    ComputationGraph copy = net.clone();
    copy.getConfiguration().setIterationCount(2); // DL4J's clone starts to count anew
    assertThat(copy.getConfiguration()).isEqualTo(net.getConfiguration());
    INDArray before = output(net, data);
    assertSameBits(output(copy, data), before);
    fit(copy, data, 2, 5);
    assertSameBits(output(net, data), before);
    fit(net, data, 2, 5);
    assertSameParameters(copy, net);
  }

  @ParameterizedTest
  @EnumSource
  void workspacesDoNotChangeResults(TestNetwork network) {
    MultiDataSet data = network.data(TYPE);
    ComputationGraph with = network.create(SETTINGS.with(WorkspaceMode.ENABLED));
    ComputationGraph without = network.create(SETTINGS.with(WorkspaceMode.NONE));
    assertSameBits(output(with, data), output(without, data));
    fit(with, data, 3, 1);
    fit(without, data, 3, 1);
    assertSameParameters(with, without);
    assertSameBits(output(with, data), output(without, data));
  }

  @ParameterizedTest
  @EnumSource
  void sizesMayChangeFromBatchToBatch(TestNetwork network) {
    ComputationGraph net = network.create();
    int[][] examplesAndSteps = {{11, 6}, {2, 1}, {23, 9}, {11, 6}};
    for (int[] s : examplesAndSteps) {
      MultiDataSet data = network.data(TYPE, s[0], s[1], s[0]);
      INDArray out = output(net, data);
      assertThat(out.shape()).containsExactly(s[0], network.outputs());
      assertSameBits(out, output(net.clone(), data));
      net.fit(data);
      assertFinite(net.params());
    }
  }

  @ParameterizedTest
  @EnumSource
  void trainsInDouble(TestNetwork network) {
    ComputationGraph net = network.create(SETTINGS.with(DataType.DOUBLE));
    MultiDataSet data = network.data(DataType.DOUBLE);
    assertThat(output(net, data).dataType()).isEqualTo(DataType.DOUBLE);
    assertThat(net.params().dataType()).isEqualTo(DataType.DOUBLE);
    double before = net.score(data);
    fit(net, data, 40, 1);
    assertThat(net.score(data)).isLessThan(0.7 * before);
    assertThat(net.getGradientsViewArray().dataType()).isEqualTo(DataType.DOUBLE);
  }

  @ParameterizedTest
  @EnumSource
  void parametersAreCountedNamedReadAndSet(TestNetwork network) {
    ComputationGraph net = network.create();
    Map<String, INDArray> table = net.paramTable();
    long total = table.values().stream().mapToLong(INDArray::length).sum();
    assertThat(net.numParams()).isEqualTo(total).isEqualTo(net.params().length()).isPositive();
    for (Map.Entry<String, INDArray> e : table.entrySet()) {
      String vertex = e.getKey().substring(0, e.getKey().lastIndexOf('_'));
      String name = e.getKey().substring(e.getKey().lastIndexOf('_') + 1);
      assertThat(net.getLayer(vertex).conf().getLayer().getLayerName()).isEqualTo(vertex);
      assertSameBits(net.getLayer(vertex).getParam(name), e.getValue());
      INDArray value = Nd4j.rand(TYPE, e.getValue().shape()).addi(2);
      net.setParam(e.getKey(), value);
      assertSameBits(net.getParam(e.getKey()), value);
      assertSameBits(net.paramTable().get(e.getKey()), value);
    }
    assertThat(net.params().minNumber().doubleValue()).as("all are views").isGreaterThan(1.9);
    long layers =
        IntStream.range(0, net.getNumLayers()).mapToLong(i -> net.getLayer(i).numParams()).sum();
    assertThat(layers).isEqualTo(total);
  }

  @ParameterizedTest
  @EnumSource
  void allParametersAreSetAtOnce(TestNetwork network) {
    ComputationGraph net = network.create();
    MultiDataSet data = network.data(TYPE);
    fit(net, data, 2, 1);
    ComputationGraph other = network.create();
    other.setParams(net.params().dup());
    assertSameParameters(other, net);
    assertSameBits(output(other, data), output(net, data));
    other.setParamTable(new HashMap<>(network.create().paramTable()));
    assertSameParameters(other, network.create());
  }

  @ParameterizedTest
  @EnumSource(
      names = {"STATIC_LIF", "SEQUENCE_LOSS"},
      mode = EnumSource.Mode.EXCLUDE)
  void unknownParametersAndWrongShapesAreRefused(TestNetwork network) {
    ComputationGraph net = network.create();
    String key = ownParameter(net);
    String vertex = key.substring(0, key.indexOf('_'));
    assertThatThrownBy(() -> net.setParam(key, Nd4j.create(TYPE, 2, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(vertex, "[2, 5]");
    assertThatThrownBy(() -> net.setParam(vertex + "_none", Nd4j.create(TYPE, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(vertex, "none");
  }

  private static String ownParameter(ComputationGraph net) {
    return net.paramTable().keySet().stream()
        .filter(
            k -> !List.of("dense", "conv", "rnn", "out").contains(k.substring(0, k.indexOf('_'))))
        .findFirst()
        .get();
  }

  @ParameterizedTest
  @EnumSource
  void scoreHoldsTheRegularisation(TestNetwork network) {
    MultiDataSet data = network.data(TYPE);
    ComputationGraph plain = network.create();
    ComputationGraph decayed = network.create(SETTINGS.withL2(0.3));
    double squares = 0;
    for (Map.Entry<String, INDArray> e : decayed.paramTable().entrySet()) {
      boolean weight = e.getKey().matches(".*_(W\\d*|Wself|Wres|RW|aSrc|aDst|Wd|Wu|wn)");
      squares += weight ? e.getValue().mul(e.getValue()).sumNumber().doubleValue() : 0;
    }
    double expected = 0.5 * 0.3 * squares;
    assertThat(expected).isPositive();
    assertThat(decayed.calcRegularizationScore(true)).isCloseTo(expected, within(1e-5 * expected));
    assertThat(decayed.score(data) - plain.score(data))
        .isCloseTo(expected, within(1e-4 * expected));
  }

  @ParameterizedTest
  @EnumSource
  void summaryAndMemoryReportsAreWritten(TestNetwork network) {
    ComputationGraph net = network.create();
    ComputationGraphConfiguration conf = net.getConfiguration();
    InputType[] types = network.inputTypes(6);
    for (String summary : new String[] {net.summary(), net.summary(types)}) {
      assertThat(summary).contains(conf.getVertices().keySet());
      assertThat(summary).contains("Total Parameters:");
    }
    assertThat(net.memoryInfo(5, types)).isNotBlank();
    assertThat(conf.getMemoryReport(types).toString()).isNotBlank();
    assertThat(conf.getMemoryReport(types).toJson()).isNotBlank();
  }

  @ParameterizedTest
  @EnumSource
  void configurationComesBackFromJsonAndYaml(TestNetwork network) {
    ComputationGraphConfiguration conf = network.create().getConfiguration();
    assertThat(ComputationGraphConfiguration.fromJson(conf.toJson())).isEqualTo(conf);
    assertThat(ComputationGraphConfiguration.fromYaml(conf.toYaml())).isEqualTo(conf);
    assertThat(conf.clone()).isEqualTo(conf).hasSameHashCodeAs(conf);
  }

  @ParameterizedTest
  @EnumSource
  void listenersDoNotChangeTraining(TestNetwork network) {
    MultiDataSet data = network.data(TYPE);
    ComputationGraph plain = network.create();
    fit(plain, data, 3, 1);
    ComputationGraph heard = network.create();
    heard.setListeners(
        new ScoreIterationListener(1),
        new PerformanceListener(1),
        new FiringRateListener(network.hiddenLayer()));
    fit(heard, data, 3, 1);
    assertSameParameters(heard, plain);
  }

  @ParameterizedTest
  @EnumSource
  void oneNetworkGivesEqualOutputsToFourThreads(TestNetwork network) throws Exception {
    ComputationGraph net = network.create();
    MultiDataSet data = network.data(TYPE);
    INDArray expected = output(net, data);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      Callable<INDArray> task = () -> output(net, data);
      for (Future<INDArray> f : pool.invokeAll(Collections.nCopies(12, task))) {
        assertSameBits(f.get(), expected);
      }
    } finally {
      pool.shutdown();
    }
  }

  /** The definitions are slow, so the batches are tiny. */
  @ParameterizedTest
  @EnumSource
  void definitionIsRebuiltWhenSizesChange(TestNetwork network) {
    ComputationGraph net = network.create(SETTINGS.with(Backend.SAMEDIFF));
    ComputationGraph fused = network.create();
    int[][] examplesAndSteps = {{3, 2}, {4, 3}, {3, 2}};
    for (int[] s : examplesAndSteps) {
      MultiDataSet data = network.data(TYPE, s[0], s[1], s[0]);
      assertThat(output(net, data).distance2(output(fused, data))).isLessThan(1e-5);
    }
    net.fit(network.data(TYPE, 3, 2, 1));
    net.fit(network.data(TYPE, 4, 3, 1));
    assertFinite(net.params());
  }
}
