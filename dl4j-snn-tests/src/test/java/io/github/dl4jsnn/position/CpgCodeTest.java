package io.github.dl4jsnn.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.serde.json.JsonMappers;

class CpgCodeTest {
  private static final int POSITIONS = 4096;

  @Test
  void followsTheEquation() {
    CpgCode code = CpgCode.builder().pairs(3).period(50).eta(0.7).threshold(0.3).build();
    INDArray codes = code.codes(17, DataType.FLOAT);
    assertThat(codes.shape()).containsExactly(17, 6);
    for (int p = 0; p < 17; p++) {
      for (int i = 1; i <= 3; i++) {
        double angle = 0.7 * p / Math.pow(50, i / 3.0);
        assertThat(codes.getInt(p, 2 * i - 2)).isEqualTo(Math.cos(angle) - 0.3 >= 0 ? 1 : 0);
        assertThat(codes.getInt(p, 2 * i - 1)).isEqualTo(Math.sin(angle) - 0.3 >= 0 ? 1 : 0);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"20,1,0.57", "20,6.283185307179586,0.011", "32,1,0.24", "64,1,0.013"})
  void hasTheRepetitionRatesOfThePaperSettings(int pairs, double eta, double rate) {
    CpgCode code = CpgCode.builder().pairs(pairs).eta(eta).build();
    assertThat(RepetitionRate.of(code, POSITIONS)).isCloseTo(rate, within(rate * 0.05));
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 64})
  void tellsPositionsApartWithEtaOf2Pi(int pairs) {
    assertThat(RepetitionRate.of(CpgCode.builder().pairs(pairs).build(), POSITIONS)).isZero();
  }

  @Test
  void defaultAndHelperTellEveryLengthApart() {
    // what holds for the longest holds for its beginnings
    assertThat(RepetitionRate.of(CpgCode.builder().build(), POSITIONS)).isZero();
    for (int n : new int[] {1, 2, 3, 12, 48, 96, 168, 500, 672, 1000, 2047, POSITIONS}) {
      CpgCode code = CpgCode.unique(n);
      assertThat(RepetitionRate.of(code, n)).as("%d positions, %s", n, code).isZero();
      if (code.getPairs() > 1) {
        CpgCode fewer = CpgCode.builder().pairs(code.getPairs() - 1).build();
        assertThat(RepetitionRate.of(fewer, n)).isPositive();
      }
    }
  }

  /** The fewest pairs whose code repeats nowhere before that length, for every length. */
  @Test
  void helperPicksTheFewestPairsForEveryLength() {
    int pairs = 1;
    for (int n = 1; n <= POSITIONS; n++) {
      boolean fits = firstDouble(pairs) >= n;
      if (!fits) {
        // just behind the last length that a code tells apart, and at that length
        assertThat(CpgCode.unique(n - 1).getPairs()).isEqualTo(pairs);
        while (firstDouble(pairs) < n) {
          pairs++;
        }
        assertThat(CpgCode.unique(n).getPairs()).isEqualTo(pairs);
      }
    }
    assertThat(CpgCode.unique(POSITIONS).getPairs()).isEqualTo(pairs).isLessThanOrEqualTo(32);
  }

  private final Map<Integer, Integer> firstDoubles = new HashMap<>();

  /** First position whose code was there before. */
  private int firstDouble(int pairs) {
    return firstDoubles.computeIfAbsent(
        pairs,
        p -> {
          CpgCode code = CpgCode.builder().pairs(p).build();
          double[] c = new double[code.width()];
          Set<String> seen = new HashSet<>();
          int position = 0;
          for (; position < POSITIONS; position++) {
            code.encode(position, c);
            if (!seen.add(Arrays.toString(c))) {
              break;
            }
          }
          return position;
        });
  }

  @Test
  void repetitionRateCountsEveryPositionThatHasADouble() {
    INDArray codes =
        org.nd4j.linalg.factory.Nd4j.createFromArray(
            new double[][] {{0, 1}, {1, 0}, {0, 1}, {1, 1}, {0, 1}});
    assertThat(RepetitionRate.of(codes)).isEqualTo(3 / 5.0);
    assertThatThrownBy(() -> RepetitionRate.of(codes.reshape(1, 5, 2)))
        .hasMessageContaining("[1, 5, 2]");
  }

  @Test
  void otherCodes() {
    INDArray sine = new SinusoidalCode(5).codes(9, DataType.DOUBLE);
    assertThat(sine.getDouble(7, 2)).isEqualTo(Math.sin(7 / Math.pow(10_000, 2 / 5.0)));
    assertThat(sine.getDouble(7, 3)).isEqualTo(Math.cos(7 / Math.pow(10_000, 2 / 5.0)));
    RandomCode random = new RandomCode(40, 0.3, 7);
    INDArray spikes = random.codes(500, DataType.FLOAT);
    assertThat(spikes.meanNumber().doubleValue()).isCloseTo(0.3, within(0.02));
    assertThat(random.codes(9, DataType.FLOAT))
        .isEqualTo(spikes.get(org.nd4j.linalg.indexing.NDArrayIndex.interval(0, 9)));
    assertThat(new RandomCode(40, 0.3, 8).codes(500, DataType.FLOAT)).isNotEqualTo(spikes);
    assertThat(random.isBinary()).isTrue();
    assertThat(new SinusoidalCode(5).isBinary()).isFalse();
  }

  @Test
  void areSavedWithANetwork() throws Exception {
    PositionalCode[] codes = {
      CpgCode.builder().pairs(3).period(50).eta(0.7).threshold(-0.3).build(),
      new RandomCode(4, 0.2, -5),
      new SinusoidalCode(6)
    };
    for (PositionalCode code : codes) {
      String json = JsonMappers.getMapper().writeValueAsString(code);
      assertThat(JsonMappers.getMapper().readValue(json, PositionalCode.class))
          .isEqualTo(code)
          .hasSameHashCodeAs(code)
          .hasToString(code.toString());
    }
  }

  @Test
  void refusesNumbersOutOfRange() {
    CpgCode.Builder b = CpgCode.builder();
    assertThatThrownBy(() -> b.pairs(0)).hasMessageContaining("pairs");
    assertThatThrownBy(() -> b.period(1)).hasMessageContaining("period");
    assertThatThrownBy(() -> b.eta(0)).hasMessageContaining("eta");
    assertThatThrownBy(() -> b.threshold(1)).hasMessageContaining("threshold");
    assertThatThrownBy(() -> b.build().codes(0, DataType.FLOAT)).hasMessageContaining("positions");
    assertThatThrownBy(() -> CpgCode.unique(0)).hasMessageContaining("positions");
    assertThatThrownBy(() -> new RandomCode(0, 0.5, 1)).hasMessageContaining("width");
    assertThatThrownBy(() -> new RandomCode(1, 1, 1)).hasMessageContaining("rate");
    assertThatThrownBy(() -> new SinusoidalCode(0)).hasMessageContaining("width");
  }
}
