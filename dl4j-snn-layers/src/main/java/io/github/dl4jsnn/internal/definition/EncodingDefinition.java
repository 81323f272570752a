package io.github.dl4jsnn.internal.definition;

import io.github.dl4jsnn.neuron.LifParameters;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Trainable encoding; equations in {@link io.github.dl4jsnn.conf.TrainableEncodingLayer}. */
public final class EncodingDefinition {
  private EncodingDefinition() {}

  /**
   * Spikes of static values or of a sequence.
   *
   * @param sd graph
   * @param x {@code [N, nIn]} or {@code [N, T, nIn]}
   * @param sequence which of the two; not every variable of SameDiff knows its shape
   * @param steps T
   * @param w {@code [nIn, nOut]}
   * @param b {@code [nOut]}, or null
   * @param p constants of the neurons
   * @param mask {@code [N, T]}, or null
   * @return spikes {@code [N, T, nOut]}
   */
  public static SDVariable define(
      SameDiff sd,
      SDVariable x,
      boolean sequence,
      int steps,
      SDVariable w,
      SDVariable b,
      LifParameters p,
      SDVariable mask) {
    long nIn = w.getShape()[0];
    long nOut = w.getShape()[1];
    SDVariable rows = sequence ? sd.reshape(x, -1, nIn) : x;
    // matmul_bp of ND4J 1.0.0-M2.1 fails for 1x1 by 1x1; with one input a product is an outer one
    SDVariable z = nIn == 1 ? rows.mul(sd.reshape(w, 1, nOut)) : rows.mmul(w);
    SDVariable c = b == null ? z : z.add(sd.reshape(b, 1, nOut));
    return sequence
        ? LifDefinition.ofSequence(sd, sd.reshape(c, -1, steps, nOut), steps, p, mask)
        : LifDefinition.ofConstant(sd, c, steps, p);
  }
}
