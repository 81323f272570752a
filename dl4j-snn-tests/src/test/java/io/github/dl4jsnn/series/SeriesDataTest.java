package io.github.dl4jsnn.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class SeriesDataTest {

  private final double[][] values = {{1, 2, 3}, {4, 5, 6}};
  private final SeriesData data = new SeriesData("d", List.of("a", "b", "c"), values);

  @Test
  void holdsACopy() {
    values[1][2] = 99;
    assertThat(data.value(1, 2)).isEqualTo(6);
    assertThat(data.channel(0)).containsExactly(1, 4);
    assertThat(data.toArray(DataType.FLOAT).shape()).containsExactly(2, 3);
    assertThat(data.toArray(DataType.DOUBLE).getDouble(1, 0)).isEqualTo(4);
    assertThatThrownBy(() -> data.value(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> data.value(-1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void refusesWhatIsNoTable() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SeriesData("d", List.of("a"), new double[][] {{1}, {1, 2}}))
        .withMessage("d, row 1: expected 1 values, one a channel, got 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SeriesData("d", List.of("a", "b"), new double[][] {{1, Double.NaN}}))
        .withMessage("d, row 0, channel b: expected a finite number, got NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SeriesData("d", List.of("a"), new double[0][]))
        .withMessageContaining("at least one row and channel, got [0, 1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SeriesData("d", List.of("a", "a"), new double[][] {{1, 2}}))
        .withMessageContaining("channel names that differ");
  }

  @Test
  void generatedSeriesFollowTheSeedAlone() {
    SeriesData one = GeneratedSeries.sines(50, 3, 20, 0.1, 1);
    assertThat(GeneratedSeries.sines(50, 3, 20, 0.1, 1)).isEqualTo(one);
    assertThat(GeneratedSeries.sines(50, 3, 20, 0.1, 2)).isNotEqualTo(one);
    assertThat(one.rows()).isEqualTo(50);
    assertThat(one.channels()).isEqualTo(3);
  }

  /** Without noise and over whole periods, what differs is the trend. */
  @Test
  void generatedSeriesRepeat() {
    SeriesData data = GeneratedSeries.sines(60, 2, 20, 0, 3);
    for (int c = 0; c < 2; c++) {
      double step = data.value(20, c) - data.value(0, c);
      assertThat(data.value(57, c) - data.value(37, c)).isCloseTo(step, within(1e-12));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GeneratedSeries.sines(60, 2, 0, 0, 3))
        .withMessageContaining("a period above 0");
  }
}
