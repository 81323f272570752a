package io.github.dl4jsnn.internal.kernel;

/**
 * The exponential of a float that is not positive, without a branch.
 *
 * <pre>
 *   k = round(y / ln 2),   r = y - k ln 2,   exp(y) = 2^k (1 + r + r^2 p(r)),   |r| &lt;= ln(2) / 2
 * </pre>
 *
 * <p>p is the polynomial of degree 5 nearest to {@code (exp(r) - 1 - r) / r^2} on that interval
 * (Chebyshev, relative error 1.4e-9). The result is within 1.5 ulp down to the smallest normal
 * number, then loses digits and is 0 below -87.7, where the exact value is 8e-39; a NaN stays one.
 */
final class FloatExp {
  private FloatExp() {}

  /** Here {@code k = -127}, which as the exponent of a float makes 0. */
  static final float LOWEST = -88f;

  /** Added and taken away, rounds a float below 2^22 to an integer, which its lowest bits hold. */
  static final float ROUND = 0x1.8p23f;

  /** Exponent of 1 and width of the fraction in a float's bits. */
  static final int BIAS = 127;

  static final int FRACTION_BITS = 23;

  static final float PER_LN2 = 1.44269504f;

  /** ln 2 = HIGH + LOW; k HIGH is exact, since HIGH has nine bits. */
  static final float LN2_HIGH = 0.693359375f;

  static final float LN2_LOW = -2.12194440e-4f;

  static final float P0 = 0.500000001347f;
  static final float P1 = 0.166666666816f;
  static final float P2 = 0.0416664649253f;
  static final float P3 = 0.00833331092548f;
  static final float P4 = 0.00139336499963f;
  static final float P5 = 0.000198909908247f;

  /** {@code exp(y)}. */
  static float exp(float y) {
    float x = Math.max(LOWEST, y);
    float shifted = shifted(x);
    return polynomial(remainder(x, shifted)) * power(shifted);
  }

  /** {@code k + ROUND}. */
  static float shifted(float x) {
    return x * PER_LN2 + ROUND;
  }

  /** r. */
  static float remainder(float x, float shifted) {
    float k = shifted - ROUND;
    return (x - k * LN2_HIGH) - k * LN2_LOW;
  }

  /** {@code 1 + r + r^2 p(r)}. */
  static float polynomial(float r) {
    return ((((((P5 * r + P4) * r + P3) * r + P2) * r + P1) * r + P0) * (r * r) + r) + 1;
  }

  /** {@code 2^k}. */
  static float power(float shifted) {
    return Float.intBitsToFloat((Float.floatToRawIntBits(shifted) + BIAS) << FRACTION_BITS);
  }
}
