package io.github.dl4jsnn.internal.kernel;

/**
 * Random numbers that are a pure function of a seed and a counter.
 *
 * <pre>
 *   z = seed + (counter + 1) * 0x9e3779b97f4a7c15
 *   z = (z ^ (z &gt;&gt;&gt; 30)) * 0xbf58476d1ce4e5b9
 *   z = (z ^ (z &gt;&gt;&gt; 27)) * 0x94d049bb133111eb
 *   mix(seed, counter) = z ^ (z &gt;&gt;&gt; 31)
 * </pre>
 *
 * <p>There is no state, so a backward pass that asks again for the numbers of the forward pass gets
 * the same ones, and the split of the work over threads changes nothing. For a fixed seed, the
 * counters 0, 1, 2, ... give the output of the sequential SplitMix64 generator, a permutation of
 * all 64-bit values: no value repeats within one seed. All arithmetic is modulo 2<sup>64</sup>;
 * every seed and every counter is allowed.
 *
 * <p><b>Streams.</b> Two seeds that differ by a multiple of {@code 0x9e3779b97f4a7c15} give the
 * same numbers shifted. Take the seed of a sub-stream from {@code mix(seed, streamNumber)}, never
 * from arithmetic on seeds.
 *
 * <p>Not for cryptography.
 *
 * <p><b>Source.</b> G. L. Steele Jr., D. Lea, C. H. Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014, <a
 * href="https://doi.org/10.1145/2660193.2660195">doi:10.1145/2660193.2660195</a> (generator and
 * increment); the shifts and multipliers are D. Stafford's "Mix13", as in S. Vigna's public domain
 * <a href="https://prng.di.unimi.it/splitmix64.c">splitmix64.c</a>.
 */
public final class CounterRandom {

  /**
   * The odd integer nearest to 2^64 divided by the golden ratio: consecutive states are spread
   * evenly.
   */
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private CounterRandom() {}

  /**
   * Returns 64 random bits.
   *
   * @param seed which sequence
   * @param counter which element of that sequence
   * @return element {@code counter} of the SplitMix64 sequence that starts from {@code seed}
   */
  public static long mix(long seed, long counter) {
    long z = seed + (counter + 1) * GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /**
   * Returns a uniform number: one of the 2<sup>53</sup> multiples of 2<sup>-53</sup> in [0, 1).
   *
   * @param seed which sequence
   * @param counter which element of that sequence
   * @return the 53 high bits of {@link #mix} as a fraction
   */
  public static double uniform(long seed, long counter) {
    return (mix(seed, counter) >>> 11) * 0x1.0p-53;
  }

  /**
   * Returns a uniform number: one of the 2<sup>24</sup> multiples of 2<sup>-24</sup> in [0, 1).
   *
   * @param seed which sequence
   * @param counter which element of that sequence
   * @return the 24 high bits of {@link #mix} as a fraction; never above {@link #uniform} of the
   *     same arguments
   */
  public static float uniformFloat(long seed, long counter) {
    return (mix(seed, counter) >>> 40) * 0x1.0p-24f;
  }
}
