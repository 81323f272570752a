package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.blas.Gemm;
import io.github.dl4jsnn.internal.blas.Matrix;
import io.github.dl4jsnn.internal.kernel.RowMathF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.NeuronConstant;
import io.github.dl4jsnn.neuron.Recurrence;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * {@link SpikeRecurrentOp} in this file's precision.
 *
 * <p>Sizes: {@code N} examples, {@code T} steps on each of {@code L} positions, {@code S = T L}
 * entries, {@code H} neurons. The input map is computed for all {@code N S} rows at once, into
 * {@code z}. The positions follow each other: the {@code N T} rows of one lie at equal distances,
 * so its share of U is one product inside {@code z}, without a copy.
 */
final class SpikeRecurrentOpF32 implements SpikeRecurrentOp {
  private final Neuron neuron;
  private final int T;
  private final NeuronOp neurons;
  private final CodedAffineF32 map;
  private final Gemm gemm = Gemm.get();

  /** Currents. */
  private final BlockF32 z = new BlockF32();

  /** Spikes that each position sees of the one before. */
  private final BlockF32 before = new BlockF32();

  private final BlockF32 dz = new BlockF32();

  /** Gradient of the spikes that a position leaves for the next. */
  private final BlockF32 dCarried = new BlockF32();

  private final BlockF32 dSpikes = new BlockF32();
  private int N;
  private int L;
  private int H;

  SpikeRecurrentOpF32(String layer, Neuron neuron, int timeSteps) {
    this.neuron = neuron;
    this.T = timeSteps;
    this.neurons = NeuronOp.create(layer, neuron, Recurrence.NONE, DataType.FLOAT);
    this.map = new CodedAffineF32(layer);
  }

  @Override
  public void forward(
      INDArray in, INDArray mask, INDArray codes, Map<String, INDArray> params, INDArray out) {
    sizes(out);
    INDArray zs = z.of(N * T * L, H).array(N, T * L, H);
    INDArray seen = before.of(N * T * L, H).array(N, T * L, H);
    map.forward(in, mask, codes, params, zs);
    Matrix u = Matrix.of(params.get(RECURRENT_WEIGHT));
    clear(position(seen, 0));
    for (int l = 0; l < L; l++) {
      INDArray zl = position(zs, l);
      if (l > 0) {
        gemm.multiply(Matrix.of(zl), Matrix.of(position(seen, l)), u, true);
      }
      INDArray spikes = position(out, l);
      neurons.forward(zl, position(mask, l), params, null, null, spikes);
      if (l + 1 < L) {
        carry(position(seen, l + 1), position(seen, l), spikes, present(mask, l));
      }
    }
  }

  private void sizes(INDArray out) {
    N = (int) out.size(0);
    L = (int) out.size(1) / T;
    H = (int) out.size(2);
  }

  /**
   * Steps of position l: {@code [N, T, F]} of a sequence {@code [N, T*L, F]}, {@code [N, T]} of a
   * mask {@code [N, T*L]}; a view, null for null.
   */
  private INDArray position(INDArray a, int l) {
    if (a == null) {
      return null;
    }
    long[] shape = a.shape().clone();
    long[] stride = a.stride().clone();
    shape[1] = T;
    stride[1] *= L;
    long offset = a.data().offset() + l * a.stride(1);
    return Nd4j.create(a.data(), shape, stride, offset, 'c', a.dataType());
  }

  /** Entries of position l, {@code n * T + t}, that are not missing; null if none is. */
  private float[] present(INDArray mask, int l) {
    return NdRowsF32.mask(position(mask, l));
  }

  private void clear(INDArray steps) {
    RowsF32 rows = NdRowsF32.of(steps);
    float[] nothing = new float[H];
    for (int r = 0; r < N * T; r++) {
      rows.put(nothing, r / T, r % T, 0, H);
    }
  }

  /** What the next position sees: the spikes of this one, or, where missing, what this one saw. */
  private void carry(INDArray next, INDArray seen, INDArray spikes, float[] present) {
    RowsF32 to = NdRowsF32.of(next);
    RowsF32 old = NdRowsF32.of(seen);
    RowsF32 fresh = NdRowsF32.of(spikes);
    forEachExample(
        n -> {
          RowsF32 dest = to.duplicate();
          RowsF32 kept = old.duplicate();
          RowsF32 fired = fresh.duplicate();
          float[] row = new float[H];
          for (int t = 0; t < T; t++) {
            (missing(present, n, t) ? kept : fired).get(row, n, t, 0, H);
            dest.put(row, n, t, 0, H);
          }
        });
  }

