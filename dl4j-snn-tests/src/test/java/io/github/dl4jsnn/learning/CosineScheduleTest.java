package io.github.dl4jsnn.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.ScheduleType;

class CosineScheduleTest {

  @Test
  void fallsFromMaxToMinAndStays() {
    ISchedule s = CosineSchedule.builder(ScheduleType.ITERATION, 2, 8).min(1).build();
    assertThat(s.valueAt(0, 7)).isEqualTo(2);
    assertThat(s.valueAt(4, 7)).isCloseTo(1.5, within(1e-15));
    assertThat(s.valueAt(2, 7)).isCloseTo(1.5 + Math.sqrt(0.5) / 2, within(1e-15));
    assertThat(s.valueAt(8, 7)).isEqualTo(1);
    assertThat(s.valueAt(1000, 7)).isEqualTo(1);
  }

  @Test
  void warmsUpLinearlyBeforeTheFirstCycle() {
    ISchedule s = CosineSchedule.builder(ScheduleType.EPOCH, 1, 10).warmUp(4).build();
    for (int epoch = 0; epoch < 4; epoch++) {
      assertThat(s.valueAt(99, epoch)).isCloseTo((epoch + 1) / 5.0, within(1e-15));
    }
    assertThat(s.valueAt(99, 4)).isEqualTo(1);
    assertThat(s.valueAt(99, 14)).isZero();
  }

  @Test
  void restartsWithLongerAndLowerCycles() {
    ISchedule s =
        CosineSchedule.builder(ScheduleType.ITERATION, 1, 4).warmUp(1).restarts(2, 0.5).build();
    assertThat(s.valueAt(1, 0)).isEqualTo(1); // cycle of 4 from 1
    assertThat(s.valueAt(5, 0)).isEqualTo(0.5); // cycle of 8 from 5
    assertThat(s.valueAt(9, 0)).isCloseTo(0.25, within(1e-15)); // its middle
    assertThat(s.valueAt(13, 0)).isEqualTo(0.25); // cycle of 16 from 13
    assertThat(s.valueAt(12, 0)).isLessThan(0.05);
  }

  @Test
  void isSavedWithTheNetworkAndEqualToItsCopies() {
    ISchedule s =
        CosineSchedule.builder(ScheduleType.EPOCH, 1, 4).min(0.1).warmUp(3).restarts(3, 1).build();
    NeuralNetConfiguration conf =
        new NeuralNetConfiguration.Builder()
            .updater(new Adam(s))
            .layer(
                new org.deeplearning4j.nn.conf.layers.DenseLayer.Builder().nIn(1).nOut(1).build())
            .build();
    assertThat(NeuralNetConfiguration.fromJson(conf.toJson())).isEqualTo(conf);
    assertThat(conf.toJson()).contains("\"warmUp\" : 3");
    assertThat(s.clone()).isEqualTo(s).hasSameHashCodeAs(s);
    assertThat(CosineSchedule.builder(ScheduleType.EPOCH, 1, 4).build()).isNotEqualTo(s);
  }

  @Test
  void refusesNumbersOutOfRange() {
    CosineSchedule.Builder b = CosineSchedule.builder(ScheduleType.EPOCH, 1, 1);
    assertThatThrownBy(() -> CosineSchedule.builder(ScheduleType.EPOCH, 0, 1))
        .hasMessageContaining("max");
    assertThatThrownBy(() -> CosineSchedule.builder(ScheduleType.EPOCH, 1, 0))
        .hasMessageContaining("period");
    assertThatThrownBy(() -> b.min(2)).hasMessageContaining("min");
    assertThatThrownBy(() -> b.warmUp(-1)).hasMessageContaining("warmUp");
    assertThatThrownBy(() -> b.restarts(0.5, 1)).hasMessageContaining("periodFactor");
    assertThatThrownBy(() -> b.restarts(1, 1.5)).hasMessageContaining("maxFactor");
  }
}
