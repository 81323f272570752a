package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.BuilderChecks;
import java.util.Objects;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InvalidInputTypeException;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.nd4j.common.primitives.Pair;
import org.nd4j.common.util.ArrayUtil;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonIgnore;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * What vertices share whose first input is features of nodes, and whose last says something about
 * these nodes: the edges between them, the graph each belongs to, pairs of them.
 *
 * <p>The last input holds whole numbers as floats, since all inputs of a network have its type;
 * they are exact below 2^24. It has no gradient and must be the last input of the vertex (DL4J
 * loses track of gradients behind an input that has none). Feature masks are refused.
 */
public abstract class AbstractNodeVertex extends AbstractSnnVertex {
  private static final long serialVersionUID = 1L;

  /** Name of the first input in the SameDiff definition. */
  public static final String FEATURES = "features";

  @JsonProperty("inputs")
  private long nIn;

  @JsonProperty private RNNFormat dataFormat;

  /** For JSON. */
  protected AbstractNodeVertex() {}

  /**
   * Takes over what the builder holds.
   *
   * @param builder the builder
   */
  protected AbstractNodeVertex(AbstractSnnVertex.Builder<?> builder) {
    super(builder);
    if (builder instanceof Builder) {
      this.nIn = ((Builder<?>) builder).nIn;
      this.dataFormat = ((Builder<?>) builder).dataFormat;
    }
  }

  /**
   * Number of input features.
   *
   * @return nIn, or 0 while it is not known
   */
  @JsonIgnore
  public long getNIn() {
    return nIn;
  }

  /**
   * Axis order of sequences in and out.
   *
   * @return the format; {@link RNNFormat#NWC} unless set or inferred
   */
  @Override
  @JsonIgnore
  public RNNFormat getDataFormat() {
    return dataFormat == null ? RNNFormat.NWC : dataFormat;
  }

  @Override
  public int minVertexInputs() {
    return 2;
  }

  @Override
  public int maxVertexInputs() {
    return 2;
  }

  /** While DL4J builds a configuration, the vertex does not know its name yet. */
  @Override
  public String label() {
    return getName() == null ? getClass().getSimpleName() : super.label();
  }

  /**
   * Name of the last input in the SameDiff definition.
   *
   * @return the name
   */
  @JsonIgnore
  protected abstract String indexName();

  /** Refuses a last input of the wrong number of columns. */
  abstract void checkIndexColumns(long columns, InputType index);

  /** Output for static features. */
  abstract InputType outputForStatic();

  /** Output for a sequence of this length, -1 if it is not known. */
  abstract InputType outputForSequence(long steps);

  @Override
  public final InputType getOutputType(int layerIndex, InputType... inputs)
      throws InvalidInputTypeException {
    if (inputs.length != 2) {
      throw new InvalidInputTypeException(
          label()
              + ": expected two inputs, "
              + FEATURES
              + " and "
              + indexName()
              + ", got "
              + inputs.length);
    }
    boolean matrix = inputs[1] instanceof InputType.InputTypeFeedForward;
    checkIndexColumns(matrix ? inputs[1].arrayElementsPerExample() : -1, inputs[1]);
    return inferFrom(inputs[0]);
  }

  private InputType inferFrom(InputType features) {
    if (features instanceof InputType.InputTypeFeedForward) {
      inferSize(((InputType.InputTypeFeedForward) features).getSize());
      return outputForStatic();
    }
    if (features instanceof InputType.InputTypeRecurrent) {
      InputType.InputTypeRecurrent sequence = (InputType.InputTypeRecurrent) features;
      inferFormat(sequence.getFormat());
      inferSize(sequence.getSize());
      return outputForSequence(sequence.getTimeSeriesLength());
    }
    throw new InvalidInputTypeException(
        label() + ": expected feed-forward or recurrent features, got " + features);
  }

  private void inferSize(long size) {
    if (nIn == 0) {
      nIn = size;
      setVertexParams(null);
    } else if (nIn != size) {
      throw new InvalidInputTypeException(
          label() + ": nIn is " + nIn + ", but the features have size " + size);
    }
  }

