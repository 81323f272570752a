package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.FiringRateRegularizationLayer;
import io.github.dl4jsnn.internal.op.FiringRateOp;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runtime of {@link FiringRateRegularizationLayer}. */
public final class FiringRateRegularization extends FusedLayer<FiringRateRegularizationLayer> {
  private static final long serialVersionUID = 1L;

  private final transient FiringRateOp op;
  private double[] rates = new double[0];

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   * @param op the computation
   */
  public FiringRateRegularization(NeuralNetConfiguration conf, DataType type, FiringRateOp op) {
    super(conf, type);
    this.op = op;
  }

  /** Steps go through as they are; in truncated BPTT the rates are those of a segment. */
  @Override
  String refusal() {
    return null;
  }

  @Override
  INDArray forward(INDArray in, LayerWorkspaceMgr mgr) {
    double[] current = op.rates(in, mask(in));
    for (int f = 0; f < current.length; f++) {
      if (!Double.isFinite(current[f])) {
        throw new IllegalArgumentException(
            config().label() + ": feature " + f + " of the input holds NaN or infinite values");
      }
    }
    rates = current;
    INDArray out = createActivations(mgr, in.shape());
    out.assign(in);
    return out;
  }

  @Override
  INDArray backward(INDArray in, INDArray g, LayerWorkspaceMgr mgr) {
    INDArray dIn = createGradient(mgr, in.shape());
    INDArray mask = mask(in);
    double[] slope = new double[rates.length];
    double weight = examples(in) / FiringRateOp.presentSteps(in, mask);
    for (int f = 0; f < slope.length; f++) {
      slope[f] = config().slope(rates[f]) / slope.length * weight;
    }
    op.addGradient(mask, g, slope, dIn);
    return dIn;
  }

  /**
   * DL4J divides gradients by the number of examples, but not the regularisation score, of which
   * this is the gradient; so it is multiplied by that number beforehand.
   */
  private double examples(INDArray in) {
    return conf().isMiniBatch() ? in.size(0) : 1;
  }

  /** With the penalty of the last forward pass. */
  @Override
  public double calcRegularizationScore(boolean backpropParamsOnly) {
    double penalty = 0;
    for (double r : rates) {
      penalty += config().penalty(r) / rates.length;
    }
    return super.calcRegularizationScore(backpropParamsOnly) + penalty;
  }

  private INDArray mask(INDArray in) {
    return FeatureMask.checked(config().label(), maskArray, in);
  }
}
