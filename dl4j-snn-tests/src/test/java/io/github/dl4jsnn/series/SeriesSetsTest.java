package io.github.dl4jsnn.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.dl4jsnn.graph.DataFolder;
import io.github.dl4jsnn.graph.Split;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Checks the published counts on the real files; skipped where they are not. */
class SeriesSetsTest {

  @BeforeAll
  static void needsData() {
    assumeTrue(
        DataFolder.find().isPresent(),
        "no data folder: set -D" + DataFolder.PROPERTY + " or " + DataFolder.ENVIRONMENT);
  }

  @Test
  void metrLaWeek() throws IOException {
    SeriesData week = SeriesSets.metrLaWeek();
    assertThat(week).hasToString("metr-la [2016 rows, 207 channels]");
    assertThat(week.channelNames()).startsWith("773869", "767541");
    assertThat(week.value(0, 0)).isEqualTo(64.375);
    SeriesWindows windows = SeriesWindows.builder(week).horizon(24).build();
    assertThat(windows.count(Split.TRAIN)).isEqualTo(1411 - 12 - 24 + 1);
    assertThat(windows.count(Split.VALIDATION)).isEqualTo(202 - 24 + 1);
    assertThat(windows.count(Split.TEST)).isEqualTo(403 - 24 + 1);
  }

  @Test
  void exchangeRate() throws IOException {
    SeriesData rates = SeriesSets.exchangeRate();
    assertThat(rates).hasToString("exchange-rate [7588 rows, 8 channels]");
    assertThat(rates.channelNames()).contains("New Zealand");
    assertThat(rates.value(1, 7)).isEqualTo(0.523972);
  }
}
