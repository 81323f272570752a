package io.github.dl4jsnn.neuron;

import java.util.Objects;

/**
 * A constant of a {@link Neuron}: a fixed value, or the start of one that is trained.
 *
 * <p>A trained constant {@code c} is held as a parameter {@code w} that may take any value, so that
 * no step of an optimiser leaves the range of the constant: {@code c = f(w)} by the {@link Range}.
 *
 * <p>Immutable and thread-safe.
 */
public final class NeuronConstant {

  /** Range of a constant and the function {@code f} that keeps it there. */
  public enum Range {
    /** {@code c = w}: any value. */
    ANY {
      @Override
      public double constant(double w) {
        return w;
      }

      @Override
      public double parameter(double c) {
        return c;
      }

      @Override
      public double derivative(double c) {
        return 1;
      }
    },
    /** {@code c = exp(w)}: above 0. */
    POSITIVE {
      @Override
      public double constant(double w) {
        return Math.exp(w);
      }

      @Override
      public double parameter(double c) {
        return Math.log(c);
      }

      @Override
      public double derivative(double c) {
        return c;
      }
    },
    /** {@code c = sigmoid(w)}: above 0 and below 1. */
    UNIT {
      @Override
      public double constant(double w) {
        return 1 / (1 + Math.exp(-w));
      }

      @Override
      public double parameter(double c) {
        return Math.log(c / (1 - c));
      }

      @Override
      public double derivative(double c) {
        return c * (1 - c);
      }
    };

    /**
     * The constant.
     *
     * @param w parameter
     * @return {@code f(w)}
     */
    public abstract double constant(double w);

    /**
     * The parameter that gives a constant.
     *
     * @param c constant, inside the range
     * @return w with {@code f(w) = c}
     */
    public abstract double parameter(double c);

    /**
     * Derivative of the constant by its parameter.
     *
     * @param c constant
     * @return {@code f'(w)} at {@code f(w) = c}
     */
    public abstract double derivative(double c);
  }

  private final String name;
  private final double value;
  private final Range range;
  private final Sharing sharing;

  private NeuronConstant(String name, double value, Range range, Sharing sharing) {
    this.name = name;
    this.value = value;
    this.range = range;
    this.sharing = sharing;
  }

  /**
   * A constant.
   *
   * @param name also of the parameter if it is trained
   * @param value fixed, or at the start of training
   * @param range for training
   * @param sharing who shares it in training, or null if it is fixed
   * @return the constant
   * @throws IllegalArgumentException if it is to be trained and its value cannot be: infinite or at
   *     the edge of its range
   */
  public static NeuronConstant of(String name, double value, Range range, Sharing sharing) {
    if (sharing != null && !Double.isFinite(range.parameter(value))) {
      throw new IllegalArgumentException(
          name + " = " + value + " cannot be trained: it must lie inside the range " + range);
    }
    return new NeuronConstant(name, value, range, sharing);
  }

  /**
   * A constant that is not trained.
   *
   * @param name of the constant
   * @param value of the constant
   * @return the constant
   */
  public static NeuronConstant fixed(String name, double value) {
    return of(name, value, Range.ANY, null);
  }

  /**
   * Name, also of the parameter if it is trained.
   *
   * @return name
   */
  public String name() {
    return name;
  }

  /**
   * The value.
   *
   * @return fixed, or at the start of training
   */
  public double value() {
    return value;
  }

  /**
   * Range for training.
   *
   * @return range
   */
  public Range range() {
    return range;
  }

  /**
   * Who shares it.
   *
   * @return sharing, or null if the constant is fixed
   */
  public Sharing sharing() {
    return sharing;
  }

  /**
   * Whether the constant is a parameter of the network.
   *
   * @return true if it is trained
   */
  public boolean trained() {
    return sharing != null;
  }

  @Override
  public boolean equals(Object o) {
    if (!(o instanceof NeuronConstant)) {
      return false;
    }
    NeuronConstant c = (NeuronConstant) o;
    return name.equals(c.name)
        && Double.compare(value, c.value) == 0
        && range == c.range
        && sharing == c.sharing;
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, value, range, sharing);
  }

  @Override
  public String toString() {
    return name + "=" + value + (trained() ? " trained a " + sharing : "");
  }
}
