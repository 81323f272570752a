package io.github.dl4jsnn.conf;

import static io.github.dl4jsnn.testing.Networks.assertSameBits;
import static io.github.dl4jsnn.testing.Networks.assertSameParameters;
import static io.github.dl4jsnn.testing.Networks.fit;
import static io.github.dl4jsnn.testing.Networks.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.testing.TestNetwork;
import java.io.File;
import java.nio.file.Path;
import java.util.Map;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/** Trained layers and vertices in new networks, through DL4J's TransferLearning. */
class TransferLearningTest {
  private static final TestNetwork NETWORK = TestNetwork.SEQUENCE_SPIKING_GRAPH;

  @TempDir Path folder;
  private ComputationGraph trained;
  private MultiDataSet data;

  @BeforeEach
  void train() {
    trained = NETWORK.create();
    data = NETWORK.data(DataType.FLOAT);
    fit(trained, data, 5, 1);
  }

  @Test
  void vertexAsFeatureExtractorStaysAsItIs() throws Exception {
    ComputationGraph net =
        new TransferLearning.GraphBuilder(trained).setFeatureExtractor("gc1").build();
    assertSameParameters(net, trained);
    assertSameBits(output(net, data), output(trained, data));
    fit(net, data, 3, 2);
    assertFrozen(net, "gc1");
    assertTrained(net, "gc2", "read", "out");

    ComputationGraph loaded = saveAndLoad(net);
    assertSameBits(output(loaded, data), output(net, data));
    fit(loaded, data, 1, 2);
    assertFrozen(loaded, "gc1");
    assertThat(net.summary()).contains("gc1");
  }

  @Test
  void layerAsFeatureExtractorFreezesTheVerticesBeforeIt() throws Exception {
    ComputationGraph net =
        new TransferLearning.GraphBuilder(trained).setFeatureExtractor("read").build();
    assertSameParameters(net, trained);
    fit(net, data, 3, 2);
    assertFrozen(net, "gc1", "gc2", "read");
    assertTrained(net, "out");
    assertSameBits(output(saveAndLoad(net), data), output(net, data));
  }

  @Test
  void removedVerticesAreReplacedAndTheOthersKeepTheirParameters() {
    ComputationGraph net = withNewHead();
    assertThat(net.paramTable().keySet()).noneMatch(k -> k.startsWith("gc2"));
    // DL4J leaves it as initialised; when this fails, DL4J was repaired and the copy is not needed
    assertTrained(net, "gc1");
    VertexParameters.copy(trained, net, "gc1");
    assertFrozen(net, "gc1");
    double before = net.score(data);
    fit(net, data, 30, 2);
    assertThat(net.score(data)).isLessThan(before);
    assertTrained(net, "gc1");
  }

  @Test
  void parametersThatDoNotFitAreNotCopied() {
    ComputationGraph net = withNewHead();
    INDArray before = net.params().dup();
    assertThatThrownBy(() -> VertexParameters.copy(trained, net, "gc1", "gc2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("gc2", "new");
    ComputationGraph other = TestNetwork.STATIC_SPIKING_GRAPH.create();
    assertThatThrownBy(() -> VertexParameters.copy(trained, other, "gc1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("gc1", "[5, 10]", "[5, 8]");
    assertThatThrownBy(() -> VertexParameters.copy(trained, other, "gc2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("gc2", "lambda");
    assertSameBits(net.params(), before);
  }

  private ComputationGraph withNewHead() {
    return new TransferLearning.GraphBuilder(trained)
        .removeVertexAndConnections("gc2")
        .removeVertexAndConnections("read")
        .removeVertexAndConnections("out")
        .addVertex(
            "new",
            new SpikingGraphConvVertex.Builder().nIn(8).nOut(3).dataFormat(RNNFormat.NCW).build(),
            "gc1",
            "e")
        .addLayer(
            "sum",
            new SpikeReadoutLayer.Builder().dataFormat(RNNFormat.NCW).scale(3).build(),
            "new")
        .addLayer("loss", new LabelledLossLayer.Builder().build(), "sum")
        .setOutputs("loss")
        .build();
  }

  private ComputationGraph saveAndLoad(ComputationGraph net) throws Exception {
    File zip = folder.resolve("net.zip").toFile();
    net.save(zip, true);
    return ComputationGraph.load(zip, true);
  }

  private void assertFrozen(ComputationGraph net, String... vertices) {
    for (String v : vertices) {
      assertParameters(net, v, true);
    }
  }

  private void assertTrained(ComputationGraph net, String... vertices) {
    for (String v : vertices) {
      assertParameters(net, v, false);
    }
  }

  private void assertParameters(ComputationGraph net, String vertex, boolean equal) {
    for (Map.Entry<String, INDArray> p : trained.paramTable().entrySet()) {
      if (p.getKey().startsWith(vertex + "_")) {
        double distance = p.getValue().distance2(net.paramTable().get(p.getKey()));
        assertThat(distance == 0).as("%s is as before: %s", p.getKey(), distance).isEqualTo(equal);
      }
    }
  }
}
