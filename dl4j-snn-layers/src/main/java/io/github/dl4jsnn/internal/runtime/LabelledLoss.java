package io.github.dl4jsnn.internal.runtime;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.LossLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runtime of {@link io.github.dl4jsnn.conf.LabelledLossLayer}. */
public final class LabelledLoss extends LossLayer {
  private static final long serialVersionUID = 1L;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public LabelledLoss(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  public double computeScore(double regularization, boolean training, LayerWorkspaceMgr mgr) {
    double labelled = labelled();
    double mean = super.computeScore(0, training, mgr);
    score = mean * getInputMiniBatchSize() / labelled + regularization;
    return score;
  }

  /**
   * DL4J divides parameter gradients by N afterwards, if the network is set to mini-batches; this
   * undoes it.
   */
  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr mgr) {
    double divisor = labelled();
    Pair<Gradient, INDArray> p = super.backpropGradient(epsilon, mgr);
    p.getSecond().muli((conf().isMiniBatch() ? getInputMiniBatchSize() : 1) / divisor);
    return p;
  }

  private double labelled() {
    String label = "LabelledLossLayer \"" + layerConf().getLayerName() + "\"";
    return LabelsMask.sum(label, maskArray, input.size(0));
  }
}
