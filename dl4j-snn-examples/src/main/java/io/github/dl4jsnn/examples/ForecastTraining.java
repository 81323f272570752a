package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.evaluate.SeriesEvaluation;
import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.series.SeriesIterator;
import io.github.dl4jsnn.series.SeriesWindows;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Trains a forecasting network and leaves it with the parameters of the epoch whose validation R2
 * is best. The test part is not touched.
 */
final class ForecastTraining {

  /** Windows in a batch of an evaluation: no effect on its result. */
  private static final int EVALUATION_BATCH = 128;

  /** Validation R2 after each epoch. */
  final List<Double> validationR2 = new ArrayList<>();

  /** Validation RSE after each epoch. */
  final List<Double> validationRse = new ArrayList<>();

  private int bestEpoch;

  /**
   * Trains.
   *
   * @param network to train; in the end that of the best epoch
   * @param windows data
   * @param settings batch size, epochs and patience
   * @param seed of the order of the windows
   */
  static ForecastTraining of(
      ComputationGraph network, SeriesWindows windows, ForecastSettings settings, long seed) {
    ForecastTraining training = new ForecastTraining();
    SeriesIterator train =
        windows.iterator(Split.TRAIN).batchSize(settings.batchSize).shuffle(seed).build();
    BestParameters best = new BestParameters(network);
    for (int epoch = 1; epoch <= settings.epochs && !best.exhausted(settings.patience); epoch++) {
      network.fit(train);
      SeriesEvaluation validation = evaluate(network, windows, Split.VALIDATION);
      training.validationR2.add(validation.r2());
      training.validationRse.add(validation.rse());
      best.endEpoch(validation.r2());
    }
    best.restore();
    training.bestEpoch = best.epoch();
    return training;
  }

  /** The epoch with the best validation R2, from 1. */
  int bestEpoch() {
    return bestEpoch;
  }

  /** R2 and RSE of scaled forecasts of one part. */
  static SeriesEvaluation evaluate(ComputationGraph network, SeriesWindows windows, Split part) {
    return network
        .doEvaluation(
            windows.iterator(part).batchSize(EVALUATION_BATCH).build(), new SeriesEvaluation())[0];
  }
}
