package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.SpikeLossLayer;
import io.github.dl4jsnn.internal.op.SpikeLossOp;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runtime of {@link SpikeLossLayer}.
 *
 * <p>DL4J has one mask a layer, which in an output layer is that of the labels; the feature mask
 * comes only by {@link #feedForwardMaskArray} and is kept beside it. DL4J says that a pass is over,
 * or that one without masks begins, only by setting the labels mask to null; it does so before it
 * asks for the score, too. Hence the feature mask is dropped at the first input behind that.
 */
public final class SpikeLossOutput extends AbstractLayer<SpikeLossLayer> implements IOutputLayer {
  private static final long serialVersionUID = 1L;

  private transient SpikeLossOp op;
  private INDArray labels;
  private INDArray featureMask;
  private boolean featureMaskIsOld;
  private double score;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public SpikeLossOutput(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr mgr) {
    INDArray x = sequence(training, mgr);
    INDArray out =
        mgr.createUninitialized(
            ArrayType.ACTIVATIONS, dataType, new long[] {x.size(0), x.size(2)}, 'c');
    op().output(x, featureMask(x), out);
    return out;
  }

  @Override
  public double computeScore(double regularization, boolean training, LayerWorkspaceMgr mgr) {
    INDArray x = sequence(training, mgr);
    double labelled = labelled(x);
    double sum = 0;
    for (double loss : op().losses(x, featureMask(x), labels(x), weights(x), 1, null)) {
      sum += loss;
    }
    score = sum / labelled + regularization;
    return score;
  }

  @Override
  public INDArray computeScoreForExamples(double regularization, LayerWorkspaceMgr mgr) {
    INDArray x = sequence(false, mgr);
    double[] losses = op().losses(x, featureMask(x), labels(x), weights(x), 1, null);
    INDArray scores =
        mgr.createUninitialized(
            ArrayType.ACTIVATIONS, dataType, new long[] {losses.length, 1}, 'c');
    for (int n = 0; n < losses.length; n++) {
      scores.putScalar(n, losses[n] + regularization);
    }
    return scores;
  }

  /**
   * DL4J divides parameter gradients by N afterwards, if the network is set to mini-batches; the
   * factor undoes it.
   */
  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr mgr) {
    INDArray x = sequence(true, mgr);
    double factor = (conf().isMiniBatch() ? x.size(0) : 1) / labelled(x);
    INDArray dIn = mgr.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, x.shape(), 'c');
    op().losses(x, featureMask(x), labels(x), weights(x), factor, dIn);
    return new Pair<>(new DefaultGradient(), backpropDropOutIfPresent(toNwc(dIn)));
  }

  /** The input as {@code [N, T, C]}, after dropout. */
  private INDArray sequence(boolean training, LayerWorkspaceMgr mgr) {
    assertInputSet(false);
    layerConf().validateInput(input);
    applyDropOutIfNecessary(training, mgr);
    return toNwc(typed(input));
  }

  private INDArray toNwc(INDArray a) {
    return layerConf().getDataFormat() == RNNFormat.NCW ? a.permute(0, 2, 1) : a;
  }

  private INDArray typed(INDArray a) {
    return a.dataType() == dataType ? a : a.castTo(dataType);
  }

  private INDArray featureMask(INDArray x) {
    return FeatureMask.checked(layerConf().label(), featureMask, x);
  }

  private double labelled(INDArray x) {
    return LabelsMask.sum(layerConf().label(), maskArray, x.size(0));
  }

  private double[] weights(INDArray x) {
    double[] weights = new double[(int) x.size(0)];
    Arrays.fill(weights, 1);
    if (maskArray != null) {
      labelled(x);
      for (int n = 0; n < weights.length; n++) {
        weights[n] = maskArray.getDouble(n, 0);
      }
    }
    return weights;
  }

  private INDArray labels(INDArray x) {
    if (labels == null) {
      throw new IllegalStateException(layerConf().label() + ": no labels are set");
    }
    if (labels.rank() != 2 || labels.size(0) != x.size(0) || labels.size(1) != x.size(2)) {
      throw new IllegalArgumentException(
          layerConf().label()
              + ": expected labels [N, C] = ["
              + x.size(0)
              + ", "
              + x.size(2)
              + "], got shape "
              + Arrays.toString(labels.shape()));
    }
    return typed(labels);
  }

  private SpikeLossOp op() {
    if (op == null) {
      SpikeLossLayer c = layerConf();
      op = SpikeLossOp.create(c.label(), c.getLoss(), c.getClassWeights(), dataType);
    }
    return op;
  }

  // ---- masks

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray mask, MaskState state, int minibatchSize) {
    featureMask = mask;
    featureMaskIsOld = false;
    return null;
  }

  @Override
  public void setMaskArray(INDArray mask) {
    super.setMaskArray(mask);
    featureMaskIsOld |= mask == null;
  }

  @Override
  public void setInput(INDArray input, LayerWorkspaceMgr mgr) {
    if (featureMaskIsOld) {
      featureMask = null;
    }
    super.setInput(input, mgr);
  }

  @Override
  public void clear() {
    super.clear();
    featureMask = null;
    labels = null;
  }

  // ---- what DL4J asks of output layers

  @Override
  public boolean needsLabels() {
    return true;
  }

  @Override
  public void setLabels(INDArray labels) {
    this.labels = labels;
  }

  @Override
  public INDArray getLabels() {
    return labels;
  }

  @Override
  public double score() {
    return score;
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public void clearNoiseWeightParams() {}

  @Override
  @Deprecated
  public int numLabels() {
    return (int) labels.size(1);
  }

  @Override
  public int[] predict(INDArray examples) {
    return activate(examples, false, LayerWorkspaceMgr.noWorkspacesImmutable())
        .argMax(1)
        .toIntVector();
  }

  @Override
  public List<String> predict(DataSet data) {
    return data.getLabelNames(Nd4j.createFromArray(predict(data.getFeatures())));
  }

  @Override
  public double f1Score(DataSet data) {
    return f1Score(data.getFeatures(), data.getLabels());
  }

  @Override
  public double f1Score(INDArray examples, INDArray trueLabels) {
    Evaluation evaluation = new Evaluation();
    evaluation.eval(
        trueLabels, activate(examples, false, LayerWorkspaceMgr.noWorkspacesImmutable()));
    return evaluation.f1();
  }

  @Override
  public void fit(DataSetIterator iterator) {
    throw notTrainable();
  }

  @Override
  public void fit(INDArray examples, INDArray trueLabels) {
    throw notTrainable();
  }

  @Override
  public void fit(DataSet data) {
    throw notTrainable();
  }

  @Override
  public void fit(INDArray examples, int[] trueLabels) {
    throw notTrainable();
  }

  private UnsupportedOperationException notTrainable() {
    return new UnsupportedOperationException(
        layerConf().label() + " has no parameters to fit; fit the network");
  }
}
