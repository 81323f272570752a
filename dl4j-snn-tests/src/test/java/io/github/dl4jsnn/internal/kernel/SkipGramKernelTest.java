package io.github.dl4jsnn.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SkipGramKernelTest {

  private static final float ETA = 1e-2f;

  /**
   * A step is eta times the finite difference of the log-probability, for every number there is.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 16, 31})
  void stepFollowsTheGradientOfTheLogProbability(int d) {
    Random random = new Random(d);
    float[] v = gaussian(random, d);
    float[][] w = new float[5][];
    Arrays.setAll(w, i -> gaussian(random, d));
    int[] path = {0, 3, 1};
    long code = 0b101;
    float[] vNew = v.clone();
    float[][] wNew = Arrays.stream(w).map(float[]::clone).toArray(float[][]::new);

    float[] dirty = gaussian(random, d);
    SkipGramKernel.step(vNew, wNew, path, code, ETA, dirty);

    for (int k = 0; k < d; k++) {
      assertThat((vNew[k] - v[k]) / ETA)
          .isCloseTo((float) difference(v, w, path, code, v, k), within(1e-3f));
      for (int i = 0; i < w.length; i++) {
        assertThat((wNew[i][k] - w[i][k]) / ETA)
            .isCloseTo((float) difference(v, w, path, code, w[i], k), within(1e-3f));
      }
    }
    assertThat(wNew[2]).isEqualTo(w[2]);
    assertThat(wNew[4]).isEqualTo(w[4]);
  }

  private static double difference(
      float[] v, float[][] w, int[] path, long code, float[] row, int k) {
    float old = row[k];
    // A power of two: old +- h is exact enough in float, and the quotient is taken with what it is.
    float h = 1f / 256;
    row[k] = old + h;
    double above = logProbability(v, w, path, code);
    float width = row[k];
    row[k] = old - h;
    double below = logProbability(v, w, path, code);
    width -= row[k];
    row[k] = old;
    return (above - below) / width;
  }

  private static double logProbability(float[] v, float[][] w, int[] path, long code) {
    double sum = 0;
    for (int i = 0; i < path.length; i++) {
      double dot = 0;
      for (int k = 0; k < v.length; k++) {
        dot += (double) v[k] * w[path[i]][k];
      }
      sum -= Math.log1p(Math.exp((code >> i & 1) == 1 ? -dot : dot));
    }
    return sum;
  }

  private static float[] gaussian(Random random, int d) {
    float[] row = new float[d];
    for (int k = 0; k < d; k++) {
      row[k] = (float) random.nextGaussian() / 2;
    }
    return row;
  }
}
