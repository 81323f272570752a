package io.github.dl4jsnn.testing;

import io.github.dl4jsnn.conf.AbstractSpikingMapLayer;
import io.github.dl4jsnn.conf.Backend;
import io.github.dl4jsnn.conf.SpikingLinear;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.ResetGradient;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Comparisons that the tests of layers with steps and positions share. */
public final class SpikingMaps {
  private SpikingMaps() {}

  /**
   * Asserts equal outputs, gradients and steps of running statistics.
   *
   * @param b builder of the layer
   * @param size N, T, L, nIn
   * @param format of the sequence
   * @param masked whether positions are missing
   * @param training mode of the forward pass
   * @param type of the network
   */
  public static void assertFusedEqualsDefinition(
      AbstractSpikingMapLayer.Builder<?> b,
      int[] size,
      RNNFormat format,
      boolean masked,
      boolean training,
      DataType type) {
    LayerRun fused = run(b.backend(Backend.FUSED), size, format, masked, training, type);
    LayerRun defined = run(b.backend(Backend.SAMEDIFF), size, format, masked, training, type);
    Tolerances.assertClose("output", fused.output, defined.output, Tolerances.of(type));
    fused.assertGradientsClose(defined, 3 * Tolerances.of(type));
  }

  private static LayerRun run(
      AbstractSpikingMapLayer.Builder<?> b,
      int[] size,
      RNNFormat format,
      boolean masked,
      boolean training,
      DataType type) {
    AbstractSpikingMapLayer layer = b.build();
    int entries = layer.isRepeatInput() ? size[2] : size[1] * size[2];
    INDArray x = Values.uniform(1, -1, 2, type, size[0], entries, size[3]);
    return Backends.layer(
        layer,
        InputType.recurrent(size[3], format),
        format == RNNFormat.NWC ? x : x.permute(0, 2, 1).dup('c'),
        masked ? Values.mask(size[0], entries, type) : null,
        training);
  }

  /**
   * Asserts that the fused kernels compute what {@link PlainSpikingMap} does.
   *
   * @param b builder of the layer, without sizes and neuron
   * @param size N, T, L, nIn, nOut
   * @param offsets of the taps
   * @param masked whether positions are missing
   */
  public static void assertFusedEqualsPlainLoops(
      AbstractSpikingMapLayer.Builder<?> b, int[] size, int[] offsets, boolean masked) {
    int N = size[0];
    int T = size[1];
    int L = size[2];
    LifParameters neuron =
        LifParameters.builder()
            .decay(0.6)
            .threshold(0.5)
            .resetGradient(ResetGradient.EXACT)
            .build();
    Layer layer = b.nOut(size[4]).timeSteps(T).neuron(neuron).backend(Backend.FUSED).build();
    INDArray x = Values.uniform(1, -1, 2, DataType.DOUBLE, N, T * L, size[3]);
    INDArray mask = masked ? Values.mask(N, T * L, DataType.DOUBLE) : null;
    Map<String, INDArray> params = parameters(layer, size, offsets.length);
    INDArray g = Values.uniform(9, -1, 1, DataType.DOUBLE, N, T * L, size[4]);
    LayerRun run =
        Backends.layer(layer, InputType.recurrent(size[3], RNNFormat.NWC), x, mask, params, g);
    double[][] affine = {Values.of(params.get("gamma")), Values.of(params.get("beta"))};
    INDArray w2 = params.get("W2");
    INDArray codes =
        w2 == null ? null : ((SpikingLinear) layer).positionalCode().codes(T * L, DataType.DOUBLE);
    PlainSpikingMap plain =
        new PlainSpikingMap(
            nested(x, N, T, L),
            taps(params.get("W"), offsets.length, size),
            offsets,
            codes == null ? null : codes.toDoubleMatrix(),
            w2 == null ? null : w2.toDoubleMatrix(),
            affine,
            mask(mask, N, T, L),
            neuron);
    plain.backward(nested(g, N, T, L), affine);
    double tolerance = Tolerances.DOUBLE;
    Tolerances.assertClose("spikes", Values.of(run.output), flat(plain.spikes), tolerance);
    Tolerances.assertClose("dx", Values.of(run.inputGradient), flat(plain.dx), tolerance);
    Tolerances.assertClose(
        "dgamma", Values.of(run.gradients.get("gamma")), plain.dAffine[0], tolerance);
    Tolerances.assertClose(
        "dbeta", Values.of(run.gradients.get("beta")), plain.dAffine[1], tolerance);
    Tolerances.assertClose("db", Values.of(run.gradients.get("b")), new double[size[4]], tolerance);
    double[][][] dW = taps(run.gradients.get("W"), offsets.length, size);
    for (int k = 0; k < dW.length; k++) {
      for (int i = 0; i < size[3]; i++) {
        Tolerances.assertClose("dW", dW[k][i], plain.dW[k][i], tolerance);
      }
    }
    for (int j = 0; codes != null && j < plain.dW2.length; j++) {
      double[] row = run.gradients.get("W2").getRow(j).toDoubleVector();
      Tolerances.assertClose("dW2", row, plain.dW2[j], tolerance);
    }
  }

