package io.github.dl4jsnn.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How close results must be, and why. */
public final class Tolerances {

  /** Both backends add the same doubles, in another order: a few hundred roundings of 1e-16. */
  public static final double DOUBLE = 1e-10;

  /** As {@link #DOUBLE}, with roundings of 6e-8; sums here have at most about a hundred terms. */
  public static final double FLOAT = 2e-5;

  /** Sums whose terms cancel are compared with this fraction of the largest entry instead. */
  public static final double CANCELLATION = 0.1;

  /**
   * Some gradients are 0 on paper and rounding in practice, such as that of a bias before STFN; as
   * the gradients from above are of order 1, smaller entries are compared as if they had this size.
   */
  public static final double NOTHING = 0.05;

  /**
   * Other libraries compute in double and seven digits are kept, but snnTorch's spikes, and with
   * them its gradients, are floats: a few hundred roundings of 6e-8 on either side.
   */
  public static final double GOLDEN = 1e-5;

  /**
   * Distance from a jump (the threshold, an edge of the rectangular window) within which floats may
   * legitimately fall on the other side: about 100 roundings of potentials of order 1.
   */
  public static final double FLOAT_JUMP = 1e-5;

  /**
   * Largest share of neurons that may be left out for {@link #FLOAT_JUMP}. A potential of density
   * below 1 falls within 1e-5 of three jumps with probability below 6e-5 a step, so of neurons with
   * 10 steps fewer than 1 in 1000 are expected. With the values in use it is 2 of 21964 neurons of
   * LIF layers and none of 765 in graphs.
   */
  public static final double LEFT_OUT_SHARE = 0.005;

  /**
   * Finite differences of step 1e-6 in double: truncation 1e-12, rounding 1e-16 / 1e-6 = 1e-10,
   * relative to gradients that may be 1e-4.
   */
  public static final double FINITE_DIFFERENCE = 1e-5;

  private Tolerances() {}

  /**
   * Of the given type.
   *
   * @param type FLOAT or DOUBLE
   * @return relative tolerance
   */
  public static double of(DataType type) {
    return type == DataType.DOUBLE ? DOUBLE : FLOAT;
  }

  /**
   * Asserts equal shapes and close values.
   *
   * @param what named in the message
   * @param actual values
   * @param expected values
   * @param relative tolerance
   */
  public static void assertClose(String what, INDArray actual, INDArray expected, double relative) {
    assertThat(actual.shape()).as("shape of %s", what).isEqualTo(expected.shape());
    assertClose(what, Values.of(actual), Values.of(expected), relative);
  }

  /**
   * Asserts close values.
   *
   * @param what named in the message
   * @param actual values
   * @param expected values
   * @param relative tolerance
   */
  public static void assertClose(String what, double[] actual, double[] expected, double relative) {
    double largest = 0;
    for (double e : expected) {
      largest = Math.max(largest, Math.abs(e));
    }
    for (int i = 0; i < expected.length; i++) {
      double scale = Math.max(Math.abs(expected[i]), Math.max(NOTHING, CANCELLATION * largest));
      // negated, so that NaN fails
      if (!(Math.abs(actual[i] - expected[i]) <= relative * scale)) {
        throw new AssertionError(
            String.format(
                "%s, entry %d: expected %.17g, got %.17g (allowed %.3g, largest entry %.3g)",
                what, i, expected[i], actual[i], relative * scale, largest));
      }
    }
  }

  /**
   * Asserts equal shapes and exactly equal values; {@code INDArray.equals} allows 1e-5.
   *
   * @param what named in the message
   * @param actual values
   * @param expected values
   */
  public static void assertIdentical(String what, INDArray actual, INDArray expected) {
    assertThat(actual.shape()).as("shape of %s", what).isEqualTo(expected.shape());
    assertThat(Values.of(actual)).as(what).isEqualTo(Values.of(expected));
  }
}
