package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.AbstractSnnLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
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
 * turns both sequence formats, and time folded into the batch, into {@code [N, T, F]} and back.
 *
 * @param <C> configuration
 */
abstract class FusedLayer<C extends AbstractSnnLayer> extends SameDiffLayer {
  private static final long serialVersionUID = 1L;

  private final FoldedTime folded = new FoldedTime();
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
    folded.check(config(), toNwc(input), training);
    applyDropOutIfNecessary(training, mgr);
    return folded.output(config(), forward(toNwc(typed(input)), mgr), mgr);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr mgr) {
    assertInputSet(true);
    config().validateInput(input);
    INDArray g = folded.gradient(config(), epsilon, mgr);
    INDArray dIn = toFormat(backward(toNwc(typed(input)), g, mgr));
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
    return FoldedTime.inFormat(a, config().getDataFormat());
  }

  private INDArray toFormat(INDArray a) {
    return toNwc(a);
  }

  final INDArray createActivations(LayerWorkspaceMgr mgr, long... shape) {
    return FoldedTime.create(config(), dataType, ArrayType.ACTIVATIONS, mgr, shape);
  }

  final INDArray createGradient(LayerWorkspaceMgr mgr, long... shape) {
    return FoldedTime.create(config(), dataType, ArrayType.ACTIVATION_GRAD, mgr, shape);
  }

  @Override
  public void setInputMiniBatchSize(int size) {
    folded.setMiniBatchSize(size);
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
