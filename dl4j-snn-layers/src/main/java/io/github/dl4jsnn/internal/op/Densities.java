package io.github.dl4jsnn.internal.op;

import java.util.List;

/**
 * Where an affine map changes over from adding rows of weights, one for each non-zero input, to a
 * matrix product. Measured with {@code SpikingDenseBenchmark}; numbers in docs/design-notes.md.
 */
final class Densities {
  /**
   * System property for measurements: {@code rows} or {@code product} instead of {@code auto}, for
   * all affine maps of the process.
   */
  static final String PROPERTY = "dl4j.snn.affine";

  private static final List<String> CHOICES = List.of("auto", "rows", "product");
  private static final String CHOICE = System.getProperty(PROPERTY, "auto");

  /**
   * Break-even density of wide maps on two threads, about 0.45 at 400 and 512 outputs; on one it is
   * 0.26 and 0.18, as a second thread helps additions more than BLAS.
   */
  private static final double FORWARD = 0.4;

  /**
   * Finding the non-zero inputs costs as much as this many outputs of a product. It makes narrow
   * maps, as those of a classifier's output, cheaper as products; not with dropout, whose masks
   * cost a product more than they cost rows.
   */
  private static final double PICKING = 35;

  /**
   * Break-even density of the weight gradient, whose row sums are slower: each sum is read and
   * written for every spike. The inputs are already found. 0.17 to 0.09 at 400 to 64 outputs.
   */
  private static final double GRADIENT = 0.13;

  private Densities() {}

  /**
   * Whether the forward pass adds rows.
   *
   * @param density share of non-zero inputs, after dropout
   * @param H outputs
   * @param dropout whether there is any
   */
  static boolean addsRows(double density, int H, boolean dropout) {
    return chosen(density <= FORWARD * (dropout ? 1 : 1 - PICKING / H));
  }

  /**
   * Whether the weight gradient adds rows, after a forward pass that did.
   *
   * @param density share of non-zero inputs
   */
  static boolean gradientAddsRows(double density) {
    return chosen(density <= GRADIENT);
  }

  private static boolean chosen(boolean auto) {
    if (!CHOICES.contains(CHOICE)) {
      throw new IllegalStateException(
          "System property " + PROPERTY + " must be one of " + CHOICES + ", is " + CHOICE);
    }
    return CHOICE.equals("auto") ? auto : CHOICE.equals("rows");
  }
}
