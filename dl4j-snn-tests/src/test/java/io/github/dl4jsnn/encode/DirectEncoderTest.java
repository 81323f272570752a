package io.github.dl4jsnn.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class DirectEncoderTest {

  @Test
  void repeatsAnyFiniteValueAtEveryStep() {
    INDArray x = Nd4j.createFromArray(new double[][] {{-3.5, 0.25}, {1e300, 0}});
    INDArray expected =
        Nd4j.createFromArray(
            new double[][][] {
              {{-3.5, 0.25}, {-3.5, 0.25}, {-3.5, 0.25}}, {{1e300, 0}, {1e300, 0}, {1e300, 0}}
            });
    assertThat(new DirectEncoder().encode(x, 3).data().asDouble())
        .containsExactly(expected.data().asDouble());
  }

  @Test
  void rejectsNaNAndInfinity() {
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      INDArray x = Nd4j.createFromArray(new float[][] {{0, bad}});
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new DirectEncoder().encode(x, 3))
          .withMessageContaining("DirectEncoder: input[0, 1] = " + bad + " is not finite");
    }
  }
}
