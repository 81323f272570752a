package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.RowMathF32;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Weights of given length, if there is a {@link SpikingMapOp#GAIN}: {@code w = gain * v / |v|} with
 * {@code |v|^2 = sum over inputs and taps of v^2 + }{@link SpikingMapOp#NORM_EPS}, for each output;
 * the parameter itself if there is none.
 */
final class WeightNormF32 {
  private INDArray weight;
  private INDArray dWeight;
  private float[][] v;
  private float[][] d;
  private float[] norm;

  /** The weights, of the shape of the parameter. */
  INDArray forward(Map<String, INDArray> params) {
    INDArray param = params.get(SpikingMapOp.WEIGHT);
    INDArray gain = params.get(SpikingMapOp.GAIN);
    if (gain == null) {
      return param;
    }
    weight = like(weight, param);
    v = NdRowsF32.matrix(rows(param), v);
    int n = rowCount(param);
    int H = (int) gain.length();
    norm = new float[H];
    Arrays.fill(norm, (float) SpikingMapOp.NORM_EPS);
    for (int i = 0; i < n; i++) {
      RowMathF32.addProduct(norm, v[i], v[i], H);
    }
    float[] factor = NdRowsF32.vector(gain, H, 1);
    for (int o = 0; o < H; o++) {
      norm[o] = (float) Math.sqrt(norm[o]);
      factor[o] /= norm[o];
    }
    float[][] w = new float[n][H];
    for (int i = 0; i < n; i++) {
      RowMathF32.multiply(w[i], v[i], factor, H);
    }
    NdRowsF32.putMatrix(rows(weight), w);
    return weight;
  }

  /** Where the gradient of the weights goes. */
  INDArray gradient(Map<String, INDArray> params, Map<String, INDArray> gradients) {
    if (!params.containsKey(SpikingMapOp.GAIN)) {
      return gradients.get(SpikingMapOp.WEIGHT);
    }
    dWeight = like(dWeight, params.get(SpikingMapOp.WEIGHT));
    return dWeight;
  }

  /**
   * From that gradient those of v and gain: {@code dgain = (dw . v) / |v|}, {@code dv = gain / |v|
   * * (dw - v (dw . v) / |v|^2)}.
   */
  void backward(Map<String, INDArray> params, Map<String, INDArray> gradients) {
    INDArray gain = params.get(SpikingMapOp.GAIN);
    if (gain == null) {
      return;
    }
    int n = rowCount(dWeight);
    int H = norm.length;
    d = NdRowsF32.matrix(rows(dWeight), d);
    float[] dot = new float[H];
    for (int i = 0; i < n; i++) {
      RowMathF32.addProduct(dot, d[i], v[i], H);
    }
    float[] g = NdRowsF32.vector(gain, H, 1);
    float[] dGain = new float[H];
    for (int o = 0; o < H; o++) {
      dGain[o] = dot[o] / norm[o];
      dot[o] /= norm[o] * norm[o];
      g[o] /= norm[o];
    }
    for (int i = 0; i < n; i++) {
      for (int o = 0; o < H; o++) {
        d[i][o] = g[o] * (d[i][o] - v[i][o] * dot[o]);
      }
    }
    NdRowsF32.putMatrix(rows(gradients.get(SpikingMapOp.WEIGHT)), d);
    NdRowsF32.putVector(gradients.get(SpikingMapOp.GAIN), dGain);
  }

  private static INDArray like(INDArray kept, INDArray param) {
    return kept != null && kept.equalShapes(param)
        ? kept
        : Nd4j.createUninitializedDetached(DataType.FLOAT, param.shape());
  }

  private static int rowCount(INDArray w) {
    return (int) (w.length() / w.size(w.rank() - 1));
  }

  private static INDArray rows(INDArray w) {
    return w.reshape('c', rowCount(w), w.size(w.rank() - 1));
  }
}
