package io.github.dl4jsnn.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.testing.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.text.tokenization.tokenizerfactory.DefaultTokenizerFactory;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class TextIteratorTest {

  private static final TextData DATA =
      TextData.builder("test")
          .add(Split.TRAIN, "good good film", 1)
          .add(Split.TRAIN, "bad film", 0)
          .add(Split.TRAIN, "a very bad film indeed", 0)
          .add(Split.TRAIN, "good", 1)
          .add(Split.TRAIN, "   ", 0)
          .add(Split.VALIDATION, "good tale", 1)
          .add(Split.TEST, "bad play", 0)
          .build();

  private static final TextVocabulary VOCABULARY =
      new TextVocabulary.Builder(new DefaultTokenizerFactory()).build(DATA.part(Split.TRAIN));

  private static TextIterator.Builder builder() {
    return new TextIterator.Builder(DATA.part(Split.TRAIN), VOCABULARY, 2).batchSize(3);
  }

  @Test
  void makesIdsMaskAndLabels() {
    DataSet batch = builder().maxLength(4).build().next();
    // film 2, good 3, bad 4, then a, indeed, very
    assertThat(batch.getFeatures().toFloatMatrix())
        .isDeepEqualTo(new float[][] {{3, 3, 2, 0}, {4, 2, 0, 0}, {5, 7, 4, 2}});
    assertThat(batch.getFeaturesMaskArray().toFloatMatrix())
        .isDeepEqualTo(new float[][] {{1, 1, 1, 0}, {1, 1, 0, 0}, {1, 1, 1, 1}});
    assertThat(batch.getLabels().toFloatMatrix())
        .isDeepEqualTo(new float[][] {{0, 1}, {1, 0}, {1, 0}});
    assertThat(batch.getLabelsMaskArray()).isNull();
  }

  @Test
  void padsToTheLongestTextOfTheBatch() {
    TextIterator longest = builder().maxLength(4).padToLongest(true).build();
    assertThat(longest.next().getFeatures().shape()).containsExactly(3, 4);
    DataSet last = longest.next();
    assertThat(last.getFeatures().toFloatMatrix()).isDeepEqualTo(new float[][] {{3}, {1}});
    assertThat(last.getFeaturesMaskArray().toFloatMatrix())
        .isDeepEqualTo(new float[][] {{1}, {1}}); // a text without tokens is one unknown token
  }

  @Test
  void paddingMayStandBefore() {
    DataSet batch = builder().maxLength(4).alignEnd(true).build().next();
    assertThat(batch.getFeatures().toFloatMatrix())
        .isDeepEqualTo(new float[][] {{0, 3, 3, 2}, {0, 0, 4, 2}, {5, 7, 4, 2}});
    assertThat(batch.getFeaturesMaskArray().toFloatMatrix())
        .isDeepEqualTo(new float[][] {{0, 1, 1, 1}, {0, 0, 1, 1}, {1, 1, 1, 1}});
  }

  @Test
  void validationTokensAreNotInTheVocabulary() {
    DataSet batch =
        new TextIterator.Builder(DATA.part(Split.VALIDATION), VOCABULARY, 2)
            .maxLength(2)
            .build()
            .next();
    assertThat(batch.getFeatures().toFloatVector())
        .containsExactly(VOCABULARY.id("good"), TextVocabulary.UNKNOWN);
  }

  @Test
  void epochsHaveOtherOrdersThatTheSeedGives() {
    List<String> first = epochs(builder().shuffle(1).build(), 3);
    assertThat(epochs(builder().shuffle(1).build(), 3)).isEqualTo(first);
    assertThat(epochs(builder().shuffle(2).build(), 3)).isNotEqualTo(first);
    assertThat(first.get(0)).isNotEqualTo(first.get(1));
    List<String> unshuffled = epochs(builder().build(), 2);
    assertThat(unshuffled.get(0)).isEqualTo(unshuffled.get(1)).isNotEqualTo(first.get(0));
  }

  private static List<String> epochs(TextIterator iterator, int number) {
    List<String> epochs = new ArrayList<>();
    for (int e = 0; e < number; e++) {
      List<String> rows = new ArrayList<>();
      while (iterator.hasNext()) {
        for (float[] row : iterator.next().getFeatures().toFloatMatrix()) {
          rows.add(java.util.Arrays.toString(row));
        }
      }
      epochs.add(rows.toString());
      List<String> sorted = new ArrayList<>(rows);
      Collections.sort(sorted);
      assertThat(sorted).hasSize(5).doesNotHaveDuplicates();
      iterator.reset();
    }
    return epochs;
  }

  @Test
  void wordDropoutMakesTokensUnknownOtherOnesInEachEpoch() {
    List<LabelledText> texts = Collections.nCopies(50, new LabelledText("good ".repeat(40), 1));
    TextIterator iterator =
        new TextIterator.Builder(texts, VOCABULARY, 2)
            .batchSize(50)
            .maxLength(40)
            .wordDropout(0.3, 5)
            .build();
    double[] first = Values.of(iterator.next().getFeatures());
    double unknown = java.util.Arrays.stream(first).filter(id -> id == 1).count();
    assertThat(unknown / first.length).isBetween(0.26, 0.34); // four deviations
    assertThat(first).containsOnly(1, VOCABULARY.id("good"));
    iterator.reset();
    assertThat(Values.of(iterator.next().getFeatures())).isNotEqualTo(first);
    TextIterator ofTen =
        new TextIterator.Builder(texts, VOCABULARY, 2)
            .batchSize(10)
            .maxLength(40)
            .wordDropout(0.3, 5)
            .build();
    assertThat(Values.of(ofTen.next().getFeatures()))
        .isEqualTo(java.util.Arrays.copyOf(first, 400)); // no matter in which batch
  }

  @Test
  void keepsTheContractOfADataSetIterator() {
    TextIterator iterator = builder().maxLength(4).dataType(DataType.DOUBLE).build();
    assertThat(iterator.batch()).isEqualTo(3);
    assertThat(iterator.inputColumns()).isEqualTo(4);
    assertThat(iterator.totalOutcomes()).isEqualTo(2);
    assertThat(iterator.numExamples()).isEqualTo(5);
    assertThat(iterator.resetSupported()).isTrue();
    assertThat(iterator.asyncSupported()).isTrue();
    iterator.setPreProcessor(d -> d.getLabels().muli(2));
    DataSet four = iterator.next(4);
    assertThat(four.numExamples()).isEqualTo(4);
    assertThat(four.getFeatures().dataType()).isEqualTo(DataType.DOUBLE);
    assertThat(four.getLabels().maxNumber().doubleValue()).isEqualTo(2);
    assertThat(iterator.next().numExamples()).isEqualTo(1);
    assertThat(iterator.hasNext()).isFalse();
    assertThatThrownBy(iterator::next)
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("all 5 examples");
    iterator.reset();
    assertThat(iterator.hasNext()).isTrue();
  }

  @Test
  void anEmbeddingLearnsFromIt() {
    ComputationGraph net =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(0.05))
                .graphBuilder()
                .addInputs("ids")
                .addLayer(
                    "embedding",
                    new EmbeddingSequenceLayer.Builder()
                        .nIn(VOCABULARY.size())
                        .nOut(3)
                        .outputDataFormat(RNNFormat.NCW)
                        .build(),
                    "ids")
                .addLayer(
                    "mean", new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), "embedding")
                .addLayer(
                    "out",
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(3)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build(),
                    "mean")
                .setOutputs("out")
                .build());
    net.init();
    TextIterator train = builder().maxLength(4).shuffle(1).build();
    net.fit(train, 60);
    train.reset();
    org.nd4j.evaluation.classification.Evaluation evaluation = net.evaluate(train);
    assertThat(evaluation.accuracy()).isEqualTo(1);
  }

  @Test
  void badValuesAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TextIterator.Builder(List.of(), VOCABULARY, 2))
        .withMessageContaining("at least one text");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TextIterator.Builder(DATA.part(Split.TRAIN), VOCABULARY, 1))
        .withMessageContaining("expected labels below 1, got 1: good good film");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().wordDropout(1, 0))
        .withMessageContaining("below 1, was 1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().maxLength(0))
        .withMessageContaining("maxLength must be at least 1, was 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().build().next(0))
        .withMessageContaining("at least 1 example, got 0");
    assertThatIllegalArgumentException().isThrownBy(() -> DATA.part(Split.NONE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LabelledText("a", -1))
        .withMessageContaining("got -1");
  }
}
