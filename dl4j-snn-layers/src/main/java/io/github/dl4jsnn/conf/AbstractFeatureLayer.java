package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.BuilderChecks;
import java.util.Objects;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/** What the layers share whose parameters or checks depend on the number of input features. */
public abstract class AbstractFeatureLayer extends AbstractSnnLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private long nIn;

  /** For JSON. */
  protected AbstractFeatureLayer() {}

  /**
   * Takes over what the builder holds.
   *
   * @param builder the builder
   */
  protected AbstractFeatureLayer(Builder<?> builder) {
    super(builder);
    this.nIn = builder.nIn;
  }

  /**
   * Number of input features.
   *
   * @return nIn, or 0 while it is not known
   */
  public long getNIn() {
    return nIn;
  }

  @Override
  public void setNIn(InputType inputType, boolean override) {
    super.setNIn(inputType, override);
    if (nIn == 0 || override) {
      nIn = featuresOf(inputType);
      setLayerParams(null);
    }
  }

  @Override
  public boolean equals(Object o) {
    return super.equals(o) && nIn == ((AbstractFeatureLayer) o).nIn;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), nIn);
  }

  /**
   * What the builders share.
   *
   * @param <T> the builder
   */
  public abstract static class Builder<T extends Builder<T>> extends AbstractSnnLayer.Builder<T> {
    private long nIn;

    /** A builder with all defaults. */
    protected Builder() {}

    /**
     * Sets the number of features; not needed with {@code setInputTypes}.
     *
     * @param nIn F
     * @return this builder
     * @throws IllegalArgumentException if it is below 1
     */
    @SuppressWarnings("unchecked")
    public T nIn(long nIn) {
      this.nIn = BuilderChecks.size(BuilderChecks.layer(this), "nIn", nIn);
      return (T) this;
    }
  }
}
