package io.github.dl4jsnn.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

class ConversionReportTest {
  @TempDir Path folder;

  private static double accuracy(NeuralNetwork net, DataSetIterator data) {
    return net.doEvaluation(data, new Evaluation(3))[0].accuracy();
  }

  /** Reading out after t of T steps is a network of t steps. */
  @Test
  void onePassIsManyNetworks() throws Exception {
    MultiLayerNetwork ann = AnnNetworks.list(false);
    INDArray x = AnnNetworks.images(31, 12, 13);
    DataSetIterator data = AnnNetworks.data(x, 8);
    ConversionReport report =
        ConversionReport.of(AnnToSnn.builder(ann, data).timeSteps(9).convert(), data, 1, 3, 8);
    assertThat(report.annAccuracy()).isEqualTo(accuracy(ann, data));
    for (int steps : report.timeSteps()) {
      MultiLayerNetwork snn = AnnToSnn.builder(ann, data).timeSteps(steps).convert().network();
      assertThat(report.accuracy(steps)).isEqualTo(accuracy(snn, data));
    }
    assertThat(report.toString().lines()).hasSize(5);
    Path csv = folder.resolve("report.csv");
    report.writeCsv(csv);
    assertThat(Files.readAllLines(csv)).hasSize(4).element(2).asString().startsWith("3,");
    Path png = folder.resolve("report.png");
    report.savePlot(png, "conversion");
    assertThat(png).isNotEmptyFile();
  }

  @Test
  void graphs() {
    ComputationGraph ann = AnnNetworks.graph();
    DataSetIterator data = AnnNetworks.data(AnnNetworks.images(11, 9, 10), 4);
    Conversion<ComputationGraph> c = AnnToSnn.builder(ann, data).timeSteps(6).convert();
    ConversionReport report = ConversionReport.of(c, data, 2, 6);
    assertThat(report.annAccuracy()).isEqualTo(accuracy(ann, data));
    assertThat(report.accuracy(6)).isEqualTo(accuracy(c.network(), data));
    assertThatThrownBy(() -> report.accuracy(3)).hasMessageContaining("[2, 6]");
    assertThatThrownBy(() -> ConversionReport.of(c, data, 2, 7)).hasMessageContaining("1 to 6");
    assertThatThrownBy(() -> ConversionReport.of(c, data, 4, 2)).hasMessageContaining("increasing");
    assertThatThrownBy(() -> ConversionReport.of(c, data)).hasMessageContaining("at least one");
  }
}
