package io.github.dl4jsnn.evaluate;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Which entries of labels a mask leaves in. */
final class SeriesMask {
  private SeriesMask() {}

  /** One entry for each of the labels, in 'c' order. */
  static boolean[] of(INDArray mask, INDArray labels) {
    boolean[] counts = new boolean[(int) labels.length()];
    if (mask == null) {
      Arrays.fill(counts, true);
      return counts;
    }
    double[] m = mask.dup('c').data().asDouble();
    long perExample = labels.length() / Math.max(1, labels.size(0));
    long steps = stepsPerExample(mask, labels);
    for (int i = 0; i < counts.length; i++) {
      long example = i / perExample;
      counts[i] = m[(int) (example * steps + i % perExample % steps)] != 0;
    }
    return counts;
  }

  /** Entries of the mask for one example; they repeat along what is before the last dimension. */
  private static long stepsPerExample(INDArray mask, INDArray labels) {
    if (Arrays.equals(mask.shape(), labels.shape())) {
      return labels.length() / Math.max(1, labels.size(0));
    }
    boolean examples = mask.size(0) == labels.size(0);
    if (examples && mask.length() == labels.size(0)) {
      return 1;
    }
    boolean steps = mask.rank() == 2 && labels.rank() == 3 && mask.size(1) == labels.size(2);
    if (examples && steps) {
      return labels.size(2);
    }
    throw new IllegalArgumentException(
        "SeriesEvaluation: expected a mask for labels of shape "
            + Arrays.toString(labels.shape())
            + ": one entry an example, or one a step of labels [M, C, H], or one a label; got shape "
            + Arrays.toString(mask.shape()));
  }
}
