package io.github.dl4jsnn.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Both kinds of {@link FloatLoops} against loops written as they stand. Those on the Vector API are
 * skipped where the JVM lacks the module; the build runs this class a second time with it.
 */
class FloatLoopsTest {
  private static final boolean HAS_VECTORS =
      ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

  /** Around the lengths of vectors, of their halves, and of several. */
  private static final int[] SIZES = {
    0, 1, 3, 7, 8, 9, 15, 16, 17, 23, 31, 32, 33, 63, 64, 65, 100, 127, 400, 1009
  };

  private static final double[] RATES = {0, 0.01, 0.05, 0.23, 0.5, 0.9, 1};

  /** Units in the last place; what {@link FloatExp} states. */
  private static final double MAX_ULP = 1.5;

  static Stream<FloatLoops> loops() throws ReflectiveOperationException {
    return HAS_VECTORS
        ? Stream.of(new PlainFloatLoops(), RowLoops.vector())
        : Stream.of(new PlainFloatLoops());
  }

  private static float[] row(int n, double rate, Random random) {
    float[] odd = {
      1, -1, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.NaN, Float.NEGATIVE_INFINITY
    };
    float[] row = new float[n];
    for (int i = 0; i < n; i++) {
      row[i] = random.nextDouble() < rate ? odd[random.nextInt(odd.length)] : 0;
    }
    return row;
  }

  @ParameterizedTest
  @MethodSource("loops")
  void collectsTheNonZeroEntries(FloatLoops loops) {
    Random random = new Random(7);
    for (int n : SIZES) {
      for (double rate : RATES) {
        float[] row = row(n, rate, random);
        for (int before : new int[] {0, 1, 5}) {
          String what = "n " + n + " rate " + rate + " before " + before;
          assertPicked(what, row, before, (c, v) -> loops.pick(c, v, before, row, n));
          assertPicked(what, row, before, (c, v) -> loops.pickRare(c, v, before, row, n));
        }
      }
    }
  }

  private interface Pick {
    int run(int[] column, float[] value);
  }

  private static void assertPicked(String what, float[] row, int before, Pick pick) {
    // no longer than promised, and dirty
    int[] column = new int[before + row.length];
    float[] value = new float[before + row.length];
    Arrays.fill(column, -7);
    Arrays.fill(value, -7);
    int size = pick.run(column, value);
    int at = before;
    for (int i = 0; i < row.length; i++) {
      if (row[i] != 0) {
        assertThat(column[at]).as(what).isEqualTo(i);
        assertThat(Float.floatToRawIntBits(value[at]))
            .as(what)
            .isEqualTo(Float.floatToRawIntBits(row[i]));
        at++;
      }
    }
    assertThat(size).as(what).isEqualTo(at);
    for (int e = 0; e < before; e++) {
      assertThat(column[e]).as(what).isEqualTo(-7);
      assertThat(value[e]).as(what).isEqualTo(-7);
    }
  }

  @ParameterizedTest
  @MethodSource("loops")
  void exponentialIsWithinItsErrorAndTheSameInBoth(FloatLoops loops) {
    for (int n : SIZES) {
      float[] y = new float[n + 1];
      for (int i = 0; i < n; i++) {
        y[i] = -95f * i / n + 1e-3f * n * (i % 2 == 0 ? -1 : 0);
      }
      y[n] = -7;
      float[] x = y.clone();
      loops.exp(y, n);
      for (int i = 0; i < n; i++) {
        assertThat(y[i]).as("exp(%s)", x[i]).isEqualTo(FloatExp.exp(x[i]));
      }
      assertThat(y[n]).isEqualTo(-7);
    }
  }

  @Test
  void exponentialIsWithinItsError() {
    double worst = 0;
    for (float x = 0; x > -87.3; x -= 1e-4f) {
      double exact = Math.exp(x);
      worst = Math.max(worst, Math.abs(FloatExp.exp(x) - exact) / Math.ulp((float) exact));
    }
    assertThat(worst).isLessThan(MAX_ULP);
    for (float x = -87.3f; x > -200; x -= 1e-2f) {
      assertThat((double) FloatExp.exp(x)).isBetween(0.0, Math.exp(x) * 1.0001);
    }
    for (float x = 0; x > -1e-3; x -= 1e-7f) {
      assertThat(FloatExp.exp(x)).isLessThanOrEqualTo(1f);
    }
  }

  @ParameterizedTest
  @MethodSource("loops")
  void exponentialOfTheEnds(FloatLoops loops) {
    float[] y = new float[40];
    Arrays.fill(y, -0f);
    y[1] = Float.NEGATIVE_INFINITY;
    y[2] = Float.NaN;
    y[3] = -Float.MAX_VALUE;
    y[33] = Float.NaN;
    y[35] = Float.NEGATIVE_INFINITY;
    y[36] = -Float.MIN_VALUE;
    loops.exp(y, y.length);
    assertThat(y[0]).isEqualTo(1);
    assertThat(y[1]).isZero();
    assertThat(y[2]).isNaN();
    assertThat(y[3]).isZero();
    assertThat(y[33]).isNaN();
    assertThat(y[35]).isZero();
    assertThat(y[36]).isEqualTo(1);
    assertThat(y[39]).isEqualTo(1);
  }

  @Test
  void theModuleDecides() {
    assertThat(RowLoops.choose("off")).isInstanceOf(PlainFloatLoops.class);
    assertThat(RowLoops.choose("auto") instanceof PlainFloatLoops).isEqualTo(!HAS_VECTORS);
  }

  @Test
  void forcedVectorsMustBeThere() {
    assumeFalse(HAS_VECTORS);
    assertThatThrownBy(() -> RowLoops.choose("on"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(RowLoops.PROPERTY);
  }

  @Test
  void forcedVectorsAreTaken() {
    assumeTrue(HAS_VECTORS);
    assertThat(RowLoops.choose("on")).isNotInstanceOf(PlainFloatLoops.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "true", "ON"})
  void anotherModeIsRefused(String mode) {
    assertThatThrownBy(() -> RowLoops.choose(mode))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("auto, on or off");
  }
}
