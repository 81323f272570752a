package io.github.dl4jsnn.position;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How many positions cannot be told apart by their code.
 *
 * <pre>
 *   rate = (positions whose code equals that of another position) / (all positions)
 * </pre>
 *
 * <p>0 where every position has a code of its own, 1 where each has a double. A single position has
 * rate 0.
 *
 * <p><b>Source.</b> C. Lv et al., "Advancing Spiking Neural Networks for Sequential Modeling with
 * Central Pattern Generators", NeurIPS 2024, the comparison of CPG-PE with relative encoding.
 */
public final class RepetitionRate {
  private RepetitionRate() {}

  /**
   * Repetition rate of a code over its first positions.
   *
   * @param code any code
   * @param positions T times L, at least 1
   * @return rate from 0 to 1
   */
  public static double of(PositionalCode code, int positions) {
    return of(code.codes(positions, DataType.DOUBLE));
  }

  /**
   * Repetition rate of what any encoding, a trained one too, puts out.
   *
   * @param codes {@code [positions, width]}
   * @return rate from 0 to 1
   * @throws IllegalArgumentException if it is no matrix
   */
  public static double of(INDArray codes) {
    if (codes.rank() != 2) {
      throw new IllegalArgumentException(
          "RepetitionRate: expected codes [positions, width], got shape "
              + Arrays.toString(codes.shape()));
    }
    int positions = (int) codes.size(0);
    int width = (int) codes.size(1);
    double[] all = codes.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    Map<Row, Integer> times = new HashMap<>();
    for (int p = 0; p < positions; p++) {
      times.merge(new Row(Arrays.copyOfRange(all, p * width, (p + 1) * width)), 1, Integer::sum);
    }
    int repeated = times.values().stream().filter(n -> n > 1).mapToInt(n -> n).sum();
    return (double) repeated / positions;
  }

  /** A code as a key. */
  private static final class Row {
    private final double[] code;

    Row(double[] code) {
      this.code = code;
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Row && Arrays.equals(code, ((Row) o).code);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(code);
    }
  }
}
