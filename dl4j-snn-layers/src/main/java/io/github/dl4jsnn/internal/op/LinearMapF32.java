package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.RowSinkF32;
import io.github.dl4jsnn.internal.kernel.RowSourceF32;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Each position by itself: {@code z = x W}. */
final class LinearMapF32 implements PositionMapF32 {
  private final AffineF32 affine;

  LinearMapF32(String layer) {
    affine = new AffineF32(layer);
  }

  @Override
  public void forward(MapPassF32 pass, RowSinkF32 z, INDArray in, Map<String, INDArray> params) {
    affine.forward(z, in, params.get(SpikingMapOp.WEIGHT), null);
  }

  @Override
  public void backward(
      MapPassF32 pass,
      RowSourceF32 dz,
      INDArray in,
      Map<String, INDArray> params,
      Map<String, INDArray> gradients,
      INDArray dIn) {
    INDArray dW = gradients.get(SpikingMapOp.WEIGHT);
    affine.backward(dz, in, params.get(SpikingMapOp.WEIGHT), dW, dIn);
  }
}
