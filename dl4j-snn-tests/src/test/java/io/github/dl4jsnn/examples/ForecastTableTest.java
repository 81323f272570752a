package io.github.dl4jsnn.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastTableTest {
  private static final String[] KEY = {"S", "d-6", "CPG", "1", "L12 D64"};

  @TempDir Path folder;

  @Test
  void findsWhatAnEarlierRunWrote() throws IOException {
    Path csv = folder.resolve("new").resolve("runs.csv");
    ForecastTable first = new ForecastTable(csv);
    assertThat(first.find(KEY)).isEmpty();
    first.add(KEY, 3, new double[] {0.5, 0.6, -0.25, Double.NaN}, 77, 1.25);
    ForecastTable again = new ForecastTable(csv);
    ForecastTable.Run run = again.find(KEY).orElseThrow();
    assertThat(run.epoch).isEqualTo(3);
    assertThat(run.validationR2).isEqualTo(0.5);
    assertThat(run.validationRse).isEqualTo(0.6);
    assertThat(run.r2).isEqualTo(-0.25);
    assertThat(run.rse).isNaN();
    assertThat(again.find("S", "d-6", "CPG", "1", "L12 D6")).isEmpty();
    assertThat(again.find("S", "d-6", "CPG", "11", "L12 D64")).isEmpty();
  }

  @Test
  void refusesAnotherTable() throws IOException {
    Path csv = Files.writeString(folder.resolve("other.csv"), ResultsCsv.HEADER + "\n");
    assertThatThrownBy(() -> new ForecastTable(csv))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected the header system,data,pe");
  }
}
