package io.github.dl4jsnn.learning;

import java.util.Objects;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Cross-entropy of the first spikes: the right class shall fire first.
 *
 * <pre>
 *   k[c] = first step t (from 0) with x[t][c] &gt; 0, or T-1 if class c never fires
 *   s[c] = -k[c]   or   1 / (k[c] + 1)
 *   L = - sum over c of y[c] * ln softmax(s)[c],   output = softmax(s)
 * </pre>
 *
 * <p><b>Gradient.</b> A time has no derivative with respect to a spike; it is set to {@code dk/dx =
 * -1} at the first spike and 0 elsewhere: a stronger spike would have come earlier. A class that
 * never fires receives its gradient at the last step, where it is counted, so that the right class
 * can be woken; it is then tied with a class whose first spike is at the last step. Classes with
 * equal first spikes have equal scores; {@code argMax} takes the first of them.
 *
 * <p><b>Shapes.</b> {@code x} is {@code [T, C]}, spikes. Spikes after the first one do not matter.
 *
 * <p><b>Use</b> it to train fast decisions and few spikes. <b>Do not use</b> it with {@code
 * NEGATE}d times and hundreds of steps at first: the softmax of differences that large is certain
 * already, right or wrong.
 *
 * <p><b>Source.</b> snnTorch's {@code ce_temporal_loss}, which this equals in value and gradient;
 * J. K. Eshraghian et al., "Training spiking neural networks using lessons from deep learning",
 * Proceedings of the IEEE 111, 2023, section IV-B.
 */
public final class CrossEntropyTemporalLoss extends ScoreCrossEntropy {
  private static final long serialVersionUID = 1L;

  /** How an early time becomes a large score. */
  public enum Inverse {
    /** {@code -k}. */
    NEGATE,
    /** {@code 1 / (k + 1)}. */
    RECIPROCAL
  }

  @JsonProperty private final Inverse inverse;

  /** Creates the loss with negated times. */
  public CrossEntropyTemporalLoss() {
    this(Inverse.NEGATE);
  }

  /**
   * Creates the loss.
   *
   * @param inverse how an early time becomes a large score
   */
  @JsonCreator
  public CrossEntropyTemporalLoss(@JsonProperty("inverse") Inverse inverse) {
    this.inverse = Objects.requireNonNull(inverse, "inverse");
  }

  /**
   * How an early time becomes a large score.
   *
   * @return the way
   */
  public Inverse getInverse() {
    return inverse;
  }

  @Override
  void scores(double[] s, double[][] x) {
    for (int c = 0; c < s.length; c++) {
      int k = first(x, c);
      s[c] = inverse == Inverse.NEGATE ? -k : 1.0 / (k + 1);
    }
  }

  @Override
  void scoresBackward(double[][] dx, double[] ds, double[][] x) {
    Steps.clear(dx);
    for (int c = 0; c < ds.length; c++) {
      int k = first(x, c);
      // -ds/dk, as dk/dx = -1
      double slope = inverse == Inverse.NEGATE ? 1 : 1 / ((k + 1.0) * (k + 1.0));
      dx[k][c] = ds[c] * slope;
    }
  }

  private static int first(double[][] x, int c) {
    for (int t = 0; t < x.length; t++) {
      if (x[t][c] > 0) {
        return t;
      }
    }
    return x.length - 1;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof CrossEntropyTemporalLoss
        && ((CrossEntropyTemporalLoss) o).inverse == inverse;
  }

  @Override
  public int hashCode() {
    return inverse.name().hashCode();
  }

  @Override
  public String toString() {
    return "CrossEntropyTemporalLoss(inverse=" + inverse + ")";
  }
}
