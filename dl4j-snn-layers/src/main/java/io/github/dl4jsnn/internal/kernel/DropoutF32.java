package io.github.dl4jsnn.internal.kernel;

/**
 * Inverted dropout whose mask is a function of (seed, node, step, feature): the backward pass asks
 * again instead of storing the mask, and the result does not depend on threads.
 *
 * <p>Each entry is kept with probability {@code p} and scaled by {@code 1/p}, or set to 0. With one
 * mask for all steps ({@code perStep} false) a neuron is silenced for the whole window.
 */
public final class DropoutF32 {
  private final float retain;
  private final float scale;
  private final boolean perStep;
  private final long seed;
  private final int T;
  private final int F;

  /** Mask of an array {@code [N, T, F]}. */
  public DropoutF32(double retain, boolean perStep, long seed, int T, int F) {
    this.retain = (float) retain;
    this.scale = (float) (1 / retain);
    this.perStep = perStep;
    this.seed = seed;
    this.T = T;
    this.F = F;
  }

  /** {@code 1/p} where entry (n, t, f) is kept, else 0. */
  public float factor(int n, int t, int f) {
    long row = perStep ? (long) n * T + t : n;
    return CounterRandom.uniformFloat(seed, row * F + f) < retain ? scale : 0f;
  }

  /** Writes the factors of row (n, t). */
  public void factors(float[] dest, int n, int t) {
    long row = (perStep ? (long) n * T + t : n) * F;
    for (int f = 0; f < F; f++) {
      dest[f] = CounterRandom.uniformFloat(seed, row + f) < retain ? scale : 0f;
    }
  }
}
