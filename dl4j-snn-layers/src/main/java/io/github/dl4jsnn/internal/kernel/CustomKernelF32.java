package io.github.dl4jsnn.internal.kernel;

import io.github.dl4jsnn.neuron.CustomNeuron;
import io.github.dl4jsnn.neuron.Firing;
import io.github.dl4jsnn.neuron.SpikingNeuron;
import java.util.Arrays;

/** {@link CustomNeuron}: a neuron that a user defines by functions. */
final class CustomKernelF32 implements NeuronKernelF32 {
  private static final int U = 0;

  private final CustomNeuron neuron;
  private final float vTh;
  private final boolean smooth;

  CustomKernelF32(CustomNeuron neuron) {
    this.neuron = neuron;
    double threshold = neuron.threshold();
    if (!(threshold >= SpikingNeuron.MIN_THRESHOLD) || Double.isInfinite(threshold)) {
      throw new IllegalArgumentException(
          neuron.getClass().getName()
              + ": threshold() must be finite and at least "
              + SpikingNeuron.MIN_THRESHOLD
              + ", was "
              + threshold);
    }
    this.vTh = (float) threshold;
    this.smooth = neuron.firing() == Firing.SMOOTH;
  }

  @Override
  public int states() {
    return 1;
  }

  @Override
  public int saved() {
    return 1;
  }

  @Override
  public int scratch() {
    return 1;
  }

  @Override
  public void rest(float[][] s, int n) {
    Arrays.fill(s[0], 0, n, (float) neuron.rest());
  }

  @Override
  public void forward(NeuronStepF32 step, float[][] next, float[][] p, int n) {
    float[] u = step.saved[U];
    float[] v = step.s[0];
    float[] x = step.x;
    for (int i = 0; i < n; i++) {
      u[i] = (float) neuron.charge(v[i], x[i]);
    }
    float[] o = step.o;
    if (smooth) {
      neuron.surrogate().primitive(u, vTh, o, n);
    } else {
      for (int i = 0; i < n; i++) {
        o[i] = SurrogateKernelF32.step(u[i] - vTh);
      }
    }
    for (int i = 0; i < n; i++) {
      next[0][i] = (float) neuron.reset(u[i], o[i]);
    }
  }

  @Override
  public void backward(
      float[] dx,
      float[][] ds,
      float[][] dp,
      float[] g,
      NeuronStepF32 step,
      float[][] p,
      float[][] tmp,
      int n) {
    float[] u = step.saved[U];
    float[] v = step.s[0];
    float[] slope = tmp[0];
    neuron.surrogate().derivative(u, vTh, slope, n);
    float[] dv = ds[0];
    for (int i = 0; i < n; i++) {
      double o = step.o[i];
      double dO = g[i] + neuron.resetBySpike(u[i], o) * dv[i];
      double du = slope[i] * dO + neuron.resetByPotential(u[i], o) * dv[i];
      dv[i] = (float) (neuron.chargeByPotential(v[i], step.x[i]) * du);
      dx[i] = (float) (neuron.chargeByInput(v[i], step.x[i]) * du);
    }
  }
}
