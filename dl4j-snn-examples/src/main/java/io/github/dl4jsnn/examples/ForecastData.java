package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.series.GeneratedSeries;
import io.github.dl4jsnn.series.SeriesData;
import io.github.dl4jsnn.series.SeriesSets;
import io.github.dl4jsnn.series.SeriesWindows;
import java.io.IOException;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The series that the forecasting examples know, with their parts. */
enum ForecastData {
  /** Six noisy channels of sines and trends, made in a moment. */
  GENERATED(0.7, 0.1),
  /** One week of road speeds, from the data folder. */
  METR_LA(0.7, 0.1),
  /** Daily exchange rates, from the data folder. */
  EXCHANGE_RATE(0.6, 0.2);

  private final double train;
  private final double validation;

  ForecastData(double train, double validation) {
    this.train = train;
    this.validation = validation;
  }

  private SeriesData load() throws IOException {
    switch (this) {
      case METR_LA:
        return SeriesSets.metrLaWeek();
      case EXCHANGE_RATE:
        return SeriesSets.exchangeRate();
      default:
        return GeneratedSeries.sines(600, 6, 48, 0.1, 1);
    }
  }

  /** Returns the windows; data that are not there are a bad option. */
  SeriesWindows windows(ForecastSettings settings, int horizon, CommandLine commandLine)
      throws IOException {
    try {
      return SeriesWindows.builder(load())
          .inputLength(settings.inputLength)
          .horizon(horizon)
          .parts(train, validation)
          .channelIndependent(settings.channelIndependent)
          .build();
    } catch (IllegalStateException e) {
      throw new ParameterException(commandLine, "--data " + this + ": " + e.getMessage(), e);
    }
  }

  /** The name on the command line and in tables. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
