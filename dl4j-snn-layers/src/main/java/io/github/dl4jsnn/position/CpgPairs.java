package io.github.dl4jsnn.position;

import io.github.dl4jsnn.internal.op.LifOp;
import io.github.dl4jsnn.neuron.LifParameters;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Many pairs of emitter and resetter side by side; equations in {@link CpgNeuron}. */
final class CpgPairs {
  private final LifOp op;
  private final double threshold;
  private final double[] emitterCurrent;
  private final double[] resetterCurrent;
  private final INDArray[] emitter;
  private final INDArray[] resetter;
  private final float[] emitted;
  private final float[] resetted;

  CpgPairs(LifParameters neuron, double[] emitterCurrent, double[] resetterCurrent) {
    this.op = LifOp.create("CpgNeuron", neuron, DataType.FLOAT);
    this.threshold = neuron.getThreshold();
    this.emitterCurrent = emitterCurrent;
    this.resetterCurrent = resetterCurrent;
    this.emitter = atRest();
    this.resetter = atRest();
    this.emitted = new float[emitterCurrent.length];
    this.resetted = new float[emitterCurrent.length];
  }

  static LifParameters neuron(double decay) {
    return LifParameters.builder().decay(decay).threshold(1).build();
  }

  private INDArray[] atRest() {
    return op.stateNames().stream()
        .map(name -> Nd4j.zeros(DataType.FLOAT, 1, emitterCurrent.length))
        .toArray(INDArray[]::new);
  }

  /** Goes on by one step; returns which emitters fire. */
  boolean[] step() {
    float[] x = new float[emitted.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (emitterCurrent[i] + threshold * emitted[i] - threshold * resetted[i]);
    }
    fire(x, emitter, emitted);
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) (resetterCurrent[i] * emitted[i]);
    }
    fire(x, resetter, resetted);
    boolean[] fires = new boolean[x.length];
    for (int i = 0; i < x.length; i++) {
      fires[i] = emitted[i] == 1;
    }
    return fires;
  }

  private void fire(float[] x, INDArray[] state, float[] spikes) {
    INDArray out = Nd4j.create(DataType.FLOAT, 1, 1, x.length);
    op.forward(Nd4j.createFromArray(x).reshape(1, 1, x.length), null, Map.of(), state, state, out);
    System.arraycopy(out.data().asFloat(), 0, spikes, 0, x.length);
  }
}
