package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.AbstractTemporalBatchNormLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link AbstractTemporalBatchNormLayer} computed by its SameDiff definition. */
public final class DefinedTemporalBatchNorm extends DefinedBatchNorm {
  private static final long serialVersionUID = 1L;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public DefinedTemporalBatchNorm(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  INDArray normalised() {
    return inputNwc();
  }

  @Override
  double decay() {
    return ((AbstractTemporalBatchNormLayer) config()).getDecay();
  }
}
