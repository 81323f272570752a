package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.internal.BuilderChecks;
import io.github.dl4jsnn.internal.runtime.DefinedLayer;
import io.github.dl4jsnn.internal.runtime.RuntimeLayers;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.common.primitives.Pair;
import org.nd4j.common.util.ArrayUtil;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.shade.jackson.annotation.JsonIgnore;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * What the layers of this library share: backend, sequence format, and checks that name the layer.
 */
public abstract class AbstractSnnLayer extends SameDiffLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private Backend backend = Backend.AUTO;
  @JsonProperty private RNNFormat dataFormat;
  @JsonProperty private int foldedTimeSteps;
  @JsonProperty private long[] foldedShape;
  @JsonProperty private boolean unfoldingTime;

  /** For JSON. */
  protected AbstractSnnLayer() {}

  /**
   * Takes over what the builder holds.
   *
   * @param builder the builder
   */
  protected AbstractSnnLayer(Builder<?> builder) {
    super(builder);
    this.backend = builder.backend;
    this.dataFormat = builder.dataFormat;
    this.foldedTimeSteps = builder.foldedTimeSteps;
  }

  /**
   * How the layer is computed.
   *
   * @return the backend
   */
  public Backend getBackend() {
    return backend;
  }

  /**
   * Axis order of sequences in and out.
   *
   * @return the format; {@link RNNFormat#NWC} unless set or inferred
   */
  @JsonIgnore
  public RNNFormat getDataFormat() {
    return dataFormat == null ? RNNFormat.NWC : dataFormat;
  }

  /**
   * Number of steps that layers before this one have folded into the batch.
   *
   * @return T, or 0 if it follows from the number of rows
   */
  public int getFoldedTimeSteps() {
    return foldedTimeSteps;
  }

  /** Length of sequences for an output type: of those folded, else the given one, -1 for any. */
  final long knownSteps(int timeSteps) {
    int steps = foldedTimeSteps > 0 ? foldedTimeSteps : timeSteps;
    return steps > 0 ? steps : -1;
  }

  /**
   * Whether the input has rows, in which time may be folded into the batch; inferred from the input
   * type, see {@link UnfoldTimePreProcessor}.
   *
   * @return false for sequences, and while the input type is not known
   */
  @JsonIgnore
  public boolean isUnfoldingTime() {
    return unfoldingTime;
  }

  /**
   * Shape of one row of the output where time stays folded into the batch; inferred from the input
   * type, see {@link UnfoldTimePreProcessor}.
   *
   * @return {@code [C, H, W]}, {@code [H, W, C]} or {@code [F]}, or null if the output is a
   *     sequence
   */
  @JsonIgnore
  public long[] getFoldedShape() {
    return foldedShape;
  }

  @Override
  public void setNIn(InputType inputType, boolean override) {
    if (dataFormat == null) {
      dataFormat = TimeFolding.sequenceFormat(inputType);
    }
    unfoldingTime = TimeFolding.rowShape(inputType) != null;
    InputType output = getOutputType(-1, inputType);
    foldedShape = staysFolded(inputType, output) ? TimeFolding.rowShape(output) : null;
  }

  /** Whether time that is folded into the batch before the layer is so behind it. */
  boolean staysFolded(InputType input, InputType output) {
    return output.getType() == input.getType();
  }

  /** Time folded into the batch by layers of DL4J is unfolded before every layer of ours. */
  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
    return UnfoldTimePreProcessor.of(this, inputType, UnfoldTimePreProcessor.Rows.SEQUENCE);
  }

  /**
   * For layers that take a static input as well: feed-forward rows are static unless input type or
   * {@code foldedTimeSteps} say otherwise.
   */
  final InputPreProcessor unfoldImagesOnly(InputType inputType) {
    boolean images = inputType instanceof InputType.InputTypeConvolutional;
    return UnfoldTimePreProcessor.of(
        this,
        inputType,
        images ? UnfoldTimePreProcessor.Rows.SEQUENCE : UnfoldTimePreProcessor.Rows.STATIC);
  }

  /** The format set, that of the sequences folded into the type, or {@link RNNFormat#NWC}. */
  final RNNFormat formatFor(InputType inputType) {
    RNNFormat inferred = TimeFolding.sequenceFormat(inputType);
    return dataFormat != null || inferred == null ? getDataFormat() : inferred;
  }

  /**
   * Number of features of an input type, after checking its kind.
   *
   * @param inputType feed-forward, recurrent or convolutional
   * @return features; of images, channels times height times width
   */
  protected long featuresOf(InputType inputType) {
    if (inputType instanceof InputType.InputTypeFeedForward) {
      return ((InputType.InputTypeFeedForward) inputType).getSize();
    }
    if (inputType instanceof InputType.InputTypeRecurrent) {
      InputType.InputTypeRecurrent r = (InputType.InputTypeRecurrent) inputType;
      checkFormat(label(), dataFormat, r);
      return r.getSize();
    }
    if (inputType instanceof InputType.InputTypeConvolutional) {
      return inputType.arrayElementsPerExample();
    }
    throw new IllegalStateException(
        label()
            + ": expected a feed-forward, recurrent or convolutional input, got "
            + inputType
            + "; put a preprocessor before it");
  }

  /**
   * What error messages call this layer.
   *
   * @return class and name
   */
  @JsonIgnore
  public String label() {
    return label(this);
  }

  /** What error messages call a layer of any kind. */
  static String label(org.deeplearning4j.nn.conf.layers.Layer layer) {
    String name = layer.getLayerName() == null ? "" : layer.getLayerName();
    return layer.getClass().getSimpleName() + " \"" + name + "\"";
  }

  /** The layer that computes: the fused one or that of the definition, as the backend says. */
  @Override
  public final Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray paramsView,
      boolean initializeParams,
      DataType type) {
    checkComplete();
    boolean fused = RuntimeLayers.fused(label(), backend, type);
    return RuntimeLayers.prepare(
        fused ? fusedLayer(conf, type) : definedLayer(conf, type),
        conf,
        layerIndex,
        paramsView,
        initializeParams);
  }

  /**
   * Makes the layer that computes with the fused kernels.
   *
   * @param conf configuration
   * @param type data type of the network
   * @return a layer without parameters yet
   */
  protected abstract org.deeplearning4j.nn.layers.samediff.SameDiffLayer fusedLayer(
      NeuralNetConfiguration conf, DataType type);

  /**
   * Makes the layer that computes with the SameDiff definition.
   *
   * @param conf configuration
   * @param type data type of the network
   * @return a layer without parameters yet
   */
  protected org.deeplearning4j.nn.layers.samediff.SameDiffLayer definedLayer(
      NeuralNetConfiguration conf, DataType type) {
    return new DefinedLayer(conf, type);
  }

  /**
   * Checks, before the layer is made, what neither builder nor network may have set.
   *
   * @throws IllegalStateException if something is missing
   */
  protected void checkComplete() {}

  @Override
  public void defineParameters(SDLayerParams params) {
    params.clear();
  }

  @Override
  public void initializeParameters(Map<String, INDArray> params) {}

  @Override
  public INDArray onesMaskForInput(INDArray input) {
    int time = getDataFormat() == RNNFormat.NWC ? 1 : 2;
    return Nd4j.ones(input.dataType(), input.size(0), input.rank() == 3 ? input.size(time) : 1);
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray mask, MaskState state, int minibatchSize) {
    boolean folds = mask != null && foldedShape != null;
    return new Pair<>(folds ? TimeFolding.foldMask(mask, foldedShape) : mask, state);
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType inputType) {
    InputType output = getOutputType(-1, inputType);
    long params = 0;
    for (long[] shape : getLayerParams().getParamShapes().values()) {
      params += ArrayUtil.prodLong(shape);
    }
    long updater = params == 0 || getUpdater() == null ? 0 : getUpdater().stateSize(params);
    return new LayerMemoryReport.Builder(getLayerName(), getClass(), inputType, output)
        .standardMemory(params, updater)
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(0, 0)
        .build();
  }

  /** Checks rank and number of features, as far as it is known, and says what came. */
  void checkFeatures(INDArray input, long nIn) {
    checkRank(label(), input, 2, 3);
    long features = input.size(input.rank() == 3 && getDataFormat() == RNNFormat.NWC ? 2 : 1);
    if (nIn != 0 && features != nIn) {
      throw new IllegalArgumentException(
          label()
              + ": expected "
              + nIn
              + " features (nIn), got "
              + features
              + " in an input of shape "
              + Arrays.toString(input.shape())
              + ", format "
              + getDataFormat());
    }
  }

  /** Checks that the number of inputs was set or inferred. */
  void checkNInKnown(long nIn) {
    if (nIn == 0) {
      throw new IllegalStateException(
          label() + ": nIn is not known (0); set it, or call setInputType(s) on the network");
    }
  }

  /** Checks that a sequence comes in the format that was set, if one was. */
  static void checkFormat(String label, RNNFormat format, InputType.InputTypeRecurrent input) {
    if (format != null && input.getFormat() != format) {
      throw new IllegalStateException(
          label
              + ": expected a sequence in format "
              + format
              + ", got "
              + input.getFormat()
              + "; set dataFormat or leave it unset");
    }
  }

  /** Checks rank and says what came. */
  static void checkRank(String label, INDArray input, int... ranks) {
    for (int r : ranks) {
      if (input.rank() == r) {
        return;
      }
    }
    throw new IllegalArgumentException(
        label
            + ": expected an input of rank "
            + Arrays.toString(ranks)
            + ", got shape "
            + Arrays.toString(input.shape()));
  }

  /**
   * Compares all options. DL4J's own comparison counts the parameter shapes, too, which are made
   * when first asked for and have a new hash code in every copy.
   */
  @Override
  public boolean equals(Object o) {
    if (this == o) {
      return true;
    }
    if (o == null || o.getClass() != getClass()) {
      return false;
    }
    AbstractSnnLayer l = (AbstractSnnLayer) o;
    return backend == l.backend
        && dataFormat == l.dataFormat
        && foldedTimeSteps == l.foldedTimeSteps
        && Arrays.equals(foldedShape, l.foldedShape)
        && unfoldingTime == l.unfoldingTime
        && Objects.equals(getLayerName(), l.getLayerName())
        && Objects.equals(getIDropout(), l.getIDropout())
        && Objects.equals(getConstraints(), l.getConstraints())
        && Objects.equals(getRegularization(), l.getRegularization())
        && Objects.equals(getRegularizationBias(), l.getRegularizationBias())
        && Objects.equals(getUpdater(), l.getUpdater())
        && Objects.equals(getBiasUpdater(), l.getBiasUpdater())
        && getGradientNormalization() == l.getGradientNormalization()
        && Double.compare(
                getGradientNormalizationThreshold(), l.getGradientNormalizationThreshold())
            == 0
        && getWeightInit() == l.getWeightInit()
        && Objects.equals(getParamWeightInit(), l.getParamWeightInit());
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof AbstractSnnLayer;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        getClass(), getLayerName(), getUpdater(), getRegularization(), backend, dataFormat);
  }

  /**
   * What the builders share.
   *
   * <p>Of the options that come from DL4J, {@code weightInit} and the {@code constrain…} methods
   * have no effect unless the layer says so: the few parameters of these layers start at the values
   * that their own options name, and DL4J does not hand a builder's constraints on to layers of
   * this kind.
   *
   * @param <T> the builder
   */
  public abstract static class Builder<T extends Builder<T>> extends SameDiffLayer.Builder<T> {
    private Backend backend = Backend.AUTO;
    private RNNFormat dataFormat;
    private int foldedTimeSteps;

    /** A builder with all defaults. */
    protected Builder() {}

    /**
     * Sets how the layer is computed.
     *
     * @param backend default {@link Backend#AUTO}
     * @return this builder
     */
    @SuppressWarnings("unchecked")
    public T backend(Backend backend) {
      this.backend = Objects.requireNonNull(backend, "backend");
      return (T) this;
    }

    /**
     * Sets the axis order of sequences, in and out.
     *
     * @param dataFormat default: that of the network's input type, else {@link RNNFormat#NWC}
     * @return this builder
     */
    @SuppressWarnings("unchecked")
    public T dataFormat(RNNFormat dataFormat) {
      this.dataFormat = dataFormat;
      return (T) this;
    }

    /**
     * Sets how many time steps are folded into the batch before this layer. Needed only in a
     * ComputationGraph whose batches differ in size, and behind a StackVertex; elsewhere it is
     * inferred, see {@link UnfoldTimePreProcessor}. Without effect where the input is a sequence.
     *
     * @param foldedTimeSteps T, at least 1; default: number of rows over number of examples
     * @return this builder
     * @throws IllegalArgumentException if it is below 1
     */
    @SuppressWarnings("unchecked")
    public T foldedTimeSteps(int foldedTimeSteps) {
      this.foldedTimeSteps = BuilderChecks.timeSteps("foldedTimeSteps", foldedTimeSteps);
      return (T) this;
    }
  }
}
