package io.github.dl4jsnn.internal.definition;

import io.github.dl4jsnn.internal.op.NeuronOp;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.Recurrence;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Neurons of any model, unrolled over time. */
public final class NeuronDefinition {
  private final SameDiff sd;
  private final ModelDefinition model;
  private final int states;
  private final Recurrence recurrence;
  private final SDVariable weights;

  private NeuronDefinition(
      SameDiff sd, Neuron neuron, Recurrence recurrence, Map<String, SDVariable> params) {
    this.sd = sd;
    this.model = ModelDefinitions.of(sd, neuron, params);
    this.states = neuron.stateNames().size();
    this.recurrence = recurrence;
    this.weights = params.get(NeuronOp.RECURRENT_WEIGHTS);
  }

  /**
   * What the neurons emit.
   *
   * @param sd graph
   * @param x currents, {@code [N, T, F]} or {@code [N, F]}
   * @param sequence whether x is a sequence
   * @param steps T
   * @param neuron model and constants
   * @param recurrence feedback
   * @param params trained constants and feedback by name
   * @param mask {@code [N, T]}, or null; that of a static input marks examples and does not count
   * @return spikes or potentials {@code [N, T, F]}
   */
  public static SDVariable define(
      SameDiff sd,
      SDVariable x,
      boolean sequence,
      int steps,
      Neuron neuron,
      Recurrence recurrence,
      Map<String, SDVariable> params,
      SDVariable mask) {
    if (neuron instanceof LifParameters && recurrence == Recurrence.NONE) {
      LifParameters lif = (LifParameters) neuron;
      return sequence
          ? LifDefinition.ofSequence(sd, x, steps, lif, mask)
          : LifDefinition.ofConstant(sd, x, steps, lif);
    }
    return new NeuronDefinition(sd, neuron, recurrence, params)
        .unroll(
            LifDefinition.currents(sd, x, sequence, steps),
            LifDefinition.present(sequence ? mask : null, steps));
  }

  private SDVariable unroll(SDVariable[] x, SDVariable[] present) {
    SDVariable[] out = new SDVariable[x.length];
    SDVariable[] s = rest(x[0]);
    for (int t = 0; t < x.length; t++) {
      // A state after the last step would be a result that nobody uses, which SameDiff takes for
      // the loss.
      SDVariable[] next = t + 1 < x.length ? new SDVariable[states] : null;
      out[t] = model.step(s, t == 0 ? x[0] : feedback(x[t], out[t - 1]), next);
      if (present[t] != null) {
        out[t] = out[t].mul(present[t]);
        forget(next, present[t]);
      }
      s = next;
    }
    return withUnused(sd.stack(1, out), x.length);
  }

  /**
   * A parameter that plays no part in a single step, as a feedback, has a gradient of 0 only if the
   * graph knows it.
   */
  private SDVariable withUnused(SDVariable out, int steps) {
    SDVariable sum = out;
    for (SDVariable w : model.unusedParameters()) {
      sum = sum.add(sd.sum(w).mul(0.0));
    }
    return weights != null && steps == 1 ? sum.add(sd.sum(weights).mul(0.0)) : sum;
  }

  private SDVariable[] rest(SDVariable x) {
    SDVariable[] s = new SDVariable[states];
    for (int i = 0; i < states; i++) {
      s[i] = sd.zerosLike(x);
      s[i] = model.rest(i) == 0 ? s[i] : s[i].add(model.rest(i));
    }
    return s;
  }

  /** Back to rest where a step is missing. */
  private void forget(SDVariable[] next, SDVariable present) {
    for (int i = 0; next != null && i < states; i++) {
      next[i] = next[i].mul(present);
      if (model.rest(i) != 0) {
        next[i] = next[i].add(present.rsub(1.0).mul(model.rest(i)));
      }
    }
  }

  private SDVariable feedback(SDVariable x, SDVariable o) {
    switch (recurrence) {
      case ONE_TO_ONE:
        return x.add(o.mul(weights));
      case ALL_TO_ALL:
        return x.add(sd.mmul(o, weights));
      default:
        return x;
    }
  }
}