  private static Map<String, INDArray> parameters(Layer layer, int[] size, int taps) {
    Map<String, INDArray> params = new HashMap<>();
    INDArray w = Values.uniform(2, -1, 1, DataType.DOUBLE, size[3], taps, size[4]);
    params.put("W", taps == 1 ? w.reshape('c', size[3], size[4]) : w);
    params.put("gamma", Values.uniform(3, 0.5, 1.5, DataType.DOUBLE, size[4]));
    params.put("beta", Values.uniform(4, -0.5, 0.5, DataType.DOUBLE, size[4]));
    if (layer instanceof SpikingLinear && ((SpikingLinear) layer).positionalCode() != null) {
      int width = ((SpikingLinear) layer).positionalCode().width();
      params.put("W2", Values.uniform(5, -1, 1, DataType.DOUBLE, width, size[4]));
    }
    return params;
  }

  /** Weights {@code [nIn, taps, nOut]} as {@code [tap][i][o]}. */
  private static double[][][] taps(INDArray w, int taps, int[] size) {
    double[] v = Values.of(w);
    double[][][] a = new double[taps][size[3]][size[4]];
    for (int at = 0; at < v.length; at++) {
      int o = at % size[4];
      int k = at / size[4] % taps;
      a[k][at / size[4] / taps][o] = v[at];
    }
    return a;
  }

  private static double[][][][] nested(INDArray a, int N, int T, int L) {
    int F = (int) a.size(2);
    double[] v = Values.of(a);
    double[][][][] nested = new double[N][T][L][F];
    for (int at = 0; at < v.length; at++) {
      nested[at / (T * L * F)][at / (L * F) % T][at / F % L][at % F] = v[at];
    }
    return nested;
  }

  /** All there where the mask is null. */
  private static double[][][] mask(INDArray mask, int N, int T, int L) {
    double[][][] present = new double[N][T][L];
    for (int n = 0; n < N; n++) {
      for (int t = 0; t < T; t++) {
        for (int l = 0; l < L; l++) {
          present[n][t][l] = mask == null ? 1 : mask.getDouble(n, t * L + l);
        }
      }
    }
    return present;
  }

  private static double[] flat(double[][][][] a) {
    return Arrays.stream(a)
        .flatMap(Arrays::stream)
        .flatMap(Arrays::stream)
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }

  /**
   * All steps of a position.
   *
   * @param a {@code [N, T, L, F]}
   * @param n example
   * @param l position
   * @return {@code [T, F]}
   */
  public static INDArray position(INDArray a, int n, int l) {
    return a.get(
            NDArrayIndex.point(n), NDArrayIndex.all(), NDArrayIndex.point(l), NDArrayIndex.all())
        .dup('c');
  }
}
