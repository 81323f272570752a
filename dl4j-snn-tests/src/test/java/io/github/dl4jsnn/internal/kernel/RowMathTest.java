package io.github.dl4jsnn.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowMathTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 13})
  void findsWhatIsNotFiniteWhereverItStands(int n) {
    float[] row = new float[n + 1];
    Arrays.fill(row, -Float.MAX_VALUE);
    double[] wide = new double[n + 1];
    Arrays.fill(wide, Double.MAX_VALUE);
    // behind the end nobody looks
    row[n] = Float.NaN;
    wide[n] = Double.NaN;
    assertThat(RowMathF32.isFinite(row, n)).isTrue();
    assertThat(RowMathF64.isFinite(wide, n)).isTrue();
    for (int i = 0; i < n; i++) {
      for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
        row[i] = bad;
        wide[i] = bad;
        assertThat(RowMathF32.isFinite(row, n)).as("%s at %d", bad, i).isFalse();
        assertThat(RowMathF64.isFinite(wide, n)).as("%s at %d", bad, i).isFalse();
      }
      row[i] = Float.MIN_VALUE;
      wide[i] = -0.0;
    }
    assertThat(RowMathF32.isFinite(row, n)).isTrue();
    assertThat(RowMathF32.isFinite(new float[0], 0)).isTrue();
  }
}
