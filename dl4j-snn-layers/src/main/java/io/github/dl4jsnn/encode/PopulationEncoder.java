package io.github.dl4jsnn.encode;

import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Population encoding: P neurons a feature, each most active at its own value, their activities
 * turned into spikes by another encoder.
 *
 * <pre>
 *   centre[p] = min + (2p - 1)/2 * (max - min)/(P - 2)       p = 0..P-1
 *   width     = (max - min) / (beta * (P - 2))
 *   a[n, f*P + p] = exp( -(x[n, f] - centre[p])^2 / (2 * width^2) )
 *   o = code.encode(a, T, draw)
 * </pre>
 *
 * <p>The outermost centres lie half a distance outside the range, so that its ends are covered,
 * too.
 *
 * <p><b>Shapes.</b> Input {@code [N, F]}, values from {@code min} to {@code max}; output {@code [N,
 * T, F*P]}, the neurons of one feature side by side.
 *
 * <p><b>Code.</b> {@link LatencyEncoder} with threshold 0.1 is the one of the source: the nearest
 * neuron spikes first, and those that would spike last not at all. {@link RateEncoder} or {@link
 * BernoulliEncoder} give populations of rates.
 *
 * <p><b>Gradient.</b> That of the code, times {@code da/dx}, summed over the neurons of a feature.
 *
 * <p><b>Use</b> it for few real features that a network of spikes shall tell apart finely. <b>Do
 * not use</b> it for thousands: it multiplies their number by P.
 *
 * <p><b>Errors.</b> A value outside the range, NaN: {@link IllegalArgumentException}.
 *
 * <p><b>Source.</b> S. M. Bohte, J. N. Kok, H. La Poutré, "Error-backpropagation in temporally
 * encoded networks of spiking neurons", Neurocomputing 48, 2002, section 4; neurons are counted
 * from 1 there.
 */
public final class PopulationEncoder implements SpikeEncoder {

  private static final long serialVersionUID = 1L;

  @JsonProperty private final int neurons;
  @JsonProperty private final double min;
  @JsonProperty private final double max;
  @JsonProperty private final double beta;
  @JsonProperty private final SpikeEncoder code;

  /**
   * Creates an encoder of values in [0, 1] with beta 1.5 and the latency code of the source.
   *
   * @param neurons P, at least 3
   * @throws IllegalArgumentException if there are fewer
   */
  public PopulationEncoder(int neurons) {
    this(neurons, 0, 1, 1.5, new LatencyEncoder(0.1));
  }

  /**
   * Creates an encoder.
   *
   * @param neurons P, neurons a feature, at least 3
   * @param min smallest value
   * @param max largest value, above {@code min}
   * @param beta sharpness of the neurons, above 0: their distance over their width; 1 to 2, as a
   *     rule 1.5
   * @param code turns activities, values in [0, 1], into spikes
   * @throws IllegalArgumentException if a number is outside its range, or the code is one of
   *     sequences or changes the number of features
   */
  @JsonCreator
  public PopulationEncoder(
      @JsonProperty("neurons") int neurons,
      @JsonProperty("min") double min,
      @JsonProperty("max") double max,
      @JsonProperty("beta") double beta,
      @JsonProperty("code") SpikeEncoder code) {
    check(neurons >= 3, "neurons must be >= 3, got " + neurons);
    check(Double.isFinite(max - min) && min < max, "min must be < max, got " + min + ", " + max);
    check(beta > 0 && Double.isFinite(beta), "beta must be > 0 and finite, got " + beta);
    Objects.requireNonNull(code, "code");
    check(
        !(code instanceof SequenceEncoder) && code.outputFeatures(neurons) == neurons,
        "code must turn each activity into one spike train, got " + code);
    this.neurons = neurons;
    this.min = min;
    this.max = max;
    this.beta = beta;
    this.code = code;
  }

  private static void check(boolean right, String message) {
    if (!right) {
      throw new IllegalArgumentException("PopulationEncoder: " + message);
    }
  }

  /**
   * Returns the number of neurons.
   *
   * @return P, neurons a feature
   */
  public int getNeurons() {
    return neurons;
  }

