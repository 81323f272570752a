package io.github.dl4jsnn.monitor;

/**
 * Which neurons of one layer have been dead or saturated in all of the last recorded batches.
 *
 * <p>A neuron's last batch with a spike tells for every length of the window, so the batches
 * themselves are not kept: two integers a neuron.
 */
final class NeuronHistory {

  private final int window;
  private final double saturationRate;
  private int batches;

  /** Number of the last batch, counted from 1, in which the neuron fired; 0 for none. */
  private int[] lastFired = new int[0];

  /** Number of the last batch in which its rate was not above the bound; 0 for none. */
  private int[] lastBelow = new int[0];

  NeuronHistory(int window, double saturationRate) {
    this.window = window;
    this.saturationRate = saturationRate;
  }

  /** Adds a batch. */
  void add(SpikeCounts spikes) {
    if (spikes.neurons() != lastFired.length) {
      batches = 0;
      lastFired = new int[spikes.neurons()];
      lastBelow = new int[spikes.neurons()];
    }
    batches++;
    for (int f = 0; f < lastFired.length; f++) {
      if (spikes.count(f) > 0) {
        lastFired[f] = batches;
      }
      if (spikes.count(f) <= saturationRate * spikes.perNeuron()) {
        lastBelow[f] = batches;
      }
    }
  }

  /** Whether there were as many batches as the window is long. */
  boolean isFull() {
    return batches >= window;
  }

  /** Share of the neurons without a spike in the window, or since the first batch. */
  double deadShare() {
    return shareNotSince(lastFired);
  }

  /** Share of the neurons above the bound in each batch of the window, or since the first one. */
  double saturatedShare() {
    return shareNotSince(lastBelow);
  }

  private double shareNotSince(int[] last) {
    int before = Math.max(0, batches - window);
    int count = 0;
    for (int batch : last) {
      count += batch <= before ? 1 : 0;
    }
    return (double) count / last.length;
  }
}
