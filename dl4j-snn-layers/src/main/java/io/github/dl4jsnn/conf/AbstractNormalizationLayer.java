package io.github.dl4jsnn.conf;

import org.deeplearning4j.nn.conf.inputs.InputType;

/**
 * What the normalisation layers share: they keep the shape, and must know the number of features.
 */
public abstract class AbstractNormalizationLayer extends AbstractFeatureLayer {
  private static final long serialVersionUID = 1L;

  /** For JSON. */
  protected AbstractNormalizationLayer() {}

  /**
   * Takes over what the builder holds.
   *
   * @param builder the builder
   */
  protected AbstractNormalizationLayer(Builder<?> builder) {
    super(builder);
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    featuresOf(inputType);
    return inputType;
  }

  @Override
  protected void checkComplete() {
    checkNInKnown(getNIn());
  }
}
