package io.github.dl4jsnn.internal.definition;

import io.github.dl4jsnn.internal.op.ConvolutionTaps;
import io.github.dl4jsnn.internal.op.SpikingMapOp;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.Recurrence;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Map, batch normalisation and neurons of sequences of T steps on L positions; the equations are
 * those of {@link io.github.dl4jsnn.conf.AbstractSpikingMapLayer}.
 */
public final class SpikingMapDefinition {
  /** Name of the currents {@code [N, P, nOut]}, of which the statistics are taken. */
  public static final String CURRENTS = "currents";

  private SpikingMapDefinition() {}

  /**
   * Currents of an affine map of each position.
   *
   * @param sd graph
   * @param x {@code [N, P, nIn]}
   * @param positions P
   * @param codes {@code [P, width]} or null
   * @param params by the names in {@link SpikingMapOp}
   * @return {@code [N, P, nOut]}
   */
  public static SDVariable linear(
      SameDiff sd, SDVariable x, int positions, SDVariable codes, Map<String, SDVariable> params) {
    SDVariable w = params.get(SpikingMapOp.WEIGHT);
    long nIn = w.getShape()[0];
    long nOut = w.getShape()[1];
    SDVariable z = sd.reshape(sd.mmul(sd.reshape(x, -1, nIn), w), -1, positions, nOut);
    if (codes != null) {
      z = z.add(sd.expandDims(sd.mmul(codes, params.get(SpikingMapOp.CODE_WEIGHT)), 0));
    }
    return withBias(sd, z, params);
  }

  /**
   * Currents of a convolution over the positions of each step.
   *
   * @param sd graph
   * @param x {@code [N, P, nIn]}
   * @param positions P, a multiple of L
   * @param L positions of a step
   * @param taps where the taps reach
   * @param params by the names in {@link SpikingMapOp}
   * @param mask {@code [N, P]}; a missing input adds nothing
   * @return {@code [N, P, nOut]}
   */
  public static SDVariable convolution(
      SameDiff sd,
      SDVariable x,
      int positions,
      int L,
      ConvolutionTaps taps,
      Map<String, SDVariable> params,
      SDVariable mask) {
    SDVariable w = weights(sd, params);
    long[] shape = params.get(SpikingMapOp.WEIGHT).getShape(); // nIn, taps, nOut
    long width = shape[1] * shape[2];
    SDVariable present = sd.expandDims(SpikeDefinition.constant(sd, mask), 2);
    SDVariable rows = sd.reshape(x.mul(present), -1, shape[0]);
    SDVariable shares = sd.reshape(sd.mmul(rows, sd.reshape(w, shape[0], width)), -1, L, width);
    // [N*T, L, taps, nOut] as [L*taps, N*T*nOut], so that one matrix adds up the shares
    SDVariable columns = sd.permute(sd.reshape(shares, -1, L * shape[1], shape[2]), 1, 0, 2);
    SDVariable sums =
        sd.mmul(
            sd.constant(sources(L, taps).castTo(x.dataType())),
            sd.reshape(columns, L * shape[1], -1));
    SDVariable z = sd.permute(sd.reshape(sums, L, -1, shape[2]), 1, 0, 2);
    return withBias(sd, sd.reshape(z, -1, positions, shape[2]), params);
  }

  private static SDVariable weights(SameDiff sd, Map<String, SDVariable> params) {
    SDVariable v = params.get(SpikingMapOp.WEIGHT);
    SDVariable gain = params.get(SpikingMapOp.GAIN);
    if (gain == null) {
      return v;
    }
    SDVariable squares = sd.sum(sd.math().square(v), true, 0, 1).add(SpikingMapOp.NORM_EPS);
    SDVariable length = sd.math().sqrt(squares);
    return v.mul(sd.reshape(gain, 1, 1, gain.getShape()[0])).div(length);
  }

  /** {@code [L, L*taps]}: 1 where an output takes the share of an input in a tap. */
  private static INDArray sources(int L, ConvolutionTaps taps) {
    INDArray s = Nd4j.zeros(DataType.DOUBLE, L, (long) L * taps.count());
    for (int l = 0; l < L; l++) {
      for (int k = 0; k < taps.count(); k++) {
        int from = l + taps.offset(k);
        if (from >= 0 && from < L) {
          s.putScalar(l, (long) from * taps.count() + k, 1);
        }
      }
    }
    return s;
  }

  private static SDVariable withBias(SameDiff sd, SDVariable z, Map<String, SDVariable> params) {
    SDVariable b = params.get(SpikingMapOp.BIAS);
    return b == null ? z : z.add(sd.reshape(b, 1, 1, b.getShape()[0]));
  }

  /**
   * Spikes of the currents.
   *
   * @param sd graph
   * @param currents {@code [N, P, nOut]}
   * @param positions P: T*L, or L if the currents are held
   * @param nOut number of outputs
   * @param repeat whether the currents are held for all steps
   * @param steps T
   * @param eps added to the variance, or 0 without batch normalisation
   * @param neuron model and constants
   * @param params by name
   * @param mask {@code [N, P]}
   * @return {@code [N, T*L, nOut]}
   */
  public static SDVariable neurons(
      SameDiff sd,
      SDVariable currents,
      int positions,
      long nOut,
      boolean repeat,
      int steps,
      double eps,
      Neuron neuron,
      Map<String, SDVariable> params,
      SDVariable mask) {
    SDVariable x = sd.identity(CURRENTS, currents);
    SDVariable present = SpikeDefinition.constant(sd, mask);
    SDVariable y =
        eps > 0
            ? BatchNormDefinition.define(sd, x, present, params, false, 1, eps)
            : x.mul(sd.expandDims(present, 2));
    int L = repeat ? positions : positions / steps;
    SDVariable spikes =
        NeuronDefinition.define(
            sd,
            repeat ? sd.reshape(y, -1, nOut) : stepsOfPosition(sd, y, steps, L, nOut),
            !repeat,
            steps,
            neuron,
            Recurrence.NONE,
            params,
            null);
    SDVariable sequence =
        sd.reshape(
            sd.permute(sd.reshape(spikes, -1, L, steps, nOut), 0, 2, 1, 3),
            -1,
            (long) steps * L,
            nOut);
    return sequence.mul(sd.expandDims(repeat ? repeated(sd, present, steps) : present, 2));
  }

  /** {@code [N, T*L, F]} as {@code [N*L, T, F]}. */
  private static SDVariable stepsOfPosition(
      SameDiff sd, SDVariable y, int steps, int L, long nOut) {
    return sd.reshape(sd.permute(sd.reshape(y, -1, steps, L, nOut), 0, 2, 1, 3), -1, steps, nOut);
  }

  private static SDVariable repeated(SameDiff sd, SDVariable present, int steps) {
    SDVariable[] copies = new SDVariable[steps];
    Arrays.fill(copies, present);
    return steps == 1 ? present : sd.concat(1, copies);
  }
}
