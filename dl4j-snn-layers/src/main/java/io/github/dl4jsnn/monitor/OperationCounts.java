package io.github.dl4jsnn.monitor;

import java.util.Locale;

/** Counts of {@link LayerCost}, while they grow from batch to batch. */
final class OperationCounts {
  long dense;
  long denseAllSteps;
  long accumulates;
  long multiplyAccumulates;
  long operationsSentEachStep;
  long spikes;

  /** Neurons that fire, times present steps. */
  long firing;

  long neuronUpdates;
  long propagation;
  long densePropagation;
  long normalisation;

  long operations() {
    return accumulates + multiplyAccumulates;
  }

  void add(OperationCounts c) {
    dense = Math.addExact(dense, c.dense);
    denseAllSteps = Math.addExact(denseAllSteps, c.denseAllSteps);
    accumulates += c.accumulates;
    multiplyAccumulates += c.multiplyAccumulates;
    operationsSentEachStep += c.operationsSentEachStep;
    spikes += c.spikes;
    firing += c.firing;
    neuronUpdates += c.neuronUpdates;
    propagation += c.propagation;
    densePropagation += c.densePropagation;
    normalisation += c.normalisation;
  }

  /** Adds the operations of one affine map over inputs, spikes or not. */
  void addMap(InputCount in, long denseRows, long denseRowsAllSteps, long repeats) {
    dense += Math.multiplyExact(denseRows, in.fanOut);
    denseAllSteps += Math.multiplyExact(denseRowsAllSteps, in.fanOut);
    if (in.binary) {
      accumulates += in.synapses;
    } else {
      multiplyAccumulates += in.synapses;
    }
    operationsSentEachStep += in.synapses * repeats;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d dense MACs, %,d accumulates, %,d MACs",
        dense,
        accumulates,
        multiplyAccumulates);
  }
}