  private boolean missing(float[] present, int n, int t) {
    return present != null && present[n * T + t] == 0;
  }

  /** Work on one example at one position. */
  private interface Example {
    void run(int n);
  }

  private void forEachExample(Example body) {
    Workers.run(N, (long) N * T * H, (n, worker) -> body.run(n));
  }

  @Override
  public void potentials(INDArray mask, Map<String, INDArray> params, INDArray u) {
    INDArray zs = z.array(N, T * L, H);
    for (int l = 0; l < L; l++) {
      neurons.potentials(position(zs, l), position(mask, l), params, null, position(u, l));
    }
  }

  @Override
  public void backward(
      INDArray in,
      INDArray mask,
      INDArray codes,
      Map<String, INDArray> params,
      INDArray g,
      Map<String, INDArray> gradients,
      INDArray dIn) {
    INDArray zs = z.array(N, T * L, H);
    INDArray dzs = dz.of(N * T * L, H).array(N, T * L, H);
    INDArray carried = dCarried.of(N * T, H).array(N, T, H);
    INDArray spikes = dSpikes.of(N * T, H).array(N, T, H);
    Matrix back = Matrix.of(params.get(RECURRENT_WEIGHT)).transpose();
    Map<String, INDArray> ofPosition = constants(gradients);
    clear(carried);
    for (int l = L - 1; l >= 0; l--) {
      addCarried(spikes, position(g, l), carried, present(mask, l));
      INDArray zl = position(zs, l);
      INDArray dzl = position(dzs, l);
      neurons.backward(zl, position(mask, l), params, null, spikes, ofPosition, dzl);
      addConstants(gradients, ofPosition, l == L - 1);
      if (l > 0) {
        // what a missing entry has passed by stays in
        gemm.multiply(Matrix.of(carried), Matrix.of(dzl), back, mask != null);
      }
    }
    Matrix seen = before.matrix(N * T * L);
    gemm.multiply(
        Matrix.of(gradients.get(RECURRENT_WEIGHT)), seen.transpose(), dz.matrix(N * T * L), false);
    map.backward(in, mask, codes, params, dzs, gradients, dIn);
  }

  /**
   * Gradient of the spikes of a position: from above, and from the next position. What is carried
   * becomes 0 but where an entry is missing.
   */
  private void addCarried(INDArray spikes, INDArray g, INDArray carried, float[] present) {
    RowsF32 sums = NdRowsF32.of(spikes);
    RowsF32 above = NdRowsF32.of(g);
    RowsF32 next = NdRowsF32.of(carried);
    forEachExample(
        n -> {
          RowsF32 dest = sums.duplicate();
          RowsF32 from = above.duplicate();
          RowsF32 passed = next.duplicate();
          float[] row = new float[H];
          float[] sum = new float[H];
          for (int t = 0; t < T; t++) {
            from.get(sum, n, t, 0, H);
            passed.get(row, n, t, 0, H);
            RowMathF32.add(sum, row, H);
            dest.put(sum, n, t, 0, H);
            if (!missing(present, n, t)) {
              Arrays.fill(row, 0);
              passed.put(row, n, t, 0, H);
            }
          }
        });
  }

  /** Room for the gradients of the neurons' trained constants at one position. */
  private Map<String, INDArray> constants(Map<String, INDArray> gradients) {
    Map<String, INDArray> room = new LinkedHashMap<>();
    for (NeuronConstant c : neuron.constants()) {
      if (c.trained()) {
        room.put(
            c.name(),
            Nd4j.createUninitializedDetached(DataType.FLOAT, gradients.get(c.name()).shape()));
      }
    }
    return room;
  }

  private static void addConstants(
      Map<String, INDArray> sums, Map<String, INDArray> ofPosition, boolean first) {
    ofPosition.forEach(
        (name, d) -> {
          if (first) {
            sums.get(name).assign(d);
          } else {
            sums.get(name).addi(d);
          }
        });
  }
}
