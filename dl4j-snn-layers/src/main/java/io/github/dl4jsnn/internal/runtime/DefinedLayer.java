package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.AbstractSnnLayer;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer computed by its SameDiff definition, through DL4J's own runtime, with its faults of
 * 1.0.0-M2.1 corrected: the doubled gradient, dropout and regularisation score left out, parameters
 * not set, and a graph built for the first sequence length that silently returns that length for
 * another.
 *
 * <p>Subclassed only where the graph must be told more than its input and mask.
 */
public class DefinedLayer extends SameDiffLayer implements Streaming {
  private static final long serialVersionUID = 1L;

  /** DL4J's ExternalErrorsFunction adds the gradient from above twice, so half of it goes in. */
  static final double GRADIENT_CORRECTION = 0.5;

  private final FoldedTime folded = new FoldedTime();
  private long[] builtFor;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public DefinedLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  final AbstractSnnLayer config() {
    return (AbstractSnnLayer) layerConf();
  }

  @Override
  public String streamingRefusal() {
    return config().label()
        + " refuses rnnTimeStep and truncated BPTT: backend SAMEDIFF keeps no state between chunks;"
        + " use backend FUSED";
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr mgr) {
    assertInputSet(false);
    config().validateInput(input);
    folded.check(config(), inFormat(input), training);
    if (input.rank() == 3) {
      FeatureMask.checked(config().label(), maskArray, inputNwc());
    }
    applyDropOutIfNecessary(training, mgr);
    rebuildFor(input.shape());
    return folded.output(config(), inFormat(super.activate(training, mgr)), mgr);
  }

  /** The input, a sequence, as {@code [N, T, F]}. */
  final INDArray inputNwc() {
    return inFormat(input);
  }

  private INDArray inFormat(INDArray a) {
    return FoldedTime.inFormat(a, config().getDataFormat());
  }

  /**
   * The graph holds every dimension but the first, so another sequence length needs another graph.
   */
  private void rebuildFor(long[] shape) {
    long[] inner = Arrays.copyOfRange(shape, 1, shape.length);
    if (!Arrays.equals(inner, builtFor)) {
      sameDiff = null;
      builtFor = inner;
    }
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr mgr) {
    INDArray g = inFormat(folded.gradient(config(), epsilon, mgr));
    Pair<Gradient, INDArray> p = super.backpropGradient(g.mul(GRADIENT_CORRECTION), mgr);
    return new Pair<>(p.getFirst(), backpropDropOutIfPresent(p.getSecond()));
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
