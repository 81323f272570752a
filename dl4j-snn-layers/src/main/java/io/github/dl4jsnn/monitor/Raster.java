package io.github.dl4jsnn.monitor;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The points of a spike raster: one (time step, height) for each spike. */
final class Raster {

  private final DoubleStream.Builder x = DoubleStream.builder();
  private final DoubleStream.Builder y = DoubleStream.builder();
  private boolean empty = true;

  /** Checks the arguments of all rasters. */
  static void check(INDArray spikes, int maxNeurons, int... examples) {
    if (spikes == null || spikes.rank() != 3 || spikes.isEmpty()) {
      throw new IllegalArgumentException(
          "Expected spikes [N, T, F] with at least one value, got "
              + (spikes == null ? "null" : "shape " + Arrays.toString(spikes.shape())));
    }
    if (maxNeurons < 1) {
      throw new IllegalArgumentException("Expected at least 1 neuron to show, got " + maxNeurons);
    }
    for (int example : examples) {
      if (example < 0 || example >= spikes.size(0)) {
        throw new IllegalArgumentException(
            "Expected an example from 0 to " + (spikes.size(0) - 1) + ", got " + example);
      }
    }
  }

  /** Returns the smallest k such that every k-th neuron makes at most {@code maxNeurons}. */
  static int every(INDArray spikes, int maxNeurons) {
    return Math.toIntExact((spikes.size(2) + maxNeurons - 1) / maxNeurons);
  }

  /**
   * Adds the spikes of every {@code every}-th neuron of an example; {@code height} gives y from the
   * row 0, 1, ...
   */
  void add(INDArray spikes, int example, int every, IntToDoubleFunction height) {
    INDArray one = spikes.get(NDArrayIndex.point(example), NDArrayIndex.all(), NDArrayIndex.all());
    for (int t = 0; t < spikes.size(1); t++) {
      for (int row = 0; (long) row * every < spikes.size(2); row++) {
        double v = one.getDouble(t, row * every);
        if (v == 1) {
          x.add(t);
          y.add(height.applyAsDouble(row));
          empty = false;
        } else if (v != 0) {
          throw new IllegalArgumentException(
              String.format(
                  "Expected spikes 0 or 1, got %s at example %d, time step %d, neuron %d",
                  v, example, t, row * every));
        }
      }
    }
  }

  boolean isEmpty() {
    return empty;
  }

  double[] x() {
    return x.build().toArray();
  }

  double[] y() {
    return y.build().toArray();
  }
}
