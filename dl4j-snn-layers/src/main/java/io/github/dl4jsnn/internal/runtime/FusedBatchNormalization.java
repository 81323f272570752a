package io.github.dl4jsnn.internal.runtime;

import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.BETA;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GAMMA;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GLOBAL_LOG_STD;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GLOBAL_MEAN;
import static org.deeplearning4j.nn.params.BatchNormalizationParamInitializer.GLOBAL_VAR;

import io.github.dl4jsnn.conf.SpikingBatchNormalization;
import io.github.dl4jsnn.internal.op.ChannelNormOp;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.normalization.BatchNormalization;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runtime of {@link SpikingBatchNormalization}: DL4J's BatchNormalization of images with other
 * arithmetic. As there, the gradient of the running statistics is the step that they take.
 */
public final class FusedBatchNormalization extends BatchNormalization {
  private static final long serialVersionUID = 1L;

  private transient ChannelNormOp op;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public FusedBatchNormalization(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  private SpikingBatchNormalization config() {
    return (SpikingBatchNormalization) layerConf();
  }

  private INDArray nchw(INDArray images) {
    return FoldedImages.nchw(images, config().getCnn2DFormat(), dataType);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr mgr) {
    assertInputSet(false);
    boolean last = config().getCnn2DFormat() == CNN2DFormat.NHWC;
    if (input.rank() != 4 || input.size(last ? 3 : 1) != config().getNOut()) {
      throw new IllegalArgumentException(
          config().label()
              + ": expected images "
              + config().getCnn2DFormat().dimensionNames()
              + " of "
              + config().getNOut()
              + " channels, got an input of shape "
              + Arrays.toString(input.shape()));
    }
    INDArray in = nchw(input);
    INDArray out = mgr.createUninitialized(ArrayType.ACTIVATIONS, dataType, in.shape(), 'c');
    op().forward(in, getParam(GAMMA), getParam(BETA), training ? null : running(), out);
    return FoldedImages.inFormat(out, config().getCnn2DFormat());
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr mgr) {
    assertInputSet(true);
    INDArray in = nchw(input);
    INDArray dIn = mgr.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, in.shape(), 'c');
    op().backward(
            in,
            getParam(GAMMA),
            getParam(BETA),
            nchw(epsilon),
            gradientViews.get(GAMMA),
            gradientViews.get(BETA),
            dIn);
    putSteps();
    Gradient gradient = new DefaultGradient();
    for (String name : config().initializer().paramKeys(config())) {
      gradient.setGradientFor(name, gradientViews.get(name));
    }
    return new Pair<>(gradient, FoldedImages.inFormat(dIn, config().getCnn2DFormat()));
  }

  /** Running means and variances. */
  private double[][] running() {
    double[] mean = values(GLOBAL_MEAN);
    double[] variance = values(config().isUseLogStd() ? GLOBAL_LOG_STD : GLOBAL_VAR);
    if (config().isUseLogStd()) {
      Arrays.setAll(variance, c -> Math.pow(10, 2 * variance[c]));
    }
    return new double[][] {mean, variance};
  }

  private double[] values(String parameter) {
    return getParam(parameter).dup().data().asDouble();
  }

  /** What is subtracted from the running statistics. */
  private void putSteps() {
    double[][] running = running();
    double[][] batch = op.statistics();
    double moves = 1 - config().getDecay();
    double[] step = new double[running[0].length];
    Arrays.setAll(step, c -> moves * (running[0][c] - batch[0][c]));
    put(GLOBAL_MEAN, step);
    if (config().isUseLogStd()) {
      double decay = config().getDecay();
      double[] var = running[1];
      Arrays.setAll(step, c -> Math.log10(var[c] / (decay * var[c] + moves * batch[1][c])) / 2);
      put(GLOBAL_LOG_STD, step);
    } else {
      Arrays.setAll(step, c -> moves * (running[1][c] - batch[1][c]));
      put(GLOBAL_VAR, step);
    }
  }

  private void put(String parameter, double[] step) {
    INDArray view = gradientViews.get(parameter);
    view.assign(Nd4j.createFromArray(step).castTo(dataType).reshape(view.shape()));
  }

  @Override
  public void setParam(String key, INDArray value) {
    RuntimeLayers.setParam(config().label(), params, key, value);
  }

  private ChannelNormOp op() {
    if (op == null) {
      op = ChannelNormOp.create(config().label(), config().getEps(), config().isRelu(), dataType);
    }
    return op;
  }
}
