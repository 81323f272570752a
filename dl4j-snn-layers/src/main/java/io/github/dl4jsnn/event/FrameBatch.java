package io.github.dl4jsnn.event;

import org.deeplearning4j.nn.conf.RNNFormat;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Frames of several recordings as one array. */
final class FrameBatch {
  private FrameBatch() {}

  /**
   * Joins frames.
   *
   * @param frames of each recording, {@code [T, F]}
   * @return {@code [N, T, F]} or {@code [N, F, T]}
   */
  static INDArray of(float[][] frames, int timeSteps, RNNFormat format, DataType type) {
    int length = frames[0].length;
    float[] all = new float[Math.multiplyExact(frames.length, length)];
    for (int n = 0; n < frames.length; n++) {
      System.arraycopy(frames[n], 0, all, n * length, length);
    }
    INDArray nwc =
        Nd4j.createFromArray(all)
            .castTo(type)
            .reshape('c', frames.length, timeSteps, length / timeSteps);
    return format == RNNFormat.NWC ? nwc : nwc.permute(0, 2, 1).dup('c');
  }

  /** Labels as {@code [N, classes]}, 1 in the column of the class. */
  static INDArray oneHot(int[] labels, int classes, DataType type) {
    INDArray hot = Nd4j.zeros(type, labels.length, classes);
    for (int n = 0; n < labels.length; n++) {
      hot.putScalar(n, labels[n], 1);
    }
    return hot;
  }

  static void check(int batchSize, DataType type) {
    if (batchSize < 1 || type != DataType.FLOAT && type != DataType.DOUBLE) {
      throw new IllegalArgumentException(
          String.format(
              "expected a batch size of at least 1 and FLOAT or DOUBLE, got %d and %s",
              batchSize, type));
    }
  }
}
