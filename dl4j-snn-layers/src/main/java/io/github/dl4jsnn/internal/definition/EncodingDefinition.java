package io.github.dl4jsnn.internal.definition;

import io.github.dl4jsnn.conf.TrainableEncodingLayer;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.Recurrence;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Trainable encoding; equations in {@link io.github.dl4jsnn.conf.TrainableEncodingLayer}. */
public final class EncodingDefinition {
  private EncodingDefinition() {}

  /**
   * What the neurons emit.
   *
   * @param sd graph
   * @param x {@code [N, nIn]} or {@code [N, T, nIn]}
   * @param sequence which of the two; not every variable of SameDiff knows its shape
   * @param steps T
   * @param params weights {@code [nIn, nOut]}, bias {@code [nOut]} if there is one, trained
   *     constants of the neurons
   * @param neuron model and constants
   * @param mask {@code [N, T]}, or null
   * @return spikes {@code [N, T, nOut]}
   */
  public static SDVariable define(
      SameDiff sd,
      SDVariable x,
      boolean sequence,
      int steps,
      Map<String, SDVariable> params,
      Neuron neuron,
      SDVariable mask) {
    SDVariable w = params.get(TrainableEncodingLayer.WEIGHT);
    SDVariable b = params.get(TrainableEncodingLayer.BIAS);
    long nIn = w.getShape()[0];
    long nOut = w.getShape()[1];
    SDVariable rows = sequence ? sd.reshape(x, -1, nIn) : x;
    // matmul_bp of ND4J 1.0.0-M2.1 fails for 1x1 by 1x1; with one input a product is an outer one
    SDVariable z = nIn == 1 ? rows.mul(sd.reshape(w, 1, nOut)) : rows.mmul(w);
    SDVariable c = b == null ? z : z.add(sd.reshape(b, 1, nOut));
    return NeuronDefinition.define(
        sd,
        sequence ? sd.reshape(c, -1, steps, nOut) : c,
        sequence,
        steps,
        neuron,
        Recurrence.NONE,
        params,
        mask);
  }
}
