package io.github.dl4jsnn.neuron;

import java.util.Arrays;

/** What the surrogates of this package share: two are equal if class and constants are. */
abstract class ConstantsSurrogate implements Surrogate {
  private static final long serialVersionUID = 1L;

  /** The constants, in the order of the constructor. */
  abstract double[] constants();

  @Override
  public final boolean equals(Object o) {
    return o != null
        && o.getClass() == getClass()
        && Arrays.equals(((ConstantsSurrogate) o).constants(), constants());
  }

  @Override
  public final int hashCode() {
    return 31 * getClass().getName().hashCode() + Arrays.hashCode(constants());
  }
}
