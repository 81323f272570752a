package io.github.dl4jsnn.encode;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An encoder of sequences, which have their time steps already: what a step turns into depends on
 * the steps before it. Deterministic, and without gradient: a change of the input moves spikes by
 * jumps.
 *
 * <p>{@link io.github.dl4jsnn.conf.SpikeEncodingLayer} and {@link EncodingPreProcessor} take it
 * like any other encoder, then expect sequences and need no {@code timeSteps}.
 */
public interface SequenceEncoder extends SpikeEncoder {

  /**
   * Encodes a batch of sequences.
   *
   * @param sequence values {@code [N, T, F]}, float or double
   * @param mask {@code [N, T]}, 0 where a step is missing, or null
   * @return a new array {@code [N, T, outputFeatures(F)]}, 'c' order, of the input's data type; no
   *     spikes at missing steps
   * @throws IllegalArgumentException if the input is null, empty, not of rank 3, neither float nor
   *     double, or holds a value that this encoder does not accept, at a step that is not missing;
   *     if the mask has another shape; if the output would exceed 2 GiB
   */
  INDArray encodeSequence(INDArray sequence, INDArray mask);

  /**
   * Encodes a batch of sequences of the given length.
   *
   * @param input values {@code [N, T, F]}, float or double
   * @param timeSteps must be the length of the sequences
   * @param draw ignored
   * @return as {@link #encodeSequence} without a mask
   * @throws IllegalArgumentException as {@link #encodeSequence}, or if the length is another one
   */
  @Override
  default INDArray encode(INDArray input, int timeSteps, long draw) {
    INDArray spikes = encodeSequence(input, null);
    if (spikes.size(1) != timeSteps) {
      throw new IllegalArgumentException(
          this + ": expected a sequence of " + timeSteps + " steps, got " + spikes.size(1));
    }
    return spikes;
  }

  /** Slope 0. */
  @Override
  default void multiplyByExpectedSlope(INDArray gradient, INDArray input) {
    gradient.assign(0);
  }
}
