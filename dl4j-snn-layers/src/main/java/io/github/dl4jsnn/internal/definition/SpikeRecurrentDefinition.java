package io.github.dl4jsnn.internal.definition;

import io.github.dl4jsnn.internal.op.SpikeRecurrentOp;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.Recurrence;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Spiking recurrence over positions, unrolled over positions and steps; equations in {@link
 * io.github.dl4jsnn.conf.SpikeRecurrent}.
 */
public final class SpikeRecurrentDefinition {
  private final SameDiff sd;
  private final int T;
  private final int L;
  private final Neuron neuron;
  private final Map<String, SDVariable> params;
  private final SDVariable u;

  private SpikeRecurrentDefinition(
      SameDiff sd, int timeSteps, int positions, Neuron neuron, Map<String, SDVariable> params) {
    this.sd = sd;
    this.T = timeSteps;
    this.L = positions;
    this.neuron = neuron;
    this.params = params;
    this.u = params.get(SpikeRecurrentOp.RECURRENT_WEIGHT);
  }

  /**
   * What the neurons emit.
   *
   * @param sd graph
   * @param x {@code [N, T*L, nIn]}
   * @param timeSteps T
   * @param positions L
   * @param neuron model and constants
   * @param params parameters by the names of {@link SpikeRecurrentOp}
   * @param codes {@code [T*L, width]} or null
   * @param mask {@code [N, T*L]}
   * @return {@code [N, T*L, H]}
   */
  public static SDVariable define(
      SameDiff sd,
      SDVariable x,
      int timeSteps,
      int positions,
      Neuron neuron,
      Map<String, SDVariable> params,
      SDVariable codes,
      SDVariable mask) {
    return new SpikeRecurrentDefinition(sd, timeSteps, positions, neuron, params)
        .unroll(x, codes, mask);
  }

  private SDVariable unroll(SDVariable x, SDVariable codes, SDVariable mask) {
    SDVariable[] z = sd.unstack(currents(x, codes), 1, T * L);
    SDVariable[] out = new SDVariable[T * L];
    SDVariable[] seen = new SDVariable[T];
    for (int l = 0; l < L; l++) {
      SDVariable[] spikes = position(z, seen, l, mask);
      for (int t = 0; t < T; t++) {
        int p = t * L + l;
        out[p] = spikes[t];
        // What the last position leaves would be a result that nobody uses, which SameDiff takes
        // for the loss.
        seen[t] = l + 1 < L ? carried(seen[t], spikes[t], mask, p) : null;
      }
    }
    SDVariable result = sd.stack(1, out);
    // a parameter that plays no part has a gradient of 0 only if the graph knows it
    return L == 1 ? result.add(sd.sum(u).mul(0.0)) : result;
  }

  private SDVariable currents(SDVariable x, SDVariable codes) {
    SDVariable w = params.get(SpikeRecurrentOp.WEIGHT);
    SDVariable b = params.get(SpikeRecurrentOp.BIAS);
    long nIn = w.getShape()[0];
    long nOut = w.getShape()[1];
    SDVariable z = product(sd.reshape(x, -1, nIn), w);
    z = b == null ? z : z.add(sd.reshape(b, 1, nOut));
    z = sd.reshape(z, -1, T * L, nOut);
    return codes == null
        ? z
        : z.add(sd.expandDims(product(codes, params.get(SpikeRecurrentOp.CODE_WEIGHT)), 0));
  }

  /** matmul_bp of ND4J 1.0.0-M2.1 fails for 1x1 by 1x1; with one input it is an outer product. */
  private SDVariable product(SDVariable rows, SDVariable w) {
    long[] shape = w.getShape();
    return shape[0] == 1 ? rows.mul(sd.reshape(w, 1, shape[1])) : rows.mmul(w);
  }

  private SDVariable[] position(SDVariable[] z, SDVariable[] seen, int l, SDVariable mask) {
    SDVariable[] x = new SDVariable[T];
    SDVariable[] present = new SDVariable[T];
    for (int t = 0; t < T; t++) {
      int p = t * L + l;
      x[t] = seen[t] == null ? z[p] : z[p].add(product(seen[t], u));
      present[t] = entry(mask, p);
    }
    SDVariable steps = T == 1 ? present[0] : sd.concat(1, present);
    SDVariable spikes =
        NeuronDefinition.define(
            sd, sd.stack(1, x), true, T, neuron, Recurrence.NONE, params, steps);
    return sd.unstack(spikes, 1, T);
  }

  private static SDVariable entry(SDVariable mask, int p) {
    return mask.get(SDIndex.all(), SDIndex.interval(p, p + 1));
  }

  /** Spikes of a missing entry are 0 already. */
  private static SDVariable carried(SDVariable seen, SDVariable spikes, SDVariable mask, int p) {
    return seen == null ? spikes : spikes.add(seen.mul(entry(mask, p).rsub(1.0)));
  }
}
