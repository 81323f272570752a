package io.github.dl4jsnn.internal.kernel;

/**
 * Inverted dropout whose mask is a function of (seed, node, step, feature): the backward pass asks
 * again instead of storing the mask, and the result does not depend on threads.
 *
 * <p>Each entry is kept with probability {@code p}, rounded to a multiple of 2^-16, and scaled by
 * {@code 1/p}, or set to 0. With one mask for all steps ({@code perStep} false) a neuron is
 * silenced for the whole window.
 */
public final class DropoutF32 {
  /**
   * One 64-bit draw decides over four neighbouring features, 16 bits each: drawing is most of the
   * cost.
   */
  private static final int GROUP = 4;

  private final int limit;
  private final float scale;
  private final float[] factorOf;
  private final boolean perStep;
  private final long seed;
  private final int steps;

  /** Mask of an array {@code [N, steps, F]}; {@code retain} is p. */
  public DropoutF32(double retain, boolean perStep, long seed, int steps) {
    this.limit = (int) Math.max(1, Math.round(retain * (1 << 16)));
    this.scale = (float) (1 / retain);
    this.factorOf = new float[] {0f, scale};
    this.perStep = perStep;
    this.seed = seed;
    this.steps = steps;
  }

  /** Factor of a kept entry, {@code 1/p}. */
  public float scale() {
    return scale;
  }

  /** Random stream of row (n, t), for {@link #kept}. */
  public long stream(int n, int t) {
    return CounterRandom.mix(seed, perStep ? (long) n * steps + t : n);
  }

  /**
   * 1 where feature {@code f} of the row is kept, else 0; no branch, for it would be mispredicted
   * half of the time.
   */
  public int kept(long stream, int f) {
    long draw = CounterRandom.mix(stream, f / GROUP) >>> (f % GROUP * 16);
    return ((int) (draw & 0xFFFF) - limit) >>> 31;
  }

  /** Writes the factors of the F features of row (n, t). */
  public void factors(float[] dest, int n, int t, int F) {
    long stream = stream(n, t);
    for (int f = 0; f < F; f += GROUP) {
      long draw = CounterRandom.mix(stream, f / GROUP);
      for (int i = f; i < Math.min(F, f + GROUP); i++) {
        dest[i] = factorOf[((int) (draw & 0xFFFF) - limit) >>> 31];
        draw >>>= 16;
      }
    }
  }
}
