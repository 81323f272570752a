package io.github.dl4jsnn.learning;

import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Temporal efficient training: the cross-entropy of every time step, and a pull of all outputs
 * toward a constant.
 *
 * <pre>
 *   L = (1 - lambda) * 1/T * sum over t of CE(softmax(x[t]), y)
 *     + lambda * 1/(T*C) * sum over t, c of (x[t][c] - phi)^2
 *   output = softmax(1/T * sum over t of x[t])
 * </pre>
 *
 * <p><b>Shapes.</b> {@code x} is {@code [T, C]}: the currents or membrane potentials of a
 * non-spiking output layer.
 *
 * <p><b>Use</b> it to train networks whose accuracy shall hold for fewer steps than they were
 * trained with. <b>Do not use</b> it on spikes; see {@link CrossEntropyRateLoss}.
 *
 * <p><b>Source.</b> S. Deng, Y. Li, S. Zhang, S. Gu, "Temporal efficient training of spiking neural
 * network via gradient re-weighting", ICLR 2022, the sum of their TET loss and its regulariser; phi
 * is the threshold of the neurons there.
 */
public final class TetLoss implements SpikeLoss {
  private static final long serialVersionUID = 1L;

  @JsonProperty private final double lambda;
  @JsonProperty private final double phi;

  /** Creates the loss with lambda 0.05 and phi 1, values of the paper. */
  public TetLoss() {
    this(0.05, 1);
  }

  /**
   * Creates the loss.
   *
   * @param lambda weight of the pull, in [0, 1]
   * @param phi where it pulls to: the threshold of the neurons, as a rule; finite
   * @throws IllegalArgumentException if a value is outside
   */
  @JsonCreator
  public TetLoss(@JsonProperty("lambda") double lambda, @JsonProperty("phi") double phi) {
    if (!(lambda >= 0 && lambda <= 1)) {
      throw new IllegalArgumentException("TetLoss: lambda must be in [0, 1], was " + lambda);
    }
    if (!Double.isFinite(phi)) {
      throw new IllegalArgumentException("TetLoss: phi must be finite, was " + phi);
    }
    this.lambda = lambda;
    this.phi = phi;
  }

  /**
   * Weight of the pull.
   *
   * @return lambda
   */
  public double getLambda() {
    return lambda;
  }

  /**
   * Where the outputs are pulled to.
   *
   * @return phi
   */
  public double getPhi() {
    return phi;
  }

  @Override
  public void output(double[] output, double[][] x) {
    Steps.probabilitiesOfMean(output, x);
  }

  @Override
  public double loss(double[][] gradient, double[][] x, double[] labels) {
    double crossEntropy = Steps.crossEntropyOfEach(gradient, x, labels);
    double squares = 0;
    double share = 1.0 / (x.length * labels.length);
    for (int t = 0; t < x.length; t++) {
      for (int c = 0; c < labels.length; c++) {
        double away = x[t][c] - phi;
        squares += away * away;
        gradient[t][c] = (1 - lambda) * gradient[t][c] + lambda * 2 * share * away;
      }
    }
    return (1 - lambda) * crossEntropy + lambda * share * squares;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof TetLoss
        && Double.compare(((TetLoss) o).lambda, lambda) == 0
        && Double.compare(((TetLoss) o).phi, phi) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * Double.hashCode(lambda) + Double.hashCode(phi);
  }

  @Override
  public String toString() {
    return "TetLoss(lambda=" + lambda + ", phi=" + phi + ")";
  }
}
