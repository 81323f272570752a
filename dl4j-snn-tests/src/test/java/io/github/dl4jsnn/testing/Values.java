package io.github.dl4jsnn.testing;

import java.util.Arrays;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Arrays of test values, always the same ones for a seed. */
public final class Values {
  private Values() {}

  /**
   * Uniform values.
   *
   * @param seed which values
   * @param low smallest
   * @param high largest
   * @param type of the array
   * @param shape of the array
   * @return the array
   */
  public static INDArray uniform(long seed, double low, double high, DataType type, long... shape) {
    Random random = new Random(seed);
    double[] v = new double[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    Arrays.setAll(v, i -> low + (high - low) * random.nextDouble());
    return array(v, type, shape);
  }

  /**
   * Zeros and ones.
   *
   * @param seed which values
   * @param rate share of ones
   * @param type of the array
   * @param shape of the array
   * @return the array
   */
  public static INDArray binary(long seed, double rate, DataType type, long... shape) {
    double[] v = of(uniform(seed, 0, 1, DataType.DOUBLE, shape));
    Arrays.setAll(v, i -> v[i] < rate ? 1 : 0);
    return array(v, type, shape);
  }

  /**
   * A feature mask with missing steps at the start, in the middle and at the end; every example
   * keeps at least one.
   *
   * @param n examples
   * @param steps T
   * @param type of the array
   * @return {@code [N, T]}
   */
  public static INDArray mask(int n, int steps, DataType type) {
    double[] v = new double[n * steps];
    for (int i = 0; i < v.length; i++) {
      int example = i / steps;
      int t = i % steps;
      v[i] = (t + 2 * example) % 3 == 1 && t != example % steps ? 0 : 1;
    }
    return array(v, type, n, steps);
  }

  /**
   * The given values.
   *
   * @param v values in c order
   * @param type of the array
   * @param shape of the array
   * @return the array
   */
  public static INDArray array(double[] v, DataType type, long... shape) {
    return Nd4j.createFromArray(v).reshape('c', shape).castTo(type);
  }

  /**
   * The values of an array, exactly.
   *
   * @param a array
   * @return values in c order
   */
  public static double[] of(INDArray a) {
    return a.dup('c').data().asDouble();
  }
}
