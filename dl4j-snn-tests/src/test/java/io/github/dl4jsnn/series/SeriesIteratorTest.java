package io.github.dl4jsnn.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.evaluate.SeriesEvaluation;
import io.github.dl4jsnn.graph.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class SeriesIteratorTest {

  private final SeriesWindows windows =
      SeriesWindows.builder(SeriesWindowsTest.counting(20))
          .inputLength(1)
          .horizon(2)
          .parts(0.7, 0.15)
          .standardize(false)
          .build();

  /** First row of the inputs of each window of an epoch. */
  private static List<Integer> epoch(SeriesIterator it) {
    List<Integer> rows = new ArrayList<>();
    while (it.hasNext()) {
      DataSet batch = it.next();
      for (int n = 0; n < batch.numExamples(); n++) {
        rows.add(batch.getFeatures().getInt(n, 0, 0) / 10);
      }
    }
    it.reset();
    return rows;
  }

  @Test
  void givesEveryWindowInTimeOrder() {
    SeriesIterator it = windows.iterator(Split.TRAIN).batchSize(5).build();
    List<Integer> all = IntStream.range(0, 12).boxed().collect(Collectors.toList());
    assertThat(epoch(it)).isEqualTo(all);
    assertThat(epoch(it)).isEqualTo(all);
    assertThat(it.next(7).numExamples()).isEqualTo(7);
    assertThat(it.next().numExamples()).isEqualTo(5);
    assertThatThrownBy(it::next)
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("all 12 examples");
    assertThat(it.batch()).isEqualTo(5);
    assertThat(it.inputColumns()).isEqualTo(3);
    assertThat(it.totalOutcomes()).isEqualTo(6);
  }

  @Test
  void shufflesBySeedAndEpoch() {
    SeriesIterator one = windows.iterator(Split.TRAIN).batchSize(5).shuffle(1).build();
    SeriesIterator again = windows.iterator(Split.TRAIN).batchSize(12).shuffle(1).build();
    SeriesIterator two = windows.iterator(Split.TRAIN).batchSize(5).shuffle(2).build();
    List<Integer> first = epoch(one);
    assertThat(first).doesNotHaveDuplicates().hasSize(12).isNotEqualTo(epoch(two));
    assertThat(epoch(again)).isEqualTo(first);
    List<Integer> second = epoch(one);
    assertThat(second).hasSameElementsAs(first).isNotEqualTo(first);
    assertThat(epoch(again)).isEqualTo(second);
  }

  @Test
  void endsEpochsAfterSomeExamples() {
    SeriesIterator some =
        windows.iterator(Split.TRAIN).batchSize(5).shuffle(1).examplesPerEpoch(7).build();
    List<Integer> whole = epoch(windows.iterator(Split.TRAIN).shuffle(1).build());
    assertThat(some.numExamples()).isEqualTo(7);
    assertThat(epoch(some)).isEqualTo(whole.subList(0, 7)).isNotEqualTo(epoch(some));
    some.next(7);
    assertThatThrownBy(some::next).hasMessageContaining("all 7 examples");
    SeriesIterator.Builder builder = windows.iterator(Split.TRAIN);
    assertThat(builder.examplesPerEpoch(99).build().numExamples()).isEqualTo(12);
    assertThatThrownBy(() -> builder.examplesPerEpoch(0)).hasMessageContaining("examplesPerEpoch");
  }

  @Test
  void preProcessesEveryBatchOnce() {
    SeriesIterator it = windows.iterator(Split.TEST).dataType(DataType.DOUBLE).build();
    it.setPreProcessor(d -> d.getFeatures().addi(1000));
    DataSet batch = it.next();
    assertThat(batch.getFeatures().dataType()).isEqualTo(DataType.DOUBLE);
    assertThat(batch.getFeatures().getInt(0, 0, 0)).isEqualTo(1160);
    assertThat(it.getPreProcessor()).isNotNull();
    it.reset();
    assertThat(it.next().getFeatures().getInt(0, 0, 0)).isEqualTo(1160);
  }

  /** What fit and evaluate of DL4J make of it: a linear forecast of a straight line is exact. */
  @Test
  void trainsANetwork() {
    SeriesWindows line =
        SeriesWindows.builder(SeriesWindowsTest.counting(60)).inputLength(1).horizon(2).build();
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.05))
                .list()
                .layer(
                    new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(3)
                        .nOut(6)
                        .activation(Activation.IDENTITY)
                        .build())
                .inputPreProcessor(0, new RnnToFeedForwardPreProcessor(RNNFormat.NWC))
                .setInputType(InputType.recurrent(3, 1, RNNFormat.NWC))
                .build());
    network.init();
    network.fit(line.iterator(Split.TRAIN).batchSize(10).shuffle(1).build(), 150);
    SeriesEvaluation e =
        network.doEvaluation(line.iterator(Split.TEST).build(), new SeriesEvaluation())[0];
    assertThat(e.series()).isEqualTo(6);
    assertThat(e.r2()).isGreaterThan(0.9);
  }
}
