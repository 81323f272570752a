package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.NeuronKernelF32;
import io.github.dl4jsnn.internal.kernel.NeuronKernelsF32;
import io.github.dl4jsnn.internal.kernel.NeuronStepF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Normalised currents to neurons, T steps at each position. A task takes some examples and a block
 * of positions, whose features lie side by side, so that its rows of all steps stay in the cache;
 * its arithmetic is {@link PositionRunF32}.
 */
final class PositionNeuronsF32 {
  /** Entries of all rows of a block over all steps: 256 kB stay in a second-level cache. */
  private static final int BLOCK_ENTRIES = 1 << 16;

  /** The rows of one step, 8 kB each, stay within the first-level cache. */
  private static final int MAX_BLOCK = 2048;

  /** Tasks to share out: enough to balance a few threads, few enough for their partial sums. */
  private static final int TASKS = 64;

  private final SpikingMapSettings settings;
  private final NeuronKernelF32 kernel;
  private final ConstantsF32 constants;
  private final PositionNormF32 norm;
  private PositionRunF32[] runs = new PositionRunF32[0];
  private float[][] dShift;
  private float[][] dScale;

  PositionNeuronsF32(SpikingMapSettings settings, PositionNormF32 norm) {
    this.settings = settings;
    this.kernel = NeuronKernelsF32.of(settings.neuron);
    this.constants = new ConstantsF32(settings.layer, settings.neuron.constants());
    this.norm = norm;
  }

  /**
   * Forward pass.
   *
   * @param z (in) currents, rows (r, 0)
   * @param pass sizes and mask
   * @param params (in) parameters by name
   * @param out (out) rows (n, p) of all steps
   * @param result picks what goes out
   */
  void forward(
      RowsF32 z,
      MapPassF32 pass,
      Map<String, INDArray> params,
      RowsF32 out,
      Function<NeuronStepF32, float[]> result) {
    constants.read(params, pass.H);
    Split split = new Split(pass, 1);
    split.forEach(
        (run, task, l, positions, from, to) -> {
          RowsF32 currents = z.duplicate();
          RowsF32 dest = out.duplicate();
          for (int n = from; n < to; n++) {
            run.forward(n, l, positions, currents, dest, result);
          }
        });
  }

  /**
   * Backward pass.
   *
   * @param z (in) as in {@link #forward}
   * @param pass as in {@link #forward}
   * @param params (in) as in {@link #forward}
   * @param g (in) gradient of the output, rows (n, p) side by side
   * @param dy (out) gradient of the normalised currents, rows (r, 0)
   * @param gradients (out) of constants and normalisation
   */
  void backward(
      RowsF32 z,
      MapPassF32 pass,
      Map<String, INDArray> params,
      RowsF32 g,
      RowsF32 dy,
      Map<String, INDArray> gradients) {
    constants.read(params, pass.H);
    boolean trained = constants.trained();
    Split split = new Split(pass, pass.T);
    if (trained) {
      constants.startGradients(split.tasks(), pass.H);
    }
    dShift = new float[split.tasks()][];
    dScale = new float[split.tasks()][];
    split.forEach(
        (run, task, l, positions, from, to) -> {
          RowsF32 currents = z.duplicate();
          RowsF32 source = g.duplicate();
          RowsF32 dest = dy.duplicate();
          run.clearSums(positions);
          for (int n = from; n < to; n++) {
            run.backward(n, l, positions, currents, source, dest, trained);
          }
          run.foldSums(positions, trained);
          dShift[task] = Arrays.copyOf(run.dShift(), pass.H);
          dScale[task] = Arrays.copyOf(run.dScale(), pass.H);
          if (trained) {
            constants.put(run.constantGradients(), task, 0, pass.H);
          }
        });
    constants.writeGradients(gradients, pass.H);
    norm.finish(dShift, dScale, pass.H, gradients);
  }

  /** Work on positions {@code l .. l+positions-1} of examples {@code from..to-1}. */
  private interface Body {
    void run(PositionRunF32 run, int task, int l, int positions, int from, int to);
  }

  /** How a pass is cut into tasks; depends on the sizes alone. */
  private final class Split {
    private final MapPassF32 pass;
    private final int keptSteps;
    private final int perBlock;
    private final int blocks;
    private final int chunks;

    private Split(MapPassF32 pass, int keptSteps) {
      this.pass = pass;
      this.keptSteps = keptSteps;
      int rowsOfStep = kernel.states() + kernel.saved() + 3; // current, normalised, emitted
      int width = Math.min(MAX_BLOCK, BLOCK_ENTRIES / (rowsOfStep * pass.T));
      perBlock = Math.max(1, Math.min(pass.L, width / pass.H));
      blocks = (pass.L + perBlock - 1) / perBlock;
      chunks = Math.max(1, Math.min(pass.N, TASKS / blocks));
    }

    int tasks() {
      return blocks * chunks;
    }

    void forEach(Body body) {
      prepareRuns();
      Workers.run(
          tasks(),
          (long) pass.N * pass.T * pass.L * pass.H,
          (task, worker) -> {
            PositionRunF32 run = runs[worker];
            run.take(pass, constants, norm, perBlock);
            int l = task % blocks * perBlock;
            int chunk = task / blocks;
            body.run(
                run,
                task,
                l,
                Math.min(perBlock, pass.L - l),
                (int) ((long) pass.N * chunk / chunks),
                (int) ((long) pass.N * (chunk + 1) / chunks));
          });
    }

    private void prepareRuns() {
      if (runs.length < Workers.threads()) {
        runs = Arrays.copyOf(runs, Workers.threads());
      }
      for (int w = 0; w < runs.length; w++) {
        if (runs[w] == null || !runs[w].fits(keptSteps, perBlock * pass.H)) {
          runs[w] =
              new PositionRunF32(
                  settings.layer, kernel, constants.count(), keptSteps, perBlock * pass.H);
        }
        runs[w].forget();
      }
    }
  }
}
