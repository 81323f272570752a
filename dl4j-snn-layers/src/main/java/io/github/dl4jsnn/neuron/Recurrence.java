package io.github.dl4jsnn.neuron;

/**
 * How the spikes of one step feed back into the currents of the next, {@code x[t] + R(o[t-1])};
 * trained with the network.
 */
public enum Recurrence {
  /** No feedback. */
  NONE,
  /** Each neuron feeds itself: {@code R(o) = r * o}, one weight a feature. */
  ONE_TO_ONE,
  /** Each neuron feeds all: {@code R(o) = o V}, a matrix {@code [F, F]}. */
  ALL_TO_ALL
}
