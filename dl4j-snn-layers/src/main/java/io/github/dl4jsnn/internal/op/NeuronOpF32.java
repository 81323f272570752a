package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.NeuronKernelF32;
import io.github.dl4jsnn.internal.kernel.NeuronKernelsF32;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.Workers;
import io.github.dl4jsnn.neuron.Neuron;
import io.github.dl4jsnn.neuron.Recurrence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link NeuronOp} in this file's precision. A task takes some examples and a block of features,
 * whose rows of all steps stay in the cache; its arithmetic is {@link NeuronRunF32}.
 */
final class NeuronOpF32 implements NeuronOp {
  private final String layer;
  private final NeuronKernelF32 kernel;
  private final RecurrenceF32 feedback;
  private final ConstantsF32 constants;
  private final List<String> stateNames;
  private NeuronRunF32[] runs = new NeuronRunF32[0];

  NeuronOpF32(String layer, Neuron neuron, Recurrence recurrence) {
    this.layer = layer;
    this.kernel = NeuronKernelsF32.of(neuron);
    this.feedback = RecurrenceF32.of(recurrence);
    this.constants = new ConstantsF32(layer, neuron.constants());
    List<String> names = new ArrayList<>(neuron.stateNames());
    if (feedback != null) {
      names.add(SPIKE);
    }
    this.stateNames = List.copyOf(names);
  }

  @Override
  public List<String> stateNames() {
    return stateNames;
  }

  @Override
  public void forward(
      INDArray in,
      INDArray mask,
      Map<String, INDArray> params,
      INDArray[] before,
      INDArray[] after,
      INDArray out) {
    NeuronPassF32 pass = pass(in, mask, params, before, out);
    RowsF32[] end = NeuronPassF32.rows(after);
    int width = prepare(pass, 1);
    pass.run(
        width,
        (n, stop, chunk, from, len, worker) -> {
          NeuronRunF32 run = runs[worker];
          run.take(pass, constants, from, len);
          for (; n < stop; n++) {
            run.forward(n, end);
          }
        });
  }

  @Override
  public void backward(
      INDArray in,
      INDArray mask,
      Map<String, INDArray> params,
      INDArray[] before,
      INDArray g,
      Map<String, INDArray> gradients,
      INDArray dIn) {
    NeuronPassF32 pass = pass(in, mask, params, before, g);
    RowsF32 dx = NdRowsF32.of(dIn);
    boolean trained = constants.trained();
    constants.startGradients(pass.chunks, pass.F);
    if (feedback != null) {
      feedback.clearGradients(pass.chunks);
    }
    int width = prepare(pass, pass.T);
    pass.run(
        width,
        (n, stop, chunk, from, len, worker) -> {
          NeuronRunF32 run = runs[worker];
          run.take(pass, constants, from, len);
          run.clearGradients();
          for (; n < stop; n++) {
            run.backward(n, chunk, trained, dx);
          }
          if (trained) {
            run.putGradients(constants, chunk);
          }
        });
    constants.writeGradients(gradients, pass.F);
    if (feedback != null) {
      feedback.writeGradients(gradients.get(RECURRENT_WEIGHTS));
    }
  }

  private NeuronPassF32 pass(
      INDArray in,
      INDArray mask,
      Map<String, INDArray> params,
      INDArray[] before,
      INDArray sequence) {
    constants.read(params, (int) sequence.size(2));
    if (feedback != null) {
      feedback.read(params.get(RECURRENT_WEIGHTS));
    }
    return new NeuronPassF32(in, mask, before, sequence, feedback);
  }

  /** Makes room for every thread; returns the width of a block. */
  private int prepare(NeuronPassF32 pass, int keptSteps) {
    // state, saved, current and spikes
    int width = pass.width(kernel.states() + kernel.saved() + 2, keptSteps);
    if (runs.length < Workers.threads()) {
      runs = Arrays.copyOf(runs, Workers.threads());
    }
    for (int w = 0; w < runs.length; w++) {
      if (runs[w] == null || !runs[w].fits(keptSteps, width)) {
        runs[w] = new NeuronRunF32(layer, kernel, constants.count(), keptSteps, width);
      }
    }
    return width;
  }
}
