package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.evaluate.SeriesEvaluation;
import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.series.SeriesIterator;
import io.github.dl4jsnn.series.SeriesWindows;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/**
 * Trains a forecasting network and leaves it with the parameters of the last epoch or, if the
 * settings say so, of that whose validation R2 is best. The test part is not touched.
 */
final class ForecastTraining {

  /** Examples in a batch of an evaluation: no effect on its result. */
  private static final int EVALUATION_BATCH = 1024;

  /** Validation R2 after each epoch. */
  final List<Double> validationR2 = new ArrayList<>();

  /** Validation RSE after each epoch. */
  final List<Double> validationRse = new ArrayList<>();

  private int keptEpoch;

  /**
   * Trains.
   *
   * @param network to train; in the end that of the epoch that is kept
   * @param windows data
   * @param settings batch size, epochs and patience
   * @param seed of the order of the windows
   */
  static ForecastTraining of(
      ComputationGraph network, SeriesWindows windows, ForecastSettings settings, long seed) {
    ForecastTraining training = new ForecastTraining();
    SeriesIterator train =
        windows
            .iterator(Split.TRAIN)
            .batchSize(settings.batchSize)
            .shuffle(seed)
            .examplesPerEpoch(settings.examples)
            .build();
    BestParameters best = new BestParameters(network);
    int patience = settings.bestEpoch ? settings.patience : settings.epochs;
    for (int epoch = 1; epoch <= settings.epochs && !best.exhausted(patience); epoch++) {
      network.fit(train);
      SeriesEvaluation validation =
          evaluate(network, windows, Split.VALIDATION, settings.validateEvery);
      training.validationR2.add(validation.r2());
      training.validationRse.add(validation.rse());
      best.endEpoch(validation.r2());
    }
    training.keptEpoch = training.validationR2.size();
    if (settings.bestEpoch) {
      best.restore();
      training.keptEpoch = best.epoch();
    }
    return training;
  }

  /** The epoch whose parameters the network has, from 1. */
  int keptEpoch() {
    return keptEpoch;
  }

  /** R2 and RSE of scaled forecasts of one part. */
  static SeriesEvaluation evaluate(ComputationGraph network, SeriesWindows windows, Split part) {
    return evaluate(network, windows, part, 1);
  }

  /** The same of every n-th window. */
  static SeriesEvaluation evaluate(
      ComputationGraph network, SeriesWindows windows, Split part, int every) {
    int each = windows.examplesPerWindow();
    int count = (windows.count(part) / each + every - 1) / every;
    int batch = Math.max(1, EVALUATION_BATCH / each);
    SeriesEvaluation evaluation = new SeriesEvaluation();
    for (int first = 0; first < count; first += batch) {
      int size = Math.min(batch, count - first);
      int from = first;
      int[] examples =
          IntStream.range(0, size * each)
              .map(i -> (from + i / each) * every * each + i % each)
              .toArray();
      DataSet data = windows.dataSet(part, examples, DataType.FLOAT);
      INDArray forecast = network.outputSingle(data.getFeatures());
      evaluation.eval(ofWindows(data.getLabels(), size), ofWindows(forecast, size));
    }
    return evaluation;
  }

  /** All series of a window in one row, in whatever order. */
  private static INDArray ofWindows(INDArray examples, int windows) {
    return examples.dup('c').reshape('c', windows, examples.length() / windows);
  }
}
