package io.github.dl4jsnn.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jsnn.graph.Split;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;

/** Series of 20 rows whose values tell row and channel: {@code 10 row + channel}. */
class SeriesWindowsTest {
  private static final int L = 5;
  private static final int H = 2;
  private static final int C = 3;

  private final SeriesWindows windows =
      SeriesWindows.builder(counting(20))
          .inputLength(L)
          .horizon(H)
          .parts(0.6, 0.2)
          .standardize(false)
          .build();

  static SeriesData counting(int rows) {
    double[][] values = new double[rows][C];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < C; c++) {
        values[r][c] = 10 * r + c;
      }
    }
    return new SeriesData("counting", SeriesData.numbered(C), values);
  }

  @Test
  void labelsLieInTheirPartInputsMayReachBack() {
    assertThat(labelRows(Split.TRAIN)).containsExactly(5, 6, 7, 8, 9, 10);
    assertThat(labelRows(Split.VALIDATION)).containsExactly(12, 13, 14);
    assertThat(labelRows(Split.TEST)).containsExactly(16, 17, 18);
    DataSet first = windows.dataSet(Split.VALIDATION, new int[] {0}, DataType.DOUBLE);
    assertThat(first.getFeatures().getDouble(0, 0, 0)).isEqualTo(70);
  }

  @Test
  void channelsCanBeExamplesOfTheirOwn() {
    SeriesWindows each =
        SeriesWindows.builder(counting(20))
            .inputLength(L)
            .horizon(H)
            .parts(0.6, 0.2)
            .standardize(false)
            .channelIndependent(true)
            .build();
    assertThat(each.channels()).isEqualTo(1);
    assertThat(each.labelCount()).isEqualTo(H);
    assertThat(each.count(Split.TRAIN)).isEqualTo(6 * C);
    assertThat(each.labelRow(Split.TRAIN, 2 * C - 1)).isEqualTo(6);
    DataSet two = each.dataSet(Split.TRAIN, new int[] {4 * C + 2, C}, DataType.DOUBLE);
    assertThat(two.getFeatures().shape()).containsExactly(2, L, 1);
    assertThat(two.getLabels().shape()).containsExactly(2, H);
    assertThat(two.getFeatures().getDouble(0, 1, 0)).isEqualTo(10 * 5 + 2);
    assertThat(two.getLabels().getDouble(0, 1)).isEqualTo(10 * 10 + 2);
    assertThat(two.getLabels().getDouble(1, 0)).isEqualTo(10 * 6);
  }

  private List<Integer> labelRows(Split part) {
    List<Integer> rows = new ArrayList<>();
    for (int w = 0; w < windows.count(part); w++) {
      rows.add(windows.labelRow(part, w));
    }
    return rows;
  }

  @Test
  void axesAreWindowPositionChannelAndWindowHorizonChannel() {
    DataSet two = windows.dataSet(Split.TRAIN, new int[] {4, 1}, DataType.FLOAT);
    assertThat(two.getFeatures().shape()).containsExactly(2, L, C);
    assertThat(two.getLabels().shape()).containsExactly(2, H * C);
    assertThat(two.getFeatures().dataType()).isEqualTo(DataType.FLOAT);
    for (int l = 0; l < L; l++) {
      for (int c = 0; c < C; c++) {
        assertThat(two.getFeatures().getDouble(1, l, c)).isEqualTo(10 * (1 + l) + c);
      }
    }
    for (int h = 0; h < H; h++) {
      for (int c = 0; c < C; c++) {
        assertThat(two.getLabels().getDouble(0, h * C + c)).isEqualTo(10 * (4 + L + h) + c);
      }
    }
  }

  @Test
  void scalesByTheTrainingPart() {
    SeriesWindows scaled =
        SeriesWindows.builder(counting(20)).parts(0.6, 0.2).inputLength(4).horizon(1).build();
    assertThat(scaled.scaling()).isEqualTo(ZScore.of(counting(20), 12));
    DataSet test = scaled.dataSet(Split.TEST, new int[] {0}, DataType.DOUBLE);
    assertThat(test.getLabels().getDouble(0, 2))
        .isCloseTo((162 - 57) / scaled.scaling().deviation(2), within(1e-12));
    assertThat(scaled.scaling().invert(test.getLabels()).getDouble(0, 2))
        .isCloseTo(162, within(1e-9));
    assertThat(windows.scaling()).isNull();
  }

  @Test
  void refusesPartsWithoutAWindow() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SeriesWindows.builder(counting(20)).inputLength(4).horizon(3).build())
        .withMessageContaining("4 + 3 rows has its labels in part VALIDATION, rows 14 to 15");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SeriesWindows.builder(counting(9)).build())
        .withMessageContaining("part TRAIN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SeriesWindows.builder(counting(20)).parts(0.8, 0.2))
        .withMessageContaining("below 1 together");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SeriesWindows.builder(counting(20)).inputLength(0))
        .withMessageContaining("inputLength must be at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> windows.iterator(Split.NONE))
        .withMessageContaining("expected TRAIN, VALIDATION or TEST, got NONE");
    assertThatThrownBy(() -> windows.labelRow(Split.TEST, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
