package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.runtime.LabelledLoss;
import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * Loss over the labelled examples only, for semi-supervised learning such as node classification.
 *
 * <pre>
 *   L = sum over i of m[i] * loss(y[i], label[i]) / sum over i of m[i]
 * </pre>
 *
 * <p>{@code m} is the labels mask {@code [N, 1]}: 1 for a labelled example, else 0. DL4J's own
 * {@link LossLayer} divides by all N examples, so that its gradient shrinks with the share of
 * labelled nodes; this layer divides score and gradient by the number of labelled ones. Without a
 * mask all examples count. Everything else, including {@code Evaluation} with a mask, is DL4J's.
 *
 * <p><b>Defaults.</b> Softmax and multi-class cross-entropy.
 *
 * <p><b>Errors.</b> A mask that is all zero, or not of shape {@code [N, 1]}:
 * IllegalArgumentException.
 */
public final class LabelledLossLayer extends LossLayer {
  private static final long serialVersionUID = 1L;

  private LabelledLossLayer() {}

  private LabelledLossLayer(Builder builder) {
    super(builder);
  }

  /** A loss layer has no weights, so its output is as wide as its input. */
  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    if (!(inputType instanceof InputType.InputTypeFeedForward)) {
      throw new IllegalStateException(
          "LabelledLossLayer \""
              + getLayerName()
              + "\": expected a feed-forward input [N, C], got "
              + inputType);
    }
    return inputType;
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray paramsView,
      boolean initializeParams,
      DataType type) {
    LabelledLoss layer = new LabelledLoss(conf, type);
    layer.setListeners(listeners);
    layer.setIndex(layerIndex);
    layer.setParamTable(initializer().init(conf, paramsView, initializeParams));
    return layer;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof LabelledLossLayer && super.equals(o);
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof LabelledLossLayer;
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + 1;
  }

  /**
   * Builder of {@link LabelledLossLayer}; options are those of DL4J's {@link LossLayer.Builder}.
   */
  @SuppressWarnings("unchecked") // DL4J declares build() with a free return type
  public static final class Builder extends LossLayer.Builder {
    /** Softmax and multi-class cross-entropy. */
    public Builder() {
      this(LossFunctions.LossFunction.MCXENT);
      activation(Activation.SOFTMAX);
    }

    /**
     * The given loss; set the activation to go with it.
     *
     * @param loss loss function
     */
    public Builder(LossFunctions.LossFunction loss) {
      super(loss);
    }

    @Override
    public LabelledLossLayer build() {
      return new LabelledLossLayer(this);
    }
  }
}