  private void inferFormat(RNNFormat format) {
    if (dataFormat == null) {
      dataFormat = format;
    } else if (dataFormat != format) {
      throw new InvalidInputTypeException(
          label()
              + ": dataFormat is "
              + dataFormat
              + ", but the features come in format "
              + format);
    }
  }

  @Override
  public void validateInput(INDArray[] input) {
    INDArray features = input[0];
    AbstractSnnLayer.checkRank(label() + ", features", features, 2, 3);
    long size = features.size(features.rank() == 3 && getDataFormat() == RNNFormat.NWC ? 2 : 1);
    if (nIn != 0 && size != nIn) {
      throw new IllegalArgumentException(
          label()
              + ": expected "
              + nIn
              + " features (nIn), got "
              + size
              + " in an input of shape "
              + shapeOf(features)
              + (features.rank() == 3 ? ", format " + getDataFormat() : ""));
    }
  }

  /** There is no use for a feature mask here, and ignoring one would be a silent error. */
  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int minibatchSize) {
    for (int i = 0; masks != null && i < masks.length; i++) {
      if (masks[i] != null) {
        throw new IllegalArgumentException(
            label()
                + ": feature masks are not supported by graph vertices (input "
                + i
                + " has one of shape "
                + shapeOf(masks[i])
                + "); to choose nodes for the loss use a labels mask");
      }
    }
    return new Pair<>(null, state);
  }

  /** Refuses to make a vertex of unknown size. */
  final void checkNInKnown() {
    if (nIn == 0) {
      throw new IllegalStateException(
          label() + ": nIn is not known (0); set it, or call setInputTypes on the network");
    }
  }

  /** Numbers that the vertex keeps of each node for the backward pass. */
  long keptPerNode() {
    return 0;
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputs) {
    InputType output = getOutputType(-1, inputs);
    long params = 0;
    for (long[] shape : getVertexParams().getParamShapes().values()) {
      params += ArrayUtil.prodLong(shape);
    }
    long updaterState = updater == null ? 0 : updater.stateSize(params);
    return new LayerMemoryReport.Builder(getName(), getClass(), inputs[0], output)
        .standardMemory(params, updaterState)
        .workingMemory(0, keptPerNode(), 0, keptPerNode())
        .cacheMemory(0, 0)
        .build();
  }

  /** {@link #copyTo} with size and format. */
  final <V extends AbstractNodeVertex> V copyNodeTo(V copy) {
    AbstractNodeVertex c = copyTo(copy);
    c.nIn = nIn;
    c.dataFormat = dataFormat;
    return copy;
  }

  @Override
  public boolean equals(Object o) {
    if (!super.equals(o)) {
      return false;
    }
    AbstractNodeVertex v = (AbstractNodeVertex) o;
    return nIn == v.nIn && dataFormat == v.dataFormat;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), nIn, dataFormat);
  }

  /**
   * Options of vertices that take sequences.
   *
   * @param <T> the builder
   */
  @SuppressWarnings("unchecked")
  public abstract static class Builder<T extends Builder<T>> extends AbstractSnnVertex.Builder<T> {
    private long nIn;
    private RNNFormat dataFormat;

    /** A builder with all defaults. */
    protected Builder() {}

    /**
     * Sets the number of input features; not needed with {@code setInputTypes}.
     *
     * @param nIn at least 1
     * @return this builder
     */
    public T nIn(long nIn) {
      this.nIn = BuilderChecks.size(getClass().getEnclosingClass().getSimpleName(), "nIn", nIn);
      return (T) this;
    }

    /**
     * Sets the axis order of sequences, in and out.
     *
     * @param dataFormat default: that of the network's input type, else {@link RNNFormat#NWC}
     * @return this builder
     */
    public T dataFormat(RNNFormat dataFormat) {
      this.dataFormat = dataFormat;
      return (T) this;
    }
  }
}
