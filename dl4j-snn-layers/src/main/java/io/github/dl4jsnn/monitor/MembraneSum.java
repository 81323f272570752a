package io.github.dl4jsnn.monitor;

/** Running sums over membrane potentials, block by block. */
final class MembraneSum {

  /** The surrogate is open where its derivative is at least this share of that at the threshold. */
  static final double OPEN = 0.5;

  private long count;
  private double mean;
  private double squares;
  private double min = Double.POSITIVE_INFINITY;
  private double max = Double.NEGATIVE_INFINITY;
  private long above;
  private long open;

  /**
   * Adds a block.
   *
   * @param n its values, at least one
   * @param blockMean their mean
   * @param blockSquares sum of their squared distances from that mean
   * @param blockMin smallest
   * @param blockMax largest
   * @param blockAbove number that reach the threshold
   * @param blockOpen number where the surrogate is open
   */
  void addBlock(
      int n,
      double blockMean,
      double blockSquares,
      double blockMin,
      double blockMax,
      int blockAbove,
      int blockOpen) {
    // Sums of squares of two parts, put together about their common mean: no cancellation.
    double distance = blockMean - mean;
    long both = count + n;
    mean += distance * n / both;
    squares += blockSquares + distance * distance * count * n / both;
    count = both;
    min = Math.min(min, blockMin);
    max = Math.max(max, blockMax);
    above += blockAbove;
    open += blockOpen;
  }

  boolean isFinite() {
    return !Double.isNaN(mean) && !Double.isInfinite(min) && !Double.isInfinite(max);
  }

  double mean() {
    return mean;
  }

  double deviation() {
    return Math.sqrt(squares / count);
  }

  double min() {
    return min;
  }

  double max() {
    return max;
  }

  double aboveShare() {
    return (double) above / count;
  }

  double openShare() {
    return (double) open / count;
  }
}
