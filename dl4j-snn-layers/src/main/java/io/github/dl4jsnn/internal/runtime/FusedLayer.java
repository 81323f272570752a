package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.AbstractSnnLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer computed by fused kernels. Parameters, gradient views and masks are DL4J's; this class
 * turns both sequence formats into {@code [N, T, F]} and back without copying.
 *
 * @param <C> configuration
 */
abstract class FusedLayer<C extends AbstractSnnLayer> extends SameDiffLayer {
  private static final long serialVersionUID = 1L;

  private boolean training = true;

  FusedLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  /** Whether the last forward pass was one of training; a frozen layer's is not. */
  final boolean isTraining() {
    return training;
  }

  @SuppressWarnings("unchecked")
  final C config() {
    return (C) layerConf();
  }

  /** Forward pass on {@code [N, F]} or {@code [N, T, F]}; the result in the same axis order. */
  abstract INDArray forward(INDArray in, LayerWorkspaceMgr mgr);

  /**
   * Backward pass; writes parameter gradients into {@code gradTable} and returns the gradient of
   * the input.
   */
  abstract INDArray backward(INDArray in, INDArray g, LayerWorkspaceMgr mgr);

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr mgr) {
    assertInputSet(false);
    this.training = training;
    config().validateInput(input);
    applyDropOutIfNecessary(training, mgr);
    return toFormat(forward(toNwc(typed(input)), mgr));
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr mgr) {
    assertInputSet(true);
    config().validateInput(input);
    INDArray dIn = toFormat(backward(toNwc(typed(input)), toNwc(epsilon), mgr));
    Gradient gradient = new DefaultGradient();
    for (String key : paramTable.keySet()) {
      gradient.gradientForVariable().put(key, gradTable.get(key));
    }
    return new Pair<>(gradient, backpropDropOutIfPresent(dIn));
  }

  /** The input of the last forward pass, {@code [N, F]} or {@code [N, T, F]}; null if cleared. */
  final INDArray lastInput() {
    return input == null ? null : toNwc(typed(input));
  }

  private INDArray typed(INDArray a) {
    return a.dataType() == dataType ? a : a.castTo(dataType);
  }

  private INDArray toNwc(INDArray a) {
    return a.rank() == 3 && config().getDataFormat() == RNNFormat.NCW ? a.permute(0, 2, 1) : a;
  }

  private INDArray toFormat(INDArray a) {
    return toNwc(a);
  }

  final INDArray createActivations(LayerWorkspaceMgr mgr, long... shape) {
    return mgr.createUninitialized(ArrayType.ACTIVATIONS, dataType, shape, 'c');
  }

  final INDArray createGradient(LayerWorkspaceMgr mgr, long... shape) {
    return mgr.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, shape, 'c');
  }

  @Override
  public double calcRegularizationScore(boolean backpropParamsOnly) {
    return RuntimeLayers.regularizationScore(
        paramTable(), layerConf(), getIterationCount(), getEpochCount());
  }

  @Override
  public void setParam(String key, INDArray value) {
    RuntimeLayers.setParam(config().label(), paramTable, key, value);
  }
}
