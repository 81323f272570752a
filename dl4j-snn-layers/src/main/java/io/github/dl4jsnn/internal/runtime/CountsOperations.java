package io.github.dl4jsnn.internal.runtime;

/** A layer or vertex that knows what its last forward pass cost. */
public interface CountsOperations {

  /**
   * Additions of weights in the affine map of the last forward pass: non-zero inputs times outputs.
   *
   * @return accumulates
   */
  long accumulates();

  /**
   * Multiply-accumulates that the same affine map takes when every input counts at every step.
   *
   * @return multiplications
   */
  long denseMultiplications();
}
