package io.github.dl4jsnn.position;

import java.util.Objects;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Random-PE: fixed random spikes for each position, what CPG-PE is compared with.
 *
 * <p>A number is a function of seed, position and place in the code alone, so codes do not depend
 * on how many positions are asked for.
 *
 * <p><b>Source.</b> C. Lv et al., "Advancing Spiking Neural Networks for Sequential Modeling with
 * Central Pattern Generators", NeurIPS 2024, Random-PE.
 */
public final class RandomCode implements PositionalCode {
  private static final long serialVersionUID = 1L;
  private static final double UNIT = 0x1p-53;

  @JsonProperty private final int width;
  @JsonProperty private final double rate;
  @JsonProperty private final long seed;

  /**
   * Creates a code.
   *
   * @param width numbers for a position, at least 1
   * @param rate probability of a spike, in (0, 1)
   * @param seed any number
   * @throws IllegalArgumentException if a value is outside
   */
  @JsonCreator
  public RandomCode(
      @JsonProperty("width") int width,
      @JsonProperty("rate") double rate,
      @JsonProperty("seed") long seed) {
    if (width < 1) {
      throw new IllegalArgumentException("RandomCode: width must be at least 1, was " + width);
    }
    if (!(rate > 0 && rate < 1)) {
      throw new IllegalArgumentException("RandomCode: rate must be in (0, 1), was " + rate);
    }
    this.width = width;
    this.rate = rate;
    this.seed = seed;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public boolean isBinary() {
    return true;
  }

  @Override
  public void encode(long position, double[] code) {
    for (int i = 0; i < width; i++) {
      long bits = mixed(seed ^ mixed(position * width + i));
      code[i] = (bits >>> 11) * UNIT < rate ? 1 : 0;
    }
  }

  /** SplitMix64's finaliser, which makes neighbouring numbers independent. */
  private static long mixed(long z) {
    long a = (z + 0x9e3779b97f4a7c15L ^ z + 0x9e3779b97f4a7c15L >>> 30) * 0xbf58476d1ce4e5b9L;
    long b = (a ^ a >>> 27) * 0x94d049bb133111ebL;
    return b ^ b >>> 31;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof RandomCode
        && ((RandomCode) o).width == width
        && Double.compare(((RandomCode) o).rate, rate) == 0
        && ((RandomCode) o).seed == seed;
  }

  @Override
  public int hashCode() {
    return Objects.hash(width, rate, seed);
  }

  @Override
  public String toString() {
    return "RandomCode(width=" + width + ", rate=" + rate + ", seed=" + seed + ")";
  }
}
