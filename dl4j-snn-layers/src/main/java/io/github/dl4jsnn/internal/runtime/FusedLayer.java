package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.AbstractSnnLayer;
import java.util.function.BiConsumer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A layer computed by fused kernels. Parameters, gradient views and masks are DL4J's; this class
 * turns both sequence formats, and time folded into the batch, into {@code [N, T, F]} and back.
 *
 * @param <C> configuration
 */
abstract class FusedLayer<C extends AbstractSnnLayer> extends SameDiffLayer implements Streaming {
  private static final long serialVersionUID = 1L;

  private final FoldedTime folded = new FoldedTime();
  private boolean training = true;
  private transient boolean inputHandedOver;

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

  /**
   * Why the layer takes no part in {@code rnnTimeStep} and truncated BPTT, or null if it computes
   * each step from the input of that step alone. A {@link StatefulLayer} carries its state.
   */
  String refusal() {
    return "its output at a time step depends on other steps";
  }

  @Override
  public final String streamingRefusal() {
    return config().label()
        + " refuses rnnTimeStep and truncated BPTT: "
        + refusal()
        + ", so it cannot take a sequence in chunks";
  }

  @Override
  public INDArray rnnTimeStep(INDArray in, LayerWorkspaceMgr mgr) {
    return rnnActivateUsingStoredState(in, false, false, mgr);
  }

  @Override
  public INDArray rnnActivateUsingStoredState(
      INDArray in, boolean training, boolean storeLastForTBPTT, LayerWorkspaceMgr mgr) {
    if (refusal() != null) {
      throw refusedStreaming();
    }
    take(in, mgr);
    return activate(training, mgr);
  }

  @Override
  public Pair<Gradient, INDArray> tbpttBackpropGradient(
      INDArray epsilon, int tbpttBackLength, LayerWorkspaceMgr mgr) {
    if (refusal() != null) {
      throw refusedStreaming();
    }
    return backpropGradient(epsilon, mgr);
  }

  @Override
  public void setInput(INDArray in, LayerWorkspaceMgr mgr) {
    super.setInput(in, mgr);
    inputHandedOver = true;
  }

  @Override
  public void clear() {
    super.clear();
    inputHandedOver = false;
  }

  /**
   * Makes the argument of a recurrent pass the input. ComputationGraph passes the array before its
   * preprocessor, having handed over the one behind it by {@code setInput}; MultiLayerNetwork
   * passes the right one and hands over none.
   */
  final void take(INDArray in, LayerWorkspaceMgr mgr) {
    if (!inputHandedOver) {
      super.setInput(in, mgr);
    }
    inputHandedOver = false;
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr mgr) {
    assertInputSet(false);
    this.training = training;
    inputHandedOver = false;
    config().validateInput(input);
    folded.check(config(), toNwc(input), training);
    applyDropOutIfNecessary(training, mgr);
    return output(forward(toNwc(typed(input)), mgr), mgr);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr mgr) {
    assertInputSet(true);
    config().validateInput(input);
    INDArray g = gradientNwc(epsilon, mgr);
    return withParameterGradients(toFormat(backward(toNwc(typed(input)), g, mgr)));
  }

  /** The output in the shape that the layer's output type promises. */
  final INDArray output(INDArray nwc, LayerWorkspaceMgr mgr) {
    return folded.output(config(), nwc, mgr);
  }

  /** The gradient of that output, in the order of {@link #forward}. */
  final INDArray gradientNwc(INDArray epsilon, LayerWorkspaceMgr mgr) {
    return folded.gradient(config(), epsilon, mgr);
  }

  /** What DL4J takes: gradients of the parameters, and of the input before dropout. */
  final Pair<Gradient, INDArray> withParameterGradients(INDArray dIn) {
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

  /**
   * The shape of the output, {@code [N, T, F]}: that of the input unless a layer says otherwise.
   */
  long[] outShape(INDArray in) {
    return in.shape();
  }

  /**
   * Computes on the input of the last forward pass once more, for listeners.
   *
   * @param pass takes the input and writes the output
   * @return the output, or null if the input is cleared
   */
  final INDArray again(BiConsumer<INDArray, INDArray> pass) {
    INDArray in = lastInput();
    if (in == null) {
      return null;
    }
    INDArray out = Nd4j.createUninitialized(dataType, outShape(in), 'c');
    pass.accept(in, out);
    return out;
  }

  /** A mask of a static input marks examples, not steps, and does not concern neurons. */
  final INDArray stepMask(INDArray in) {
    return in.rank() == 3 ? FeatureMask.checked(config().label(), maskArray, in) : null;
  }

  final INDArray typed(INDArray a) {
    return a.dataType() == dataType ? a : a.castTo(dataType);
  }

  final INDArray toNwc(INDArray a) {
    return FoldedTime.inFormat(a, config().getDataFormat());
  }

  final INDArray toFormat(INDArray a) {
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
