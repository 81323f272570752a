package io.github.dl4jsnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.position.PositionalEncoding;
import io.github.dl4jsnn.series.GeneratedSeries;
import io.github.dl4jsnn.series.SeriesWindows;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class ForecastModelTest {

  private final SeriesWindows windows =
      SeriesWindows.builder(GeneratedSeries.sines(80, 3, 9, 0.1, 1))
          .inputLength(5)
          .horizon(2)
          .build();

  @ParameterizedTest
  @EnumSource
  void everyEncodingOfASystemGivesAForecast(ForecastModel model) {
    ForecastSettings settings = new ForecastSettings();
    settings.inputLength = 5;
    settings.hidden = 8;
    INDArray features = windows.iterator(Split.TEST).batchSize(4).build().next().getFeatures();
    for (PositionalEncoding encoding : PositionalEncoding.values()) {
      if (model.takes(encoding)) {
        INDArray forecast =
            model.network(windows, encoding, settings, 0.001, 1).outputSingle(features);
        assertThat(forecast.shape()).containsExactly(4, 2 * 3);
        assertThat(forecast.isNaN().any()).isFalse();
      }
    }
    assertThat(model.takes(PositionalEncoding.CPG)).isEqualTo(model.method().equals("STBP"));
  }
}
