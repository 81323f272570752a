package io.github.dl4jsnn.series;

import io.github.dl4jsnn.graph.DataFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The series of the examples and studies, from {@code timeseries} in the {@link DataFolder}. */
public final class SeriesSets {
  private static final List<String> RATES =
      List.of(
          "Australia",
          "Britain",
          "Canada",
          "Switzerland",
          "China",
          "Japan",
          "New Zealand",
          "Singapore");

  private SeriesSets() {}

  /**
   * Returns one week of METR-LA: speeds in miles per hour of 207 road sensors in Los Angeles
   * County, one row each 5 minutes from 1 to 7 March 2012, 2016 rows. Channels are called by the
   * numbers of the sensors.
   *
   * <p>Missing readings were filled in where the file comes from. Use a {@link SeriesWindows} of
   * 0.7 for training and 0.1 for validation.
   *
   * <p><b>Source.</b> H. V. Jagadish et al., "Big data and its technical challenges", CACM 57(7),
   * 2014; Y. Li, R. Yu, C. Shahabi, Y. Liu, "Diffusion convolutional recurrent neural network",
   * ICLR 2018; the week is that of L. Zhao et al., "T-GCN", IEEE T-ITS 2019.
   *
   * @return the week
   * @throws IllegalStateException if there is no data folder
   * @throws IOException if the file is missing or damaged
   */
  public static SeriesData metrLaWeek() throws IOException {
    SeriesData week = SeriesReader.readWithHeader(file("metr-la-week.csv.gz"));
    return week.named("metr-la", week.channelNames());
  }

  /**
   * Returns the exchange rates of eight countries against the US dollar, 7588 days from 1990 to
   * 2016.
   *
   * <p>The usual parts are 0.6 for training and 0.2 for validation.
   *
   * <p><b>Source.</b> G. Lai, W.-C. Chang, Y. Yang, H. Liu, "Modeling long- and short-term temporal
   * patterns with deep neural networks", SIGIR 2018.
   *
   * @return the rates
   * @throws IllegalStateException if there is no data folder
   * @throws IOException if the file is missing or damaged
   */
  public static SeriesData exchangeRate() throws IOException {
    Path file = file("exchange_rate.txt.gz");
    SeriesData rates = SeriesReader.read(file);
    if (rates.channels() != RATES.size()) {
      throw new IOException(
          file + ": expected " + RATES.size() + " columns, got " + rates.channels());
    }
    return rates.named("exchange-rate", RATES);
  }

  private static Path file(String name) {
    return DataFolder.require().resolve("timeseries").resolve(name);
  }
}
