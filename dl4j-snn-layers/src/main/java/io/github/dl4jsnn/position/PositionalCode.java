package io.github.dl4jsnn.position;

import java.io.Serializable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonIgnore;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * A code of positions: {@code width()} numbers for each position 0, 1, 2, ..., always the same.
 *
 * <p>Implementations are immutable and saved with a network; one of your own needs equals, hashCode
 * and a constructor that Jackson finds.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
public interface PositionalCode extends Serializable {

  /**
   * Numbers for one position.
   *
   * @return at least 1
   */
  int width();

  /**
   * Whether the code is 0 and 1 only.
   *
   * @return true for spikes
   */
  @JsonIgnore
  boolean isBinary();

  /**
   * Computes the code of one position.
   *
   * @param position at least 0
   * @param code (out) width() numbers
   */
  void encode(long position, double[] code);

  /**
   * Codes of the first positions.
   *
   * @param positions number of positions, at least 1
   * @param type data type of the array
   * @return {@code [positions, width()]}
   */
  default INDArray codes(int positions, DataType type) {
    if (positions < 1) {
      throw new IllegalArgumentException("positions must be at least 1, was " + positions);
    }
    double[] code = new double[width()];
    double[] all = new double[Math.multiplyExact(positions, code.length)];
    for (int p = 0; p < positions; p++) {
      encode(p, code);
      System.arraycopy(code, 0, all, p * code.length, code.length);
    }
    return Nd4j.createFromArray(all).reshape('c', positions, code.length).castTo(type);
  }
}
