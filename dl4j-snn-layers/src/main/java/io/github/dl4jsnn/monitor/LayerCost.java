package io.github.dl4jsnn.monitor;

/**
 * What one layer, or a whole network, costs; the terms are those of {@link SnnCost}.
 *
 * <p>Immutable.
 */
public final class LayerCost {

  private final String name;
  private final OperationCounts counts;

  LayerCost(String name, OperationCounts counts) {
    this.name = name;
    this.counts = counts;
  }

  /**
   * Name of the layer or vertex.
   *
   * @return its name, "all" for a network
   */
  public String name() {
    return name;
  }

  /**
   * Multiply-accumulates of the affine map in the equal non-spiking network, which runs once.
   *
   * @return dense MACs
   */
  public long dense() {
    return counts.dense;
  }

  /**
   * Multiply-accumulates of the affine map in a dense network that runs all T steps.
   *
   * @return dense MACs of all steps
   */
  public long denseAllSteps() {
    return counts.denseAllSteps;
  }

  /**
   * Additions of a weight for a spike, in all T steps.
   *
   * @return accumulates
   */
  public long accumulates() {
    return counts.accumulates;
  }

  /**
   * Products and additions for inputs that are neither 0 nor 1 in all T steps.
   *
   * @return multiply-accumulates of the spiking network
   */
  public long multiplyAccumulates() {
    return counts.multiplyAccumulates;
  }

  /**
   * What the affine map does in all T steps, whatever it costs.
   *
   * @return accumulates and multiply-accumulates together
   */
  public long operations() {
    return counts.operations();
  }

  /**
   * What the affine map would do if an input that stays the same over the steps were sent at each
   * of them.
   *
   * @return operations without computing such a current once
   */
  public long operationsSentEachStep() {
    return counts.operationsSentEachStep;
  }

  /**
   * Compression ratio: how many times fewer operations the affine map takes than that of the equal
   * non-spiking network.
   *
   * @return {@code dense / operations}; infinite if nothing was done, NaN without an affine map
   */
  public double ratio() {
    return (double) dense() / operations();
  }

  /**
   * The same beside a dense network that runs all T steps.
   *
   * @return {@code denseAllSteps / operations}
   */
  public double ratioAllSteps() {
    return (double) denseAllSteps() / operations();
  }

  /**
   * The ratio if an input that stays the same over the steps were sent at each of them.
   *
   * @return {@code dense / operationsSentEachStep}
   */
  public double ratioSentEachStep() {
    return (double) dense() / operationsSentEachStep();
  }

  /**
   * Number of spikes that the neurons emitted.
   *
   * @return spikes, 0 without neurons
   */
  public long spikes() {
    return counts.spikes;
  }

  /**
   * Mean firing rate of the neurons.
   *
   * @return spikes of a neuron a present step; NaN if there are no neurons that fire
   */
  public double firingRate() {
    return counts.firing == 0 ? Double.NaN : (double) counts.spikes / counts.firing;
  }

  /**
   * Updates of a membrane potential, one a neuron a present step; not in any ratio.
   *
   * @return updates
   */
  public long neuronUpdates() {
    return counts.neuronUpdates;
  }

  /**
   * Multiply-accumulates along edges and of attention scores, in all steps; not in any ratio.
   *
   * @return MACs of the propagation
   */
  public long propagation() {
    return counts.propagation;
  }

  /**
   * The same in the equal non-spiking network, which runs once.
   *
   * @return MACs of its propagation
   */
  public long densePropagation() {
    return counts.densePropagation;
  }

  /**
   * Multiplications of normalisations in all steps: two an element of STFN, one of batch
   * normalisation; not in any ratio.
   *
   * @return multiplications
   */
  public long normalisation() {
    return counts.normalisation;
  }

  /**
   * Energy of the affine map in the equal non-spiking network.
   *
   * @param energy of one operation
   * @return picojoules
   */
  public double denseEnergy(OperationEnergy energy) {
    return dense() * energy.multiplyAccumulate();
  }

  /**
   * Energy of the affine map in the spiking network, its accumulates done in floats.
   *
   * @param energy of one operation
   * @return picojoules
   */
  public double energy(OperationEnergy energy) {
    return accumulates() * energy.floatAccumulate() + realValued(energy);
  }

  /**
   * Energy of the affine map in the spiking network, its accumulates done in integers. What is no
   * accumulate stays a float multiply-accumulate.
   *
   * @param energy of one operation
   * @return picojoules
   */
  public double integerEnergy(OperationEnergy energy) {
    return accumulates() * energy.integerAccumulate() + realValued(energy);
  }

  private double realValued(OperationEnergy energy) {
    return multiplyAccumulates() * energy.multiplyAccumulate();
  }

  @Override
  public String toString() {
    return name + ": " + counts;
  }
}
