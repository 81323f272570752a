package io.github.dl4jsnn.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ZScoreTest {

  /** Channel 1 is constant in the two rows that count, and 0.1 has no exact double. */
  private final SeriesData data =
      new SeriesData("d", List.of("a", "b"), new double[][] {{1, 0.1}, {5, 0.1}, {100, 7}});

  private final ZScore scaling = ZScore.of(data, 2);

  @Test
  void measuresTheGivenRowsAlone() {
    assertThat(scaling.mean(0)).isEqualTo(3);
    assertThat(scaling.deviation(0)).isEqualTo(2);
    SeriesData z = scaling.apply(data);
    assertThat(z.channel(0)).containsExactly(-1, 1, 48.5);
    assertThat(z.channelNames()).isEqualTo(data.channelNames());
  }

  @Test
  void aConstantChannelIsOnlyShifted() {
    assertThat(scaling.mean(1)).isEqualTo(0.1);
    assertThat(scaling.deviation(1)).isEqualTo(1);
    assertThat(scaling.apply(data).channel(1)).containsExactly(0, 0, 6.9);
  }

  @Test
  void inverts() {
    INDArray z = scaling.apply(data).toArray(DataType.DOUBLE);
    assertThat(scaling.invert(z)).isEqualTo(data.toArray(DataType.DOUBLE));
    INDArray labels = Nd4j.createFromArray(new float[][] {{-1, 0, 1, 2}});
    INDArray before = labels.dup();
    INDArray x = scaling.invert(labels);
    assertThat(x.dataType()).isEqualTo(DataType.FLOAT);
    assertThat(x.toFloatMatrix()[0]).containsExactly(new float[] {1, 0.1f, 5, 2.1f}, within(1e-6f));
    assertThat(labels).isEqualTo(before);
  }

  @Test
  void refusesOtherChannels() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> scaling.invert(Nd4j.ones(2, 3)))
        .withMessageContaining("multiple of 2 channels, got shape [2, 3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> scaling.apply(GeneratedSeries.sines(5, 3, 2, 0, 1)))
        .withMessageContaining("expected 2 channels, as measured, got 3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ZScore.of(data, 4))
        .withMessageContaining("expected 1 to 3 rows to measure, got 4");
  }
}
