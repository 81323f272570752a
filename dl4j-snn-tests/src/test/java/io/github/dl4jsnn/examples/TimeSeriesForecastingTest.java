package io.github.dl4jsnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimeSeriesForecastingTest {

  @Test
  void trainsAndDraws(@TempDir Path folder) {
    CommandRun run =
        new CommandRun(
            new TimeSeriesForecasting(),
            "--hidden=8",
            "--time-steps=2",
            "--epochs=2",
            "--examples=256",
            "--horizon=3",
            "--out=" + folder);
    assertThat(run.err).isEmpty();
    assertThat(run.exitCode).isZero();
    assertThat(run.out)
        .contains("generated [600 rows, 6 channels], 12 rows in, 3 out")
        .containsPattern("epoch +2 +validation R2 -?\\d\\.\\d{4}, RSE \\d\\.\\d{4}")
        .containsPattern("epoch 2: test R2 -?\\d\\.\\d{4}, RSE \\d\\.\\d{4} over 18 series");
    for (String picture : new String[] {"forecast", "attention", "positional-code"}) {
      assertThat(folder.resolve(picture + ".png")).isNotEmptyFile();
    }
  }

  @Test
  void badOption() {
    CommandRun run = new CommandRun(new TimeSeriesForecasting(), "--data=stocks");
    assertThat(run.exitCode).isEqualTo(2);
    assertThat(run.err).contains("--data", "Usage: time-series-forecasting");
  }
}
