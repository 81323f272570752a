package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.SpikingPooling;
import io.github.dl4jsnn.internal.kernel.ConvolutionShape;
import io.github.dl4jsnn.internal.op.PoolingOp;
import java.util.Arrays;
import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.subsampling.SubsamplingLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runtime of {@link SpikingPooling}: DL4J's SubsamplingLayer with other arithmetic. */
public final class FusedPooling extends SubsamplingLayer {
  private static final long serialVersionUID = 1L;

  private transient PoolingOp op;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public FusedPooling(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
    helper = null;
  }

  private SpikingPooling config() {
    return (SpikingPooling) layerConf();
  }

  private CNN2DFormat format() {
    return config().getCnn2dDataFormat();
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr mgr) {
    assertInputSet(false);
    if (input.rank() != 4) {
      throw new DL4JInvalidInputException(
          config().label()
              + ": expected images "
              + format().dimensionNames()
              + ", got an input of shape "
              + Arrays.toString(input.shape()));
    }
    INDArray in = FoldedImages.nchw(input, format(), dataType);
    ConvolutionShape s = FoldedImages.shape(config(), in);
    long[] shape = {in.size(0), s.K, s.oH, s.oW};
    INDArray out = mgr.createUninitialized(ArrayType.ACTIVATIONS, dataType, shape, 'c');
    op().forward(s, in, out);
    return FoldedImages.inFormat(out, format());
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr mgr) {
    assertInputSet(true);
    INDArray in = FoldedImages.nchw(input, format(), dataType);
    INDArray g = FoldedImages.nchw(epsilon, format(), dataType);
    INDArray dIn = mgr.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, in.shape(), 'c');
    op().backward(FoldedImages.shape(config(), in), in, g, dIn);
    return new Pair<>(new DefaultGradient(), FoldedImages.inFormat(dIn, format()));
  }

  private PoolingOp op() {
    if (op == null) {
      op =
          PoolingOp.create(
              config().label(),
              config().getPoolingType() == PoolingType.MAX,
              config().isAvgPoolIncludePadInDivisor(),
              dataType);
    }
    return op;
  }
}
