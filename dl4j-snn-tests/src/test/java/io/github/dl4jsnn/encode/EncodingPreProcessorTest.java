package io.github.dl4jsnn.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.deeplearning4j.datasets.iterator.INDArrayDataSetIterator;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

class EncodingPreProcessorTest {

  private static final SpikeEncoder ENCODER = new BernoulliEncoder(21);
  private static final int T = 6;

  private final INDArray x =
      Nd4j.createFromArray(new float[][] {{0.1f, 0.5f, 0.9f}, {0.6f, 0.4f, 0.3f}});
  private final INDArray y = Nd4j.createFromArray(new float[][] {{1, 0}, {0, 1}});

  private static EncodingPreProcessor.Builder builder() {
    return new EncodingPreProcessor.Builder().encoder(ENCODER).timeSteps(T);
  }

  private DataSet dataSet() {
    return new DataSet(x.dup(), y.dup());
  }

  @Test
  void encodesADataSetInBothFormats() {
    INDArray expected = ENCODER.encode(x, T);
    DataSet nwc = dataSet();
    builder().build().preProcess(nwc);
    assertThat(nwc.getFeatures()).isEqualTo(expected);
    assertThat(nwc.getLabels()).isEqualTo(y);
    DataSet ncw = dataSet();
    builder().format(RNNFormat.NCW).build().preProcess(ncw);
    assertThat(ncw.getFeatures().shape()).containsExactly(2, 3, T);
    assertThat(ncw.getFeatures()).isEqualTo(expected.permute(0, 2, 1));
  }

  @Test
  void encodesOnlyTheChosenInputsOfAMultiDataSet() {
    INDArray edges = Nd4j.createFromArray(new float[][] {{0, 1, 7}, {1, 0, 7}});
    MultiDataSet data =
        new MultiDataSet(new INDArray[] {x.dup(), edges.dup(), x.dup()}, new INDArray[] {y.dup()});
    builder().inputs(2, 0).build().preProcess(data);
    assertThat(data.getFeatures(0)).isEqualTo(ENCODER.encode(x, T, 0));
    assertThat(data.getFeatures(1)).isEqualTo(edges);
    assertThat(data.getFeatures(2))
        .isEqualTo(ENCODER.encode(x, T, 2L << 32))
        .isNotEqualTo(data.getFeatures(0));
    assertThat(data.getLabels(0)).isEqualTo(y);
  }

  @Test
  void everyCallDrawsAnewUntilReset() {
    EncodingPreProcessor processor = builder().build();
    for (int call = 0; call < 3; call++) {
      assertThat(encoded(processor)).isEqualTo(ENCODER.encode(x, T, call));
    }
    MultiDataSet multi = new MultiDataSet(x.dup(), y.dup());
    processor.preProcess(multi);
    assertThat(multi.getFeatures(0)).isEqualTo(ENCODER.encode(x, T, 3));
    processor.reset();
    assertThat(encoded(processor)).isEqualTo(ENCODER.encode(x, T, 0));
  }

  private INDArray encoded(EncodingPreProcessor processor) {
    DataSet data = dataSet();
    processor.preProcess(data);
    return data.getFeatures();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void worksInsideAnIteratorOverSeveralEpochs(int batch) {
    INDArrayDataSetIterator iterator =
        new INDArrayDataSetIterator(
            List.of(Pair.of(x.getRow(0), y.getRow(0)), Pair.of(x.getRow(1), y.getRow(1))), batch);
    iterator.setPreProcessor(builder().build());
    for (int epoch = 0; epoch < 3; epoch++) {
      while (iterator.hasNext()) {
        assertThat(iterator.next().getFeatures().shape()).containsExactly(batch, T, 3);
      }
      iterator.reset();
    }
  }

  @Test
  void worksInsideAMultiDataSetIteratorOverSeveralEpochs() {
    MultiDataSetIterator iterator =
        new MultiDataSetIteratorAdapter(new ListDataSetIterator<>(dataSet().asList(), 2));
    iterator.setPreProcessor(builder().build());
    for (int epoch = 0; epoch < 3; epoch++) {
      assertThat(iterator.next().getFeatures(0)).isEqualTo(ENCODER.encode(x, T, epoch));
      iterator.reset();
    }
  }

  @Test
  void serializationKeepsSettingsAndCount() throws Exception {
    EncodingPreProcessor processor = builder().format(RNNFormat.NCW).build();
    encoded(processor);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(processor);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      EncodingPreProcessor restored = (EncodingPreProcessor) in.readObject();
      assertThat(encoded(restored)).isEqualTo(ENCODER.encode(x, T, 1).permute(0, 2, 1));
    }
  }

  @Test
  void refusesToEncodeTwice() {
    DataSet data = dataSet();
    EncodingPreProcessor processor = builder().build();
    processor.preProcess(data);
    assertThatIllegalStateException()
        .isThrownBy(() -> processor.preProcess(data))
        .withMessageContaining("[2, 6, 3]")
        .withMessageContaining("encoded before");
  }

  @Test
  void refusesMasksMissingFeaturesAndMissingInputs() {
    DataSet masked = dataSet();
    masked.setFeaturesMaskArray(Nd4j.ones(2, 1));
    assertThatIllegalStateException()
        .isThrownBy(() -> builder().build().preProcess(masked))
        .withMessageContaining("mask");
    assertThatIllegalStateException()
        .isThrownBy(() -> builder().build().preProcess(new DataSet()))
        .withMessageContaining("got none");
    assertThatIllegalStateException()
        .isThrownBy(() -> builder().inputs(1).build().preProcess(dataSet()))
        .withMessageContaining("[1]");
    assertThatIllegalStateException()
        .isThrownBy(() -> builder().inputs(0, 4).build().preProcess(new MultiDataSet(x, y)))
        .withMessageContaining("[0, 4]");
  }

  @Test
  void aFailureLeavesTheDataSetUnchanged() {
    INDArray bad = x.mul(10);
    MultiDataSet data = new MultiDataSet(new INDArray[] {x, bad}, new INDArray[] {y});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().build().preProcess(data))
        .withMessageContaining("BernoulliEncoder");
    assertThat(data.getFeatures()).containsExactly(x, bad);
  }

  @Test
  void builderRejectsMissingAndWrongSettings() {
    EncodingPreProcessor.Builder[] wrong = {
      new EncodingPreProcessor.Builder().timeSteps(T),
      new EncodingPreProcessor.Builder().encoder(ENCODER),
      builder().timeSteps(-1),
      builder().format(null),
      builder().inputs(),
      builder().inputs(2, -1)
    };
    for (EncodingPreProcessor.Builder b : wrong) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(b::build)
          .withMessageStartingWith("EncodingPreProcessor: ");
    }
  }
}
