package io.github.dl4jsnn.internal.definition;

import io.github.dl4jsnn.conf.SpikingAttention;
import io.github.dl4jsnn.neuron.Recurrence;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Spiking self-attention; the equations are those of {@link SpikingAttention}. */
public final class SpikingAttentionDefinition {
  private SpikingAttentionDefinition() {}

  /**
   * Spikes of the attention neurons.
   *
   * @param sd graph
   * @param x Q, K and V side by side, {@code [N, T*L, 3D]}
   * @param entries T*L
   * @param features 3D
   * @param conf steps, heads, scale and neuron
   * @param mask {@code [N, T*L]}
   * @return {@code [N, T*L, D]}
   */
  public static SDVariable define(
      SameDiff sd,
      SDVariable x,
      long entries,
      long features,
      SpikingAttention conf,
      SDVariable mask) {
    long T = conf.getTimeSteps();
    long L = entries / T;
    long D = features / 3;
    long heads = conf.getHeads();
    SDVariable present = sd.reshape(SpikeDefinition.constant(sd, mask), -1, T, L);
    SDVariable[] qkv = split(sd, x.mul(sd.expandDims(mask, 2)), L, heads, D / heads);
    SDVariable a = attend(sd, qkv[0], qkv[1], qkv[2]).mul(conf.getScale());
    // [N*T, heads, L, d] to the positions' sequences of T steps
    SDVariable steps = sd.reshape(sd.permute(a, 0, 2, 1, 3), -1, T, L, D);
    SDVariable currents = sd.reshape(sd.permute(steps, 0, 2, 1, 3), -1, T, D);
    SDVariable presentSteps = sd.reshape(sd.permute(present, 0, 2, 1), -1, T);
    SDVariable spikes =
        NeuronDefinition.define(
            sd, currents, true, (int) T, conf.getNeuron(), Recurrence.NONE, Map.of(), presentSteps);
    SDVariable positions = sd.reshape(spikes, -1, L, T, D);
    return sd.reshape(sd.permute(positions, 0, 2, 1, 3), -1, entries, D);
  }

  /** Q, K and V, {@code [N*T, heads, L, d]} each. */
  static SDVariable[] split(SameDiff sd, SDVariable x, long L, long heads, long d) {
    SDVariable[] parts = sd.unstack(sd.reshape(x, -1, L, 3, heads, d), 2, 3);
    SDVariable[] ofHeads = new SDVariable[3]; // the other array belongs to ND4J
    Arrays.setAll(ofHeads, i -> sd.permute(parts[i], 0, 2, 1, 3));
    return ofHeads;
  }

  /** {@code (Q K^T) V}. */
  private static SDVariable attend(SameDiff sd, SDVariable q, SDVariable k, SDVariable v) {
    return sd.sum(pairs(sd, q, k).mul(sd.expandDims(v, 2)), false, 3);
  }

  /**
   * {@code Q K^T}, {@code [N*T, heads, L, L, 1]}, by broadcast and sum: the gradient of a product
   * of small batched matrices is not to be relied on in ND4J 1.0.0-M2.1.
   */
  static SDVariable pairs(SameDiff sd, SDVariable q, SDVariable k) {
    return sd.sum(sd.expandDims(q, 3).mul(sd.expandDims(k, 2)), true, 4);
  }
}
