package io.github.dl4jsnn.conf;

import static io.github.dl4jsnn.testing.Networks.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.LifParameters;
import java.io.File;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** The layers in a MultiLayerNetwork: same contract as in a ComputationGraph. */
class MultiLayerNetworkTest {
  @TempDir Path folder;

  @Test
  void learnsAndIsRestored() throws Exception {
    MultiLayerNetwork net = network(WorkspaceMode.ENABLED);
    DataSet data = data(12);
    double before = net.score(data);
    fit(net, data, 40);
    assertThat(net.score(data)).isLessThan(0.7 * before);

    File zip = folder.resolve("net.zip").toFile();
    net.save(zip, true);
    MultiLayerNetwork loaded = MultiLayerNetwork.load(zip, true);
    assertThat(loaded.getLayerWiseConfigurations()).isEqualTo(net.getLayerWiseConfigurations());
    assertSameBits(loaded.output(data.getFeatures()), net.output(data.getFeatures()));
    fit(net, data, 2);
    fit(loaded, data, 2);
    assertSameBits(loaded.params(), net.params());
  }

  @Test
  void workspacesDoNotChangeResults() {
    MultiLayerNetwork with = network(WorkspaceMode.ENABLED);
    MultiLayerNetwork without = network(WorkspaceMode.NONE);
    DataSet data = data(12);
    fit(with, data, 3);
    fit(without, data, 3);
    assertSameBits(with.params(), without.params());
    assertSameBits(with.output(data.getFeatures()), without.output(data.getFeatures()));
  }

  @Test
  void parametersAreCountedReadAndSet() {
    MultiLayerNetwork net = network(WorkspaceMode.ENABLED);
    // dense 4 x 8 + 8, STFN 8 + 8, dense to 3 classes 8 x 3 + 3, read-out 1
    assertThat(net.numParams()).isEqualTo(32 + 8 + 16 + 24 + 3 + 1);
    assertThat(net.paramTable()).containsKeys("1_lambda", "1_gamma", "4_scale");
    INDArray lambda = Nd4j.rand(DataType.FLOAT, 8);
    net.setParam("1_lambda", lambda);
    assertSameBits(net.getParam("1_lambda"), lambda);
    assertThat(net.getLayer(4).numParams()).isEqualTo(1);
  }

  @Test
  void reportsAndCopies() {
    MultiLayerNetwork net = network(WorkspaceMode.ENABLED);
    InputType type = InputType.feedForward(4);
    assertThat(net.summary()).contains("FusedNeuronLayer");
    assertThat(net.summary(type)).contains("FusedNeuronLayer");
    assertThat(net.memoryInfo(8, type)).isNotBlank();
    MultiLayerConfiguration conf = net.getLayerWiseConfigurations();
    assertThat(conf.getMemoryReport(type).toString()).isNotBlank();
    assertThat(MultiLayerConfiguration.fromJson(conf.toJson())).isEqualTo(conf);
    assertThat(MultiLayerConfiguration.fromYaml(conf.toYaml())).isEqualTo(conf);
    assertThat(conf.clone()).isEqualTo(conf);
    DataSet data = data(6);
    assertSameBits(net.clone().output(data.getFeatures()), net.output(data.getFeatures()));
  }

  @Test
  void batchSizeMayChange() {
    MultiLayerNetwork net = network(WorkspaceMode.ENABLED);
    INDArray all = data(12).getFeatures();
    INDArray expected = net.output(all);
    for (int n : new int[] {1, 5, 12}) {
      fit(net.clone(), data(n), 1);
      for (int i = 0; i < n; i++) {
        INDArray part = net.output(all.getRows(i));
        assertThat(part.distance2(expected.getRow(i, true))).isLessThan(1e-6);
      }
    }
  }

  private static void fit(MultiLayerNetwork net, DataSet data, int iterations) {
    Nd4j.getRandom().setSeed(1);
    for (int i = 0; i < iterations; i++) {
      net.fit(data);
    }
  }

  private static MultiLayerNetwork network(WorkspaceMode mode) {
    LifParameters neuron =
        LifParameters.builder().threshold(0.5).surrogate(new ArctanSurrogate()).build();
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(4)
                .trainingWorkspaceMode(mode)
                .inferenceWorkspaceMode(mode)
                .updater(new Adam(0.03))
                .list()
                .layer(new DenseLayer.Builder().nOut(8).dropOut(0.9).build())
                .layer(new StfnLayer.Builder().build())
                .layer(new DenseLayer.Builder().nOut(3).build())
                .layer(new LifLayer.Builder().neuron(neuron).timeSteps(6).dropOut(0.9).build())
                .layer(new SpikeReadoutLayer.Builder().scale(4).trainScale(true).build())
                .layer(new LabelledLossLayer.Builder().build())
                .setInputType(InputType.feedForward(4))
                .build());
    net.init();
    return net;
  }

  private static DataSet data(int n) {
    INDArray x = Nd4j.create(DataType.FLOAT, n, 4);
    INDArray y = Nd4j.create(DataType.FLOAT, n, 3);
    for (int i = 0; i < n; i++) {
      x.putScalar(i, i % 3, 1.5).putScalar(i, 3, 0.1 * i);
      y.putScalar(i, i % 3, 1);
    }
    return new DataSet(x, y);
  }
}
