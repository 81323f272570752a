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
   * Break-even density of the sums alone: row sums do a sixth of the work of a product a second.
   */
  private static final double FORWARD = 0.15;

  /**
   * Finding the non-zero inputs costs as much as a product with this many columns. It makes narrow
   * maps, as those of a classifier's output, cheaper as products.
   */
  private static final double PICKING = 40;

  /**
   * Break-even density of the weight gradient, whose row sums are slower: each sum is read and
   * written for every spike. The inputs are already found.
   */
  private static final double GRADIENT = 0.08;

  private Densities() {}

  /**
   * Whether the forward pass adds rows.
   *
   * @param density share of non-zero inputs
   * @param H outputs
   */
  static boolean addsRows(double density, int H) {
    return chosen(density <= FORWARD * (1 - PICKING / H));
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
