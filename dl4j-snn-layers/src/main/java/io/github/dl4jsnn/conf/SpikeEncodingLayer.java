package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.encode.DirectEncoder;
import io.github.dl4jsnn.encode.SequenceEncoder;
import io.github.dl4jsnn.encode.SpikeEncoder;
import io.github.dl4jsnn.internal.BuilderChecks;
import io.github.dl4jsnn.internal.runtime.SpikeEncoding;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.NoParamLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.common.util.ArrayUtil;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonIgnore;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Turns real values into spike trains inside the network; how, is the {@link SpikeEncoder}'s.
 *
 * <pre>
 *   o = encoder.encode(x, T, draw)
 *   dL/dx[n, f] = slope(x[n, f]) * sum over t of dL/do[n, t, f]
 * </pre>
 *
 * <p><b>Randomness.</b> While training, {@code draw} is the network's iteration count: each
 * iteration samples anew, and a training that is stopped, saved and continued draws what it would
 * have drawn. At inference it is {@code inferenceDraw}, 0 unless set, so that equal inputs give
 * equal outputs. Two layers with equal encoders draw the same numbers: give each its own seed.
 *
 * <p><b>Gradient.</b> That of the expected spike, {@link SpikeEncoder#inputGradient}: exact for
 * {@link DirectEncoder}, straight-through for Bernoulli and deterministic rate, {@code r*exp(-r*x)}
 * for Poisson, 0 for latency, phase and delta. Layers before such a code hence do not learn through
 * it. The backward pass reads the input only: it cannot sample again, as it never calls {@code
 * encode}.
 *
 * <p><b>Shapes.</b> {@code [N, F]} in; {@code [N, T, F]} (NWC, the default) or {@code [N, F, T]}
 * (NCW) out, with as many features as the encoder makes of F. Images, {@code
 * InputType.convolutional} or {@code convolutionalFlat}, come out as {@code [T*N, C, H, W]} (or
 * {@code [T*N, H, W, C]}), time folded into the batch, for DL4J's convolution layers; row {@code
 * t*N + n} is step t of image n, see {@link UnfoldTimePreProcessor}. With a {@link SequenceEncoder}
 * sequences of any length in, of the same format out, and no {@code timeSteps}.
 *
 * <p><b>Masks.</b> None for a static input, which has no steps that could be missing. A {@link
 * SequenceEncoder} is given the feature mask {@code [N, T]}, which goes on to the next layer.
 *
 * <p><b>Streams.</b> Each call of {@code rnnTimeStep} encodes its input into T further steps, and
 * the neurons behind go on from where the last input left them.
 *
 * <p><b>Parameters.</b> None. <b>Dropout</b> works on the values before they are encoded, as in
 * DL4J. It enlarges those it keeps, which may leave the range [0, 1] of most encoders, an error
 * then; dropout on the layer behind has no such limit.
 *
 * <p><b>Backends.</b> There is one implementation, for every ND4J backend: ND4J has no random
 * numbers that are a function of seed and position, so no SameDiff graph could draw these samples.
 *
 * <p><b>Errors.</b> Values that the encoder does not take (outside [0, 1], NaN), wrong rank:
 * IllegalArgumentException; a mask, an unsuitable input type: IllegalStateException. All name the
 * layer.
 *
 * <p><b>Use</b> it to draw anew in every iteration, to encode what another layer puts out, and to
 * keep the encoding in the saved model. <b>Do not use</b> it to encode the same way every time a
 * data set that fits into memory: encode once beforehand, or with {@link
 * io.github.dl4jsnn.encode.EncodingPreProcessor}. {@link DirectEncoder} before a {@link LifLayer}
 * equals the latter's own {@code timeSteps}, which needs no memory for the copies.
 */
