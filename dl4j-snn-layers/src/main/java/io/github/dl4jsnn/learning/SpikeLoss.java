package io.github.dl4jsnn.learning;

import java.io.Serializable;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * Loss of a sequence of spikes, currents or membrane potentials: one value for an example's {@code
 * T} steps of {@code C} classes, and its gradient.
 *
 * <table>
 * <caption>Losses here and their names elsewhere</caption>
 * <tr><th>loss</th><th>compares</th><th>snnTorch</th><th>SpikingJelly, papers</th></tr>
 * <tr><td>{@link CrossEntropyRateLoss}</td><td>each step</td><td>{@code ce_rate_loss}</td><td>TET
 * with lambda 0</td></tr>
 * <tr><td>{@link CrossEntropyCountLoss}</td><td>spike counts</td><td>{@code ce_count_loss}</td>
 * <td></td></tr>
 * <tr><td>{@link CrossEntropyMeanRateLoss}</td><td>firing rates</td><td></td><td>{@code
 * cross_entropy} of the mean over time</td></tr>
 * <tr><td>{@link MseRateLoss}</td><td>firing rates</td><td>{@code mse_count_loss}, divided by
 * T</td><td>{@code mse_loss} of the mean over time</td></tr>
 * <tr><td>{@link CrossEntropyTemporalLoss}</td><td>first spikes</td><td>{@code ce_temporal_loss}
 * </td><td></td></tr>
 * <tr><td>{@link CrossEntropyMaxMembraneLoss}</td><td>largest potentials</td><td>{@code
 * ce_max_membrane_loss}</td><td></td></tr>
 * <tr><td>{@link TetLoss}</td><td>each step</td><td></td><td>TET loss</td></tr>
 * </table>
 *
 * <p><b>A loss of your own</b> implements both methods. It must be immutable and keep no state
 * between calls, as several threads call it at once; it is stored in the network's JSON by class
 * name, so it needs a constructor that JSON can call and fields that JSON sees ({@code
 * JsonProperty}, {@code JsonCreator}), and cannot be a lambda. Give it {@code equals} and {@code
 * hashCode}.
 *
 * <p>Values are finite: the layer has refused anything else. Steps that a feature mask marks as
 * missing are taken out before, so {@code x.length} is the number of steps that are there, at least
 * 1.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
public interface SpikeLoss extends Serializable {

  /**
   * What the network puts out for an example: class probabilities, or scores, the largest of which
   * is the predicted class.
   *
   * @param output (out) {@code [C]}, overwritten
   * @param x (in) {@code [T][C]}
   */
  void output(double[] output, double[][] x);

  /**
   * The loss of an example.
   *
   * @param gradient (out) {@code [T][C]}, dL/dx, overwritten; arrives dirty
   * @param x (in) {@code [T][C]}
   * @param labels (in) {@code [C]}, one-hot or probabilities
   * @return the loss
   */
  double loss(double[][] gradient, double[][] x, double[] labels);
}
