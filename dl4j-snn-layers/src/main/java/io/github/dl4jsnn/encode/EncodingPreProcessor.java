package io.github.dl4jsnn.encode;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;

/**
 * Encodes the features of data sets into spike trains, outside the network.
 *
 * <p>Give it to an iterator of either kind with {@code setPreProcessor}; as DL4J's normalisers do,
 * it changes the data set in place. Labels and label masks stay.
 *
 * <p><b>Shapes.</b> Features {@code [N, F]} become {@code [N, T, F]} ({@link RNNFormat#NWC}, the
 * default here) or {@code [N, F, T]} ({@link RNNFormat#NCW}, a permuted view of the same memory).
 * Use the same format in {@code InputType.recurrent}. With a {@link SequenceEncoder} features are
 * sequences of that format already, their masks are used and stay, and there is no {@code
 * timeSteps}.
 *
 * <p><b>Randomness.</b> Calls are counted from 0: each minibatch draws anew, and an epoch does not
 * repeat the spikes of the one before. Call {@code c} encodes input {@code i} with draw {@code c +
 * i * 2^32}, so input 0 of the first call is {@code encoder.encode(features, timeSteps)}. {@link
 * #reset()} starts again at 0. Calls from several threads are counted safely, but which minibatch
 * gets which draw is then up to chance.
 *
 * <p><b>Errors.</b> Features that are no longer {@code [N, F]}: {@link IllegalStateException}, most
 * often from an iterator that hands out the same objects again in the second epoch; encode such
 * data once beforehand, or copy. Features with a mask, which has no meaning before there are time
 * steps: {@link IllegalStateException}. A data set that failed is unchanged.
 */
public final class EncodingPreProcessor implements MultiDataSetPreProcessor, DataSetPreProcessor {

  private static final long serialVersionUID = 1L;

  private final SpikeEncoder encoder;
  private final int timeSteps;
  private final RNNFormat format;
  private final int[] inputs;
  private final AtomicLong calls = new AtomicLong();

  private EncodingPreProcessor(Builder builder) {
    this.encoder = builder.encoder;
    this.timeSteps = builder.timeSteps;
    this.format = builder.format;
    this.inputs = builder.inputs;
  }

  /**
   * Encodes the features of a data set in place; its features are input 0.
   *
   * @param dataSet features {@code [N, F]}
   * @throws IllegalStateException if the features are missing, masked or not of rank 2, or input 0
   *     is not among the chosen
   * @throws IllegalArgumentException if the encoder rejects a value
   */
  @Override
  public void preProcess(DataSet dataSet) {
    checkInputs(1);
    INDArray spikes =
        encode(dataSet.getFeatures(), dataSet.getFeaturesMaskArray(), 0, calls.getAndIncrement());
    dataSet.setFeatures(spikes);
  }

  /**
   * Encodes the chosen features of a data set in place.
   *
   * @param dataSet chosen features {@code [N, F]}
   * @throws IllegalStateException if chosen features are missing, masked or not of rank 2
   * @throws IllegalArgumentException if the encoder rejects a value
   */
  @Override
  public void preProcess(MultiDataSet dataSet) {
    checkInputs(dataSet.numFeatureArrays());
    INDArray[] features = dataSet.getFeatures().clone();
    INDArray[] masks = dataSet.getFeaturesMaskArrays();
    long call = calls.getAndIncrement();
    for (int i = 0; i < features.length; i++) {
      if (isChosen(i)) {
        features[i] = encode(features[i], masks == null ? null : masks[i], i, call);
      }
    }
    dataSet.setFeatures(features);
  }

  /**
   * Starts the count of calls at 0 again, so that the same minibatches in the same order give the
   * same spikes.
   */
  public void reset() {
    calls.set(0);
  }

  private INDArray encode(INDArray features, INDArray mask, int input, long call) {
    boolean sequences = encoder instanceof SequenceEncoder;
    if (features == null || features.rank() != (sequences ? 3 : 2)) {
      throw new IllegalStateException(
          String.format(
              "EncodingPreProcessor: expected features %d of shape %s, got %s; was this data set encoded before?",
              input,
              sequences ? "[N, T, F]" : "[N, F]",
              features == null ? "none" : Arrays.toString(features.shape())));
    }
    if (sequences) {
      return toFormat(((SequenceEncoder) encoder).encodeSequence(toFormat(features), mask));
    }
    if (mask != null) {
      throw new IllegalStateException(
          String.format(
              "EncodingPreProcessor: features %d of shape %s have a mask %s, but no time steps yet; remove the mask",
              input, Arrays.toString(features.shape()), Arrays.toString(mask.shape())));
    }
    return toFormat(encoder.encode(features, timeSteps, call + ((long) input << 32)));
  }

  /** From NWC to the wanted format, and back. */
  private INDArray toFormat(INDArray a) {
    return format == RNNFormat.NWC ? a : a.permute(0, 2, 1);
  }

  private boolean isChosen(int input) {
    return inputs == null || Arrays.binarySearch(inputs, input) >= 0;
  }

  private void checkInputs(int available) {
    if (inputs != null && inputs[inputs.length - 1] >= available) {
      throw new IllegalStateException(
          String.format(
              "EncodingPreProcessor: set to encode inputs %s, but the data set has %d",
              Arrays.toString(inputs), available));
    }
  }

  /** Settings of an {@link EncodingPreProcessor}; encoder and time steps are required. */
  public static final class Builder {

    private SpikeEncoder encoder;
    private int timeSteps;
    private RNNFormat format = RNNFormat.NWC;
    private int[] inputs;

    /** Creates a builder: format NWC, all inputs. */
    public Builder() {}

    /**
     * Sets how values become spikes.
     *
     * @param encoder any encoder
     * @return this builder
     */
    public Builder encoder(SpikeEncoder encoder) {
      this.encoder = encoder;
      return this;
    }

    /**
     * Sets the length of the spike trains.
     *
     * @param timeSteps at least 1
     * @return this builder
     */
    public Builder timeSteps(int timeSteps) {
      this.timeSteps = timeSteps;
      return this;
    }

    /**
     * Sets the axis order of the spike trains.
     *
     * @param format NWC (default) or NCW
     * @return this builder
     */
    public Builder format(RNNFormat format) {
      this.format = format;
      return this;
    }

    /**
     * Chooses which feature arrays to encode, when others are, say, the edges of a graph. Default:
     * all.
     *
     * @param inputs indices of feature arrays, at least one, none negative
     * @return this builder
     */
    public Builder inputs(int... inputs) {
      this.inputs = inputs.clone();
      Arrays.sort(this.inputs);
      return this;
    }

    /**
     * Builds the preprocessor.
     *
     * @return a preprocessor at call 0
     * @throws IllegalStateException if a setting is missing or out of range
     */
    public EncodingPreProcessor build() {
      require(encoder != null, "an encoder is required");
      if (encoder instanceof SequenceEncoder) {
        require(timeSteps == 0, "sequences have their own steps; leave timeSteps unset");
      } else {
        require(timeSteps >= 1, "timeSteps must be >= 1, got " + timeSteps);
      }
      require(format != null, "format must be NWC or NCW, got null");
      require(
          inputs == null || (inputs.length > 0 && inputs[0] >= 0),
          "inputs must be indices >= 0, got " + Arrays.toString(inputs));
      return new EncodingPreProcessor(this);
    }

    private static void require(boolean condition, String message) {
      if (!condition) {
        throw new IllegalStateException("EncodingPreProcessor: " + message);
      }
    }
  }
}
