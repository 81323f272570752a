package io.github.dl4jsnn.neuron;

/** Who shares a trained constant of a neuron. */
public enum Sharing {
  /** One value for all neurons of a layer. */
  LAYER,
  /** One value for each feature. */
  FEATURE
}
