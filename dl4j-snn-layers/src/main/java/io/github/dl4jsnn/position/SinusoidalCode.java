package io.github.dl4jsnn.position;

import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Float-PE: the sinusoidal encoding of Transformers, which is not made of spikes.
 *
 * <pre>
 *   c[2i](p) = sin(p / 10000^(2i/D)),   c[2i+1](p) = cos(p / 10000^(2i/D)),   i = 0, 1, ...
 * </pre>
 *
 * <p><b>Source.</b> A. Vaswani et al., "Attention Is All You Need", NeurIPS 2017, section 3.5.
 */
public final class SinusoidalCode implements PositionalCode {
  private static final long serialVersionUID = 1L;
  private static final double BASE = 10_000;

  @JsonProperty private final int width;

  /**
   * Creates a code.
   *
   * @param width D, numbers for a position, at least 1
   * @throws IllegalArgumentException if it is below 1
   */
  @JsonCreator
  public SinusoidalCode(@JsonProperty("width") int width) {
    if (width < 1) {
      throw new IllegalArgumentException("SinusoidalCode: width must be at least 1, was " + width);
    }
    this.width = width;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public boolean isBinary() {
    return false;
  }

  @Override
  public void encode(long position, double[] code) {
    for (int i = 0; i < width; i++) {
      double angle = position / Math.pow(BASE, (i - i % 2) / (double) width);
      code[i] = i % 2 == 0 ? Math.sin(angle) : Math.cos(angle);
    }
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof SinusoidalCode && ((SinusoidalCode) o).width == width;
  }

  @Override
  public int hashCode() {
    return width;
  }

  @Override
  public String toString() {
    return "SinusoidalCode(width=" + width + ")";
  }
}
