package io.github.dl4jsnn.internal.kernel;

/**
 * Inverted dropout whose mask is a function of (seed, node, step, feature): the backward pass makes
 * it again instead of storing it, and the result does not depend on threads.
 *
 * <p>Each entry is kept with probability {@code p}, rounded to a multiple of 2^-16, and scaled by
 * {@code 1/p}, or set to 0. With one mask for all steps ({@code perStep} false) a neuron is
 * silenced for the whole window.
 */
public final class DropoutF32 {
  /** Binary digits of p. */
  private static final int DIGITS = 16;

  private final int p;
  private final float scale;
  private final float[] factorOf;
  private final boolean perStep;
  private final long seed;
  private final int steps;

  /** Mask of an array {@code [N, steps, F]}; {@code retain} is p. */
  public DropoutF32(double retain, boolean perStep, long seed, int steps) {
    this.p = (int) Math.max(1, Math.round(retain * (1 << DIGITS)));
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

  /** Whether the mask of row (n, t) is that of row (n, t - 1). */
  public boolean sameAsBefore(int t) {
    return !perStep && t > 0;
  }

  /** Number of words that hold one bit for each of F features. */
  public static int words(int F) {
    return (F + 63) >>> 6;
  }

  /**
   * Writes the mask of row (n, t): bit f is 1 where feature f is kept.
   *
   * <p>64 decisions at once: starting from 0, {@code x = x | r} for a digit 1 of p and {@code x = x
   * & r} for a digit 0, from the last digit to the first, with fresh random words r, leaves each
   * bit 1 with probability p.
   */
  public void mask(long[] bits, int n, int t, int F) {
    long row = CounterRandom.mix(seed, perStep ? (long) n * steps + t : n);
    int last = Integer.numberOfTrailingZeros(p);
    for (int word = 0; word < words(F); word++) {
      long x = p == 1 << DIGITS ? -1 : 0;
      for (int digit = last; digit < DIGITS; digit++) {
        long r = CounterRandom.mix(row, (long) word * DIGITS + digit);
        x = (p >>> digit & 1) == 1 ? x | r : x & r;
      }
      bits[word] = x;
    }
  }

  /** 1 where feature f is kept, else 0. */
  static int kept(long[] bits, int f) {
    return (int) (bits[f >>> 6] >>> f) & 1;
  }

  /** {@code y *= factor}: 1/p for kept features, else 0. */
  public void apply(float[] y, long[] bits, int F) {
    apply(y, 0, bits, F);
  }

  /** The same for the entries from {@code at} on. */
  public void apply(float[] y, int at, long[] bits, int F) {
    for (int f = 0; f < F; f++) {
      y[at + f] *= factorOf[kept(bits, f)];
    }
  }
}
