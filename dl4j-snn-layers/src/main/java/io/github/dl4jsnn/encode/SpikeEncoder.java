package io.github.dl4jsnn.encode;

import java.io.Serializable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * Turns real-valued features into spike trains.
 *
 * <p><b>Shapes.</b> Input {@code [N, F]}, float or double, any order and any view. Output {@code
 * [N, T, F]}, 'c' order, of the input's data type, with values 0 and 1 ({@link DirectEncoder}: the
 * values themselves, repeated; {@link PopulationEncoder}: more features). The input is not changed.
 * Encoders of sequences {@code [N, T, F]} are a kind of their own, {@link SequenceEncoder}.
 *
 * <p><b>Randomness.</b> Encoders hold no state. A spike of a random encoder depends on its seed, on
 * {@code draw}, on its flat position {@code (n*T + t)*F + f} in the output and on its value, on
 * nothing else. So the first rows of a batch are encoded alike whatever rows follow, but a row that
 * moves to another place of the batch draws other numbers. Encoders with equal seeds draw the same
 * numbers: give each its own seed if their spikes shall be independent.
 *
 * <p>Inside a network, {@link io.github.dl4jsnn.conf.SpikeEncodingLayer} passes the iteration count
 * as {@code draw}: the sample then changes from iteration to iteration. Its backward pass draws
 * nothing, it asks for {@link #multiplyByExpectedSlope}.
 *
 * <p>Implementations in this package are immutable, safe for use by many threads, serializable, and
 * stored in a network's JSON. An implementation of your own needs the same, a lambda cannot be
 * stored.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
public interface SpikeEncoder extends Serializable {

  /**
   * Encodes one batch.
   *
   * @param input values {@code [N, F]}, float or double
   * @param timeSteps length {@code T} of the spike trains, at least 1
   * @param draw which sample to take: equal seeds and equal draws give equal spikes; any value is
   *     allowed. Deterministic encoders ignore it
   * @return a new array {@code [N, T, F]}, 'c' order, of the input's data type
   * @throws IllegalArgumentException if the input is null, empty, not of rank 2, neither float nor
   *     double, or holds a value that this encoder does not accept (not in [0, 1], not finite); if
   *     {@code timeSteps} is below 1; if the output would exceed 2 GiB
   */
  INDArray encode(INDArray input, int timeSteps, long draw);

  /**
   * Encodes one batch with draw 0.
   *
   * @param input values {@code [N, F]}, float or double
   * @param timeSteps length {@code T} of the spike trains, at least 1
   * @return a new array {@code [N, T, F]}, the same at every call
   * @throws IllegalArgumentException as {@link #encode(INDArray, int, long)}
   */
  default INDArray encode(INDArray input, int timeSteps) {
    return encode(input, timeSteps, 0);
  }

  /**
   * Turns the gradient of the output, summed over time, into the gradient of the input.
   *
   * <pre>
   *   gradient[n, f] *= d E[o[n, t, f]] / d x[n, f]        the same at every t
   * </pre>
   *
   * <p>A spike has no derivative, its expected value may have one. The slope is 1 where the encoder
   * keeps the value on average ({@link DirectEncoder}, where it is exact, {@link BernoulliEncoder},
   * {@link RateEncoder}), {@code r*exp(-r*x)} for {@link PoissonEncoder} with {@code maxRate} r, 0
   * for {@link LatencyEncoder}, whose sum over time does not depend on the value, and 0 where the
   * spikes only jump ({@link PhaseEncoder}, {@link DeltaEncoder}). An encoder that changes the
   * number of features implements {@link #inputGradient} instead.
   *
   * @param gradient (in/out) sum over t of dL/do, {@code [N, F]}
   * @param input (in) the values that were encoded, {@code [N, F]}, of the same data type
   */
  void multiplyByExpectedSlope(INDArray gradient, INDArray input);

  /**
   * Number of features of the spike trains.
   *
   * @param inputFeatures F of the input
   * @return F of the output; the same unless the encoder says otherwise
   */
  default long outputFeatures(long inputFeatures) {
    return inputFeatures;
  }

  /**
   * The gradient of the input, for encoders of any number of output features.
   *
   * @param dIn (out) {@code [N, F]}, overwritten; may be {@code gradient} itself if that has the
   *     same shape
   * @param gradient (in/out) sum over t of dL/do, {@code [N, outputFeatures(F)]}; may be used as
   *     scratch
   * @param input (in) the values that were encoded, {@code [N, F]}, of the same data type
   */
  default void inputGradient(INDArray dIn, INDArray gradient, INDArray input) {
    if (dIn != gradient) {
      dIn.assign(gradient);
    }
    multiplyByExpectedSlope(dIn, input);
  }
}
