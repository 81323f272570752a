package io.github.dl4jsnn.neuron;

import java.io.Serializable;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * Stand-in for the derivative of the spike function, with {@code x = u - vTh} (membrane potential
 * above threshold).
 *
 * <p>The spike {@code o = H(x)} has no useful derivative. Backward passes use {@link #derivative}
 * for {@code do/du}; {@link #primitive} is a function that really has this derivative and replaces
 * the spike in {@link Firing#SMOOTH}.
 *
 * <p>Both methods work on the first {@code n} entries of an array at a time, so that the loop
 * inside is vectorised and a network pays one call a row, not one a neuron. {@code u} and {@code
 * dest} may be the same array.
 *
 * <p>Implementations are immutable, thread-safe and serializable as JSON. One of your own works
 * with {@link io.github.dl4jsnn.conf.Backend#FUSED}; it needs {@code equals} and {@code hashCode},
 * and fields or a constructor that Jackson understands (ND4J's shaded {@code
 * org.nd4j.shade.jackson.annotation}).
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
public interface Surrogate extends Serializable {

  /**
   * Writes {@code s'(u - vTh)} into {@code dest}.
   *
   * @param u (in) membrane potentials
   * @param threshold {@code vTh}
   * @param dest (out) derivatives, may be {@code u}
   * @param n number of entries
   */
  void derivative(float[] u, float threshold, float[] dest, int n);

  /**
   * Writes {@code s'(u - vTh)} into {@code dest}, in double precision.
   *
   * @param u (in) membrane potentials
   * @param threshold {@code vTh}
   * @param dest (out) derivatives, may be {@code u}
   * @param n number of entries
   */
  void derivative(double[] u, double threshold, double[] dest, int n);

  /**
   * Writes {@code s(u - vTh)}, the function whose derivative is {@code s'}, into {@code dest}.
   *
   * @param u (in) membrane potentials
   * @param threshold {@code vTh}
   * @param dest (out) values, may be {@code u}
   * @param n number of entries
   */
  void primitive(float[] u, float threshold, float[] dest, int n);

  /**
   * Writes {@code s(u - vTh)}, the function whose derivative is {@code s'}, into {@code dest}, in
   * double precision.
   *
   * @param u (in) membrane potentials
   * @param threshold {@code vTh}
   * @param dest (out) values, may be {@code u}
   * @param n number of entries
   */
  void primitive(double[] u, double threshold, double[] dest, int n);
}
