package io.github.dl4jsnn.conf;

import static io.github.dl4jsnn.testing.Networks.assertSameBits;
import static io.github.dl4jsnn.testing.Networks.output;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jsnn.monitor.FiringRateListener;
import io.github.dl4jsnn.testing.TestNetwork;
import java.util.Arrays;
import java.util.Collections;
import org.deeplearning4j.datasets.iterator.IteratorMultiDataSetIterator;
import org.deeplearning4j.earlystopping.EarlyStoppingConfiguration;
import org.deeplearning4j.earlystopping.EarlyStoppingResult;
import org.deeplearning4j.earlystopping.saver.InMemoryModelSaver;
import org.deeplearning4j.earlystopping.scorecalc.DataSetLossCalculator;
import org.deeplearning4j.earlystopping.termination.MaxEpochsTerminationCondition;
import org.deeplearning4j.earlystopping.trainer.EarlyStoppingGraphTrainer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.listeners.CollectScoresIterationListener;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.dataset.adapter.SingletonMultiDataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/** DL4J's iterators, early stopping, evaluation and listeners around our layers and vertices. */
class TrainingHelpersTest {

  @ParameterizedTest
  @EnumSource
  void earlyStoppingKeepsTheBestModel(TestNetwork network) {
    MultiDataSet data = network.data(DataType.FLOAT);
    ComputationGraph net = network.create();
    double before = net.score(data);
    EarlyStoppingConfiguration<ComputationGraph> conf =
        new EarlyStoppingConfiguration.Builder<ComputationGraph>()
            .epochTerminationConditions(new MaxEpochsTerminationCondition(8))
            .scoreCalculator(new DataSetLossCalculator(iterator(data), true))
            .modelSaver(new InMemoryModelSaver<>())
            .build();
    EarlyStoppingResult<ComputationGraph> result =
        new EarlyStoppingGraphTrainer(conf, net, iterator(data), null).fit();
    assertThat(result.getTotalEpochs()).isEqualTo(8);
    double best = Collections.min(result.getScoreVsEpoch().values());
    assertThat(best).isLessThan(before);
    assertThat(result.getBestModel().score(data)).isEqualTo(best);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = "GRAPH_READOUT") // DL4J's cuts all arrays alike
  void fitOnAnIteratorEqualsFitOnItsBatches(TestNetwork network) {
    MultiDataSet[] batches = {
      network.data(DataType.FLOAT, 11, 6, 1), network.data(DataType.FLOAT, 4, 3, 2)
    };
    ComputationGraph a = network.create();
    ComputationGraph b = network.create();
    org.nd4j.linalg.factory.Nd4j.getRandom().setSeed(1);
    a.fit(new IteratorMultiDataSetIterator(copies(batches).iterator(), 11));
    org.nd4j.linalg.factory.Nd4j.getRandom().setSeed(1);
    for (MultiDataSet batch : batches) {
      b.fit(batch);
    }
    assertSameBits(a.params(), b.params());
  }

  private static java.util.List<org.nd4j.linalg.dataset.api.MultiDataSet> copies(
      MultiDataSet... batches) {
    return Arrays.asList(batches);
  }

  @ParameterizedTest
  @EnumSource
  void evaluationCountsWhatTheMaskMarks(TestNetwork network) {
    MultiDataSet data = network.data(DataType.FLOAT);
    ComputationGraph net = network.create();
    INDArray mask = data.getLabelsMaskArray(0);
    int expected = 0;
    int correct = 0;
    INDArray predicted = classes(output(net, data));
    INDArray actual = classes(data.getLabels(0));
    for (int i = 0; i < actual.length(); i++) {
      boolean counts = mask == null || mask.getDouble(i, 0) > 0;
      expected += counts ? 1 : 0;
      correct += counts && predicted.getInt(i) == actual.getInt(i) ? 1 : 0;
    }
    Evaluation evaluate = net.evaluate(iterator(data));
    Evaluation doEvaluation = net.doEvaluation(iterator(data), new Evaluation(3))[0];
    for (Evaluation e : new Evaluation[] {evaluate, doEvaluation}) {
      assertThat(e.getNumRowCounter()).isEqualTo(expected);
      assertThat(e.accuracy()).isEqualTo((double) correct / expected);
    }
  }

  /** The largest of several columns; a single one says yes from 0.5 on, as for Evaluation. */
  private static INDArray classes(INDArray columns) {
    return columns.size(1) == 1
        ? columns.gt(0.5).castTo(DataType.INT32).reshape(columns.size(0))
        : columns.argMax(1);
  }

  @ParameterizedTest
  @EnumSource
  void listenersHearScoresAndRates(TestNetwork network) {
    ComputationGraph net = network.create();
    CollectScoresIterationListener scores = new CollectScoresIterationListener();
    FiringRateListener rates = new FiringRateListener(network.hiddenLayer());
    net.setListeners(scores, rates);
    for (int i = 0; i < 3; i++) {
      net.fit(network.data(DataType.FLOAT));
    }
    assertThat(scores.getScoreVsIter().getEffectiveScores()).hasSize(3).doesNotContain(0);
    assertThat(net.getIterationCount()).isEqualTo(3);
  }

  private static MultiDataSetIterator iterator(MultiDataSet data) {
    return new SingletonMultiDataSetIterator(data);
  }
}
