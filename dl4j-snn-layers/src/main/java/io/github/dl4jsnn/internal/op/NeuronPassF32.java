package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The arrays of one pass of neurons, and how they are cut into tasks. */
final class NeuronPassF32 {
  /** Entries of all rows of a block over all steps: 256 kB stay in a second-level cache. */
  private static final int BLOCK_ENTRIES = 1 << 16;

  private static final int MIN_BLOCK = 64;
  private static final int MAX_BLOCK = 4096;

  /** Sums over examples are made of at most this many partial sums. */
  private static final int MAX_CHUNKS = 64;

  final int T;
  final int F;
  final int chunks;
  final boolean constant;

  /** Currents. */
  final RowsF32 x;

  /** Output, or its gradient. */
  final RowsF32 y;

  /** State at the start, or null. */
  final RowsF32[] before;

  /** Feedback of spikes, or null. */
  final RecurrenceF32 feedback;

  private final int N;
  private final float[] mask;

  NeuronPassF32(
      INDArray in, INDArray mask, INDArray[] before, INDArray sequence, RecurrenceF32 feedback) {
    this.N = (int) sequence.size(0);
    this.T = (int) sequence.size(1);
    this.F = (int) sequence.size(2);
    this.chunks = Math.min(N, feedback == null ? MAX_CHUNKS : feedback.maxChunks());
    this.constant = in.rank() == 2;
    this.x = NdRowsF32.of(in);
    this.y = NdRowsF32.of(sequence);
    this.before = rows(before);
    this.feedback = feedback;
    this.mask = NdRowsF32.mask(mask);
  }

  static RowsF32[] rows(INDArray[] state) {
    return state == null ? null : Arrays.stream(state).map(NdRowsF32::of).toArray(RowsF32[]::new);
  }

  boolean missing(int n, int t) {
    return mask != null && mask[n * T + t] == 0;
  }

  /** Features of a block, given the rows that a step needs and the steps that are kept. */
  int width(int rowsOfStep, int keptSteps) {
    if (feedback != null && feedback.needsAllFeatures()) {
      return F;
    }
    int fits = BLOCK_ENTRIES / (rowsOfStep * keptSteps);
    return Math.min(F, Math.max(MIN_BLOCK, Math.min(MAX_BLOCK, fits)));
  }

  /** First example of a chunk; borders depend on N alone, so sums do not depend on threads. */
  private int first(int chunk) {
    return (int) ((long) N * chunk / chunks);
  }

  /** Work on features {@code from..from+len-1} of examples {@code n..end-1}. */
  interface Block {
    void run(int n, int end, int chunk, int from, int len, int worker);
  }

  /** Runs all blocks of all chunks of examples. */
  void run(int width, Block body) {
    int blocks = (F + width - 1) / width;
    Workers.run(
        chunks * blocks,
        (long) N * T * F,
        (task, worker) -> {
          int chunk = task / blocks;
          int from = task % blocks * width;
          body.run(first(chunk), first(chunk + 1), chunk, from, Math.min(width, F - from), worker);
        });
  }
}
