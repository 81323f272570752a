package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.SpikingConvolution;
import io.github.dl4jsnn.internal.kernel.ConvolutionShape;
import io.github.dl4jsnn.internal.op.ConvolutionOp;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.convolution.ConvolutionLayer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Runtime of {@link SpikingConvolution}: that of DL4J's ConvolutionLayer, with its parameters,
 * dropout, weight noise, activation and masks, around another way to compute the convolution.
 */
public final class FusedConvolution extends ConvolutionLayer {
  private static final long serialVersionUID = 1L;

  private transient ConvolutionOp op;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public FusedConvolution(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
    helper = null;
  }

  private SpikingConvolution config() {
    return (SpikingConvolution) layerConf();
  }

  @Override
  protected Pair<INDArray, INDArray> preOutput(
      boolean training, boolean forBackprop, LayerWorkspaceMgr mgr) {
    assertInputSet(false);
    validateInputRank();
    validateInputDepth(layerConf().getNIn());
    INDArray w = getParamWithNoise(ConvolutionParamInitializer.WEIGHT_KEY, training, mgr);
    INDArray b = getParamWithNoise(ConvolutionParamInitializer.BIAS_KEY, training, mgr);
    INDArray in = FoldedImages.nchw(input, config().getCnn2dDataFormat(), dataType);
    ConvolutionShape s = FoldedImages.shape(config(), in);
    long[] shape = {in.size(0), s.K, s.oH, s.oW};
    INDArray z = mgr.createUninitialized(ArrayType.ACTIVATIONS, dataType, shape, 'c');
    op().forward(s, in, FoldedImages.contiguous(w), b, z);
    return new Pair<>(FoldedImages.inFormat(z, config().getCnn2dDataFormat()), null);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr mgr) {
    assertInputSet(true);
    INDArray w = getParamWithNoise(ConvolutionParamInitializer.WEIGHT_KEY, true, mgr);
    INDArray in = FoldedImages.nchw(input, config().getCnn2dDataFormat(), dataType);
    INDArray g = FoldedImages.nchw(delta(epsilon, mgr), config().getCnn2dDataFormat(), dataType);
    INDArray dw = gradientViews.get(ConvolutionParamInitializer.WEIGHT_KEY);
    INDArray db = gradientViews.get(ConvolutionParamInitializer.BIAS_KEY);
    INDArray dIn = mgr.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, in.shape(), 'c');
    op().backward(FoldedImages.shape(config(), in), in, FoldedImages.contiguous(w), g, dw, db, dIn);
    Gradient gradient = new DefaultGradient();
    if (hasBias()) {
      gradient.setGradientFor(ConvolutionParamInitializer.BIAS_KEY, db);
    }
    gradient.setGradientFor(ConvolutionParamInitializer.WEIGHT_KEY, dw, 'c');
    weightNoiseParams.clear();
    INDArray result = FoldedImages.inFormat(dIn, config().getCnn2dDataFormat());
    return new Pair<>(gradient, backpropDropOutIfPresent(result));
  }

  /** Gradient before the activation function. */
  private INDArray delta(INDArray epsilon, LayerWorkspaceMgr mgr) {
    if (layerConf().getActivationFn() instanceof ActivationIdentity) {
      return epsilon;
    }
    INDArray z = preOutput(true, true, mgr).getFirst();
    return layerConf().getActivationFn().backprop(z, epsilon.castTo(dataType)).getFirst();
  }

  @Override
  public void setParam(String key, INDArray value) {
    RuntimeLayers.setParam(config().label(), params, key, value);
  }

  private ConvolutionOp op() {
    if (op == null) {
      op = ConvolutionOp.create(config().label(), dataType);
    }
    return op;
  }
}