  /**
   * Returns the smallest value.
   *
   * @return lower end of the range
   */
  public double getMin() {
    return min;
  }

  /**
   * Returns the largest value.
   *
   * @return upper end of the range
   */
  public double getMax() {
    return max;
  }

  /**
   * Returns the sharpness of the neurons.
   *
   * @return distance of two centres over the width
   */
  public double getBeta() {
    return beta;
  }

  /**
   * Returns what turns activities into spikes.
   *
   * @return the encoder
   */
  public SpikeEncoder getCode() {
    return code;
  }

  /**
   * Returns the value at which a neuron is most active.
   *
   * @param neuron p, from 0
   * @return its centre
   */
  public double centre(int neuron) {
    return min + (2 * neuron - 1) / 2.0 * (max - min) / (neurons - 2);
  }

  /**
   * Returns the width of the neurons' receptive fields.
   *
   * @return standard deviation of the Gaussians
   */
  public double width() {
    return (max - min) / (beta * (neurons - 2));
  }

  @Override
  public long outputFeatures(long inputFeatures) {
    return neurons * inputFeatures;
  }

  @Override
  public INDArray encode(INDArray input, int timeSteps, long draw) {
    String name = "PopulationEncoder";
    EncoderChecks.staticInput(name, input, timeSteps);
    EncoderChecks.outputSize(
        name,
        input,
        (long) neurons * timeSteps,
        neurons + " neurons times " + timeSteps + " steps");
    double[] values = input.dup('c').data().asDouble();
    EncoderChecks.values(name, values, input.shape(), InputRange.between(min, max));
    return code.encode(activities(values, input.shape(), input.dataType()), timeSteps, draw);
  }

  private INDArray activities(double[] values, long[] shape, DataType type) {
    long[] out = {shape[0], 1, outputFeatures(shape[1])};
    RowKernel gaussians =
        (a, x, first) -> {
          for (int i = 0; i < a.length; i++) {
            a[i] = activity(x[i / neurons], i % neurons);
          }
        };
    return EncodedRows.encode(gaussians, values, out, type).reshape('c', out[0], out[2]);
  }

  /** Rounded to float, so that both data types give the same spikes. */
  private double activity(double x, int neuron) {
    double z = (x - centre(neuron)) / width();
    return (float) Math.exp(-0.5 * z * z);
  }

  @Override
  public void inputGradient(INDArray dIn, INDArray gradient, INDArray input) {
    double[] values = input.dup('c').data().asDouble();
    INDArray activities = activities(values, input.shape(), input.dataType());
    code.multiplyByExpectedSlope(gradient, activities);
    double[] g = gradient.dup('c').data().asDouble();
    double[] sum = new double[values.length];
    double squaredWidth = width() * width();
    for (int i = 0; i < g.length; i++) {
      double x = values[i / neurons];
      double slope = activity(x, i % neurons) * (centre(i % neurons) - x) / squaredWidth;
      sum[i / neurons] += g[i] * slope;
    }
    dIn.assign(Nd4j.createFromArray(sum).reshape('c', input.shape()).castTo(input.dataType()));
  }

  /**
   * Not supported, as the gradient of the output has P entries for one of the input.
   *
   * @throws UnsupportedOperationException always; use {@link #inputGradient}
   */
  @Override
  public void multiplyByExpectedSlope(INDArray gradient, INDArray input) {
    throw new UnsupportedOperationException(
        "PopulationEncoder has more outputs than inputs: use inputGradient");
  }

  @Override
  public boolean equals(Object o) {
    if (!(o instanceof PopulationEncoder)) {
      return false;
    }
    PopulationEncoder e = (PopulationEncoder) o;
    return neurons == e.neurons
        && Double.compare(min, e.min) == 0
        && Double.compare(max, e.max) == 0
        && Double.compare(beta, e.beta) == 0
        && code.equals(e.code);
  }

  @Override
  public int hashCode() {
    return Objects.hash(neurons, min, max, beta, code);
  }

  @Override
  public String toString() {
    return "PopulationEncoder(neurons="
        + neurons
        + ", min="
        + min
        + ", max="
        + max
        + ", beta="
        + beta
        + ", code="
        + code
        + ")";
  }
}