public final class SpikeEncodingLayer extends NoParamLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private SpikeEncoder encoder;
  @JsonProperty private int timeSteps;
  @JsonProperty private RNNFormat dataFormat;
  @JsonProperty private long inferenceDraw;
  @JsonProperty private long[] foldedShape;

  private SpikeEncodingLayer() {}

  private SpikeEncodingLayer(Builder builder) {
    super(builder);
    this.encoder = builder.encoder;
    this.timeSteps = builder.timeSteps;
    this.dataFormat = builder.dataFormat;
    this.inferenceDraw = builder.inferenceDraw;
  }

  /**
   * The encoder.
   *
   * @return the encoder
   */
  public SpikeEncoder getEncoder() {
    return encoder;
  }

  /**
   * Length of the spike trains.
   *
   * @return T, or 0 if it is that of the input sequence
   */
  public int getTimeSteps() {
    return timeSteps;
  }

  /**
   * Axis order of the spike trains, and of sequences that come in.
   *
   * @return the format; {@link RNNFormat#NWC} unless set or inferred
   */
  @JsonIgnore
  public RNNFormat getDataFormat() {
    return dataFormat == null ? RNNFormat.NWC : dataFormat;
  }

  /**
   * Whether sequences come in.
   *
   * @return true with a {@link SequenceEncoder}
   */
  @JsonIgnore
  public boolean takesSequences() {
    return encoder instanceof SequenceEncoder;
  }

  /**
   * Which sample is taken at inference.
   *
   * @return the draw
   */
  public long getInferenceDraw() {
    return inferenceDraw;
  }

  /**
   * What error messages call this layer.
   *
   * @return class and name
   */
  @JsonIgnore
  public String label() {
    return "SpikeEncodingLayer \"" + (getLayerName() == null ? "" : getLayerName()) + "\"";
  }

  /**
   * Shape of one image, where images are encoded and time is folded into the batch.
   *
   * @return {@code [C, H, W]} or {@code [H, W, C]}, or null where the output is a sequence
   */
  @JsonIgnore
  public long[] getFoldedShape() {
    return foldedShape;
  }

  /** None: images are taken as they are, flattened or not. */
  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType inputType) {
    return null;
  }

  @Override
  public void setNIn(InputType inputType, boolean override) {
    if (takesSequences()
        && inputType instanceof InputType.InputTypeRecurrent
        && dataFormat == null) {
      dataFormat = ((InputType.InputTypeRecurrent) inputType).getFormat();
    }
    InputType output = getOutputType(-1, inputType);
    foldedShape =
        output instanceof InputType.InputTypeConvolutional ? TimeFolding.rowShape(output) : null;
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType inputType) {
    if (takesSequences()) {
      return sequenceType(inputType);
    }
    if (inputType instanceof InputType.InputTypeConvolutionalFlat) {
      return imageType(((InputType.InputTypeConvolutionalFlat) inputType).getUnflattenedType());
    }
    if (inputType instanceof InputType.InputTypeConvolutional) {
      return imageType(inputType);
    }
    long features = encoder.outputFeatures(featuresOf(inputType));
    return InputType.recurrent(features, timeSteps, getDataFormat());
  }

  /** Images stay images, so each value must stay one. */
  private InputType imageType(InputType images) {
    long values = images.arrayElementsPerExample();
    long features = encoder.outputFeatures(values);
    if (features != values) {
      throw new IllegalStateException(
          label()
              + ": expected an encoder that keeps the number of features for images, got "
              + encoder
              + ", which makes "
              + features
              + " of "
              + values
              + "; flatten the images before it");
    }
    return images;
  }

  private InputType sequenceType(InputType inputType) {
    if (!(inputType instanceof InputType.InputTypeRecurrent)) {
      throw new IllegalStateException(
          label()
              + ": expected a recurrent input (a sequence) for "
              + encoder
              + ", got "
              + inputType);
    }
    InputType.InputTypeRecurrent r = (InputType.InputTypeRecurrent) inputType;
    AbstractSnnLayer.checkFormat(label(), dataFormat, r);
    return InputType.recurrent(
        encoder.outputFeatures(r.getSize()), r.getTimeSeriesLength(), r.getFormat());
  }

  private long featuresOf(InputType inputType) {
    if (inputType instanceof InputType.InputTypeFeedForward) {
      return ((InputType.InputTypeFeedForward) inputType).getSize();
    }
    throw new IllegalStateException(
        label()
            + ": expected a feed-forward input [N, F], got "
            + inputType
            + "; sequences have a time axis already, reduce them first");
  }

  /**
   * Checks the shape of an input.
   *
   * @param input the layer's input
   * @throws IllegalArgumentException if it is neither {@code [N, F]} nor images of the input type,
   *     or no sequence if the encoder takes sequences
   */
  public void validateInput(INDArray input) {
    if (takesSequences()) {
      AbstractSnnLayer.checkRank(label(), input, 3);
      return;
    }
    long[] shape = input.shape();
    boolean images =
        foldedShape != null
            && Arrays.equals(Arrays.copyOfRange(shape, 1, shape.length), foldedShape);
    if (!images) {
      AbstractSnnLayer.checkRank(label(), input, 2);
      if (foldedShape != null && shape[1] != ArrayUtil.prodLong(foldedShape)) {
        throw new IllegalArgumentException(
            label()
                + ": expected images of shape "
                + Arrays.toString(foldedShape)
                + ", flattened or not, got an input of shape "
                + Arrays.toString(shape));
      }
    }
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray paramsView,
      boolean initializeParams,
      DataType type) {
    SpikeEncoding layer = new SpikeEncoding(conf, type);
    layer.setListeners(listeners);
    layer.setIndex(layerIndex);
    return layer;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType inputType) {
    return new LayerMemoryReport.Builder(
            getLayerName(), getClass(), inputType, getOutputType(-1, inputType))
        .standardMemory(0, 0)
        .workingMemory(0, 0, 0, 0)
        .cacheMemory(0, 0)
        .build();
  }

  @Override
  public SpikeEncodingLayer clone() {
    return (SpikeEncodingLayer) super.clone();
  }

  @Override
  public boolean equals(Object o) {
    if (this == o) {
      return true;
    }
    if (!(o instanceof SpikeEncodingLayer) || !super.equals(o)) {
      return false;
    }
    SpikeEncodingLayer l = (SpikeEncodingLayer) o;
    return Objects.equals(encoder, l.encoder)
        && timeSteps == l.timeSteps
        && dataFormat == l.dataFormat
        && inferenceDraw == l.inferenceDraw
        && Arrays.equals(foldedShape, l.foldedShape);
  }

  @Override
  protected boolean canEqual(Object other) {
    return other instanceof SpikeEncodingLayer;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), encoder, timeSteps, dataFormat, inferenceDraw);
  }

  @Override
  public String toString() {
    return label()
        + "(encoder="
        + encoder
        + ", timeSteps="
        + timeSteps
        + ", dataFormat="
        + getDataFormat()
        + ", inferenceDraw="
        + inferenceDraw
        + ")";
  }

  /** Builder of {@link SpikeEncodingLayer}. */
  public static final class Builder extends NoParamLayer.Builder<Builder> {
    private SpikeEncoder encoder;
    private int timeSteps;
    private RNNFormat dataFormat;
    private long inferenceDraw;

    /**
     * NWC, draw 0 at inference; the encoder must be set, and the number of steps unless it is a
     * {@link SequenceEncoder}.
     */
    public Builder() {}

    /**
     * Sets the encoder.
     *
     * @param encoder no default
     * @return this builder
     */
    public Builder encoder(SpikeEncoder encoder) {
      this.encoder = Objects.requireNonNull(encoder, "encoder");
      return this;
    }

    /**
     * Sets the length of the spike trains.
     *
     * @param timeSteps T, at least 1; no default
     * @return this builder
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder timeSteps(int timeSteps) {
      this.timeSteps = BuilderChecks.timeSteps("SpikeEncodingLayer", timeSteps);
      return this;
    }

    /**
     * Sets the axis order of the spike trains, and of sequences that come in.
     *
     * @param dataFormat default: that of the network's input type where sequences come in, else
     *     {@link RNNFormat#NWC}
     * @return this builder
     */
    public Builder dataFormat(RNNFormat dataFormat) {
      this.dataFormat = Objects.requireNonNull(dataFormat, "dataFormat");
      return this;
    }

    /**
     * Sets which sample is taken at inference; average the outputs of several for an ensemble.
     * Training iteration {@code i} takes draw {@code i}; a negative draw is never trained on.
     *
     * @param inferenceDraw any value; default 0
     * @return this builder
     */
    public Builder inferenceDraw(long inferenceDraw) {
      this.inferenceDraw = inferenceDraw;
      return this;
    }

    /**
     * Builds the layer.
     *
     * @throws IllegalStateException if encoder or number of steps is missing, or the number is set
     *     for an encoder of sequences, which have their own
     */
    @Override
    @SuppressWarnings("unchecked")
    public SpikeEncodingLayer build() {
      boolean sequences = encoder instanceof SequenceEncoder;
      if (encoder == null || timeSteps == 0 && !sequences) {
        throw new IllegalStateException(
            "SpikeEncodingLayer: "
                + (encoder == null ? "encoder" : "timeSteps")
                + " is not set and has no default");
      }
      if (sequences && timeSteps != 0) {
        throw new IllegalStateException(
            "SpikeEncodingLayer: "
                + encoder
                + " encodes sequences, which have their own steps; leave timeSteps unset");
      }
      return new SpikeEncodingLayer(this);
    }
  }
}
