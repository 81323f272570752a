package io.github.dl4jsnn.internal.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link FloatLoops} on the Vector API of Java 17, which later versions still have. {@link
 * RowLoops} alone makes one, by name: nothing else may refer to this class, since the JVM may lack
 * the module.
 */
final class VectorFloatLoops implements FloatLoops {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final int LANES = FLOATS.length();

  /** Entries whose decisions make one row of {@link #PLACES}. */
  private static final int GROUP = 8;

  private static final VectorSpecies<Integer> GROUP_INTS = IntVector.SPECIES_256;

  /** For each byte the numbers of its set bits, eight places a byte. */
  private static final int[] PLACES = new int[256 * GROUP];

  /** Lane j holds {@code 2^j}. */
  private static final IntVector BIT;

  static {
    for (int b = 0; b < 256; b++) {
      int at = b * GROUP;
      for (int j = 0; j < GROUP; j++) {
        PLACES[at] = j;
        at += b >> j & 1;
      }
    }
    int[] bit = new int[LANES];
    for (int j = 0; j < LANES; j++) {
      bit[j] = 1 << j;
    }
    BIT = IntVector.fromArray(INTS, bit, 0);
  }

  VectorFloatLoops() {
    if (LANES < GROUP || LANES > Integer.SIZE) {
      throw new UnsupportedOperationException(
          "vectors have " + FLOATS.vectorBitSize() + " bits, 256 to 1024 are needed");
    }
  }

  /**
   * Looks the columns of eight entries up at once, by the byte that says which are not 0; what it
   * writes too much the next eight overwrite.
   */
  @Override
  public int pick(int[] column, float[] value, int size, float[] row, int n) {
    int at = size;
    int f = 0;
    for (; f <= n - LANES; f += LANES) {
      int bits = nonZero(row, f);
      for (int g = 0; g < LANES; g += GROUP) {
        int b = bits >> g & 0xff;
        IntVector.fromArray(GROUP_INTS, PLACES, b * GROUP).add(f + g).intoArray(column, at);
        at += Integer.bitCount(b);
      }
    }
    for (int e = size; e < at; e++) {
      value[e] = row[column[e]];
    }
    return RowPickF32.pick(column, value, at, row, f, n);
  }

  /** Has no branch that zeros could save. */
  @Override
  public int pickRare(int[] column, float[] value, int size, float[] row, int n) {
    return pick(column, value, size, row, n);
  }

  /**
   * Bit j is 1 if {@code row[f + j]} is not 0. Not with a mask's {@code toLong}, which Java 17 does
   * in a loop.
   */
  private static int nonZero(float[] row, int f) {
    // shifting out the sign makes -0 a zero, too
    IntVector b = FloatVector.fromArray(FLOATS, row, f).reinterpretAsInts();
    b = b.add(b);
    b = b.or(b.neg()).lanewise(VectorOperators.ASHR, Integer.SIZE - 1).and(BIT);
    return b.reduceLanes(VectorOperators.OR);
  }

  /** The operations of {@link FloatExp#exp}, in its order. */
  @Override
  public void exp(float[] y, int n) {
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      exp(FloatVector.fromArray(FLOATS, y, i)).intoArray(y, i);
    }
    for (; i < n; i++) {
      y[i] = FloatExp.exp(y[i]);
    }
  }

  private static FloatVector exp(FloatVector y) {
    FloatVector x = y.max(FloatExp.LOWEST);
    FloatVector shifted = x.mul(FloatExp.PER_LN2).add(FloatExp.ROUND);
    FloatVector whole = shifted.sub(FloatExp.ROUND);
    FloatVector r = x.sub(whole.mul(FloatExp.LN2_HIGH)).sub(whole.mul(FloatExp.LN2_LOW));
    FloatVector p = r.mul(FloatExp.P5).add(FloatExp.P4).mul(r).add(FloatExp.P3);
    p = p.mul(r).add(FloatExp.P2).mul(r).add(FloatExp.P1).mul(r).add(FloatExp.P0);
    p = p.mul(r.mul(r)).add(r).add(1f);
    IntVector k = shifted.reinterpretAsInts().add(FloatExp.BIAS);
    return p.mul(k.lanewise(VectorOperators.LSHL, FloatExp.FRACTION_BITS).reinterpretAsFloats());
  }

  @Override
  public String toString() {
    return FLOATS.vectorBitSize() + " bits";
  }
}
