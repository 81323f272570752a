package io.github.dl4jsnn.conf;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How a layer or vertex is computed. Both ways compute the same function; its definition in plain
 * SameDiff is the specification.
 *
 * <p>The system property {@value #PROPERTY}, if set, replaces {@link #AUTO}, not an explicit
 * choice. The choice is logged once a layer and never replaced silently.
 */
public enum Backend {
  /** {@link #FUSED} on the CPU with float or double, else {@link #SAMEDIFF}. */
  AUTO,
  /** Hand-written forward and backward kernels on the CPU; float and double. */
  FUSED,
  /** The SameDiff definition, on any ND4J backend; orders of magnitude slower on a CPU. */
  SAMEDIFF;

  /** System property that replaces {@link #AUTO}: {@code fused} or {@code samediff}. */
  public static final String PROPERTY = "dl4j.snn.backend";

  /**
   * What this choice means for a network of the given type, here.
   *
   * @param type data type of the network
   * @return {@link #FUSED} or {@link #SAMEDIFF}
   * @throws IllegalStateException if {@link #FUSED} was asked for and cannot run, or the property
   *     has another value
   */
  public Backend resolve(DataType type) {
    Backend wanted = this == AUTO ? fromProperty() : this;
    boolean canFuse =
        Nd4j.getEnvironment().isCPU() && (type == DataType.FLOAT || type == DataType.DOUBLE);
    if (wanted == FUSED && !canFuse) {
      throw new IllegalStateException(
          "Backend FUSED runs on the CPU with FLOAT or DOUBLE; this is "
              + (Nd4j.getEnvironment().isCPU() ? "the CPU" : "no CPU backend")
              + " with "
              + type
              + ". Choose AUTO or SAMEDIFF.");
    }
    if (wanted == AUTO) {
      return canFuse ? FUSED : SAMEDIFF;
    }
    return wanted;
  }

  private static Backend fromProperty() {
    String value = System.getProperty(PROPERTY);
    if (value == null || value.isEmpty()) {
      return AUTO;
    }
    for (Backend b : values()) {
      if (b.name().equalsIgnoreCase(value)) {
        return b;
      }
    }
    throw new IllegalStateException(
        "System property " + PROPERTY + " must be auto, fused or samediff, is " + value);
  }
}
