package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.SpikeEncodingLayer;
import io.github.dl4jsnn.encode.SequenceEncoder;
import io.github.dl4jsnn.encode.SpikeEncoder;
import java.util.Arrays;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Runtime of {@link SpikeEncodingLayer}. It holds no sample: what the backward pass needs is the
 * input, which DL4J keeps.
 */
@SuppressWarnings("try") // the open workspace is used through DL4J's manager
public final class SpikeEncoding extends AbstractLayer<SpikeEncodingLayer> {
  private static final long serialVersionUID = 1L;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public SpikeEncoding(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr mgr) {
    assertInputSet(false);
    layerConf().validateInput(input);
    applyDropOutIfNecessary(training, mgr);
    long draw = training ? getIterationCount() : layerConf().getInferenceDraw();
    RNNFormat format = layerConf().getDataFormat();
    boolean sequences = layerConf().takesSequences();
    INDArray values = encodable(sequences ? FoldedTime.inFormat(input, format) : rows(input));
    // Borrowed, so that the encoder's result needs no copy: it is T times as large as the input.
    INDArray spikes;
    try (MemoryWorkspace ws = mgr.notifyScopeBorrowed(ArrayType.ACTIVATIONS)) {
      spikes = typed(encode(values, draw));
    }
    long[] image = layerConf().getFoldedShape();
    return image == null
        ? FoldedTime.inFormat(spikes, format)
        : FoldedTime.fold(spikes, image, ArrayType.ACTIVATIONS, mgr);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr mgr) {
    assertInputSet(true);
    SpikeEncodingLayer config = layerConf();
    INDArray dIn = mgr.createUninitialized(ArrayType.ACTIVATION_GRAD, dataType, input.shape(), 'c');
    if (config.takesSequences()) {
      dIn.assign(0);
      return new Pair<>(new DefaultGradient(), backpropDropOutIfPresent(dIn));
    }
    INDArray g = typed(epsilon);
    INDArray nwc =
        config.getFoldedShape() == null
            ? FoldedTime.inFormat(g, config.getDataFormat())
            : FoldedTime.unfold(g, input.size(0), ArrayType.ACTIVATION_GRAD, mgr);
    INDArray dRows = rows(dIn);
    boolean sameShape = nwc.size(2) == dRows.size(1);
    INDArray sum = sameShape ? nwc.sum(dRows, 1) : nwc.sum(1);
    config.getEncoder().inputGradient(dRows, sum, typed(rows(input)));
    return new Pair<>(new DefaultGradient(), backpropDropOutIfPresent(dIn));
  }

  /** Images as rows {@code [N, F]}; a view of arrays in c order. */
  private static INDArray rows(INDArray a) {
    return a.rank() == 2 ? a : a.reshape('c', a.size(0), a.length() / a.size(0));
  }

  private INDArray encode(INDArray values, long draw) {
    SpikeEncodingLayer config = layerConf();
    SpikeEncoder encoder = config.getEncoder();
    INDArray mask =
        config.takesSequences() ? FeatureMask.checked(config.label(), maskArray, values) : null;
    INDArray spikes;
    try {
      spikes =
          config.takesSequences()
              ? ((SequenceEncoder) encoder).encodeSequence(values, mask)
              : encoder.encode(values, config.getTimeSteps(), draw);
    } catch (IllegalArgumentException e) {
      String hint =
          config.getIDropout() == null
              ? ""
              : " (dropout on this layer enlarges the values it keeps; set it on the next layer)";
      throw new IllegalArgumentException(config.label() + ": " + e.getMessage() + hint, e);
    }
    checkShape(values, spikes);
    return spikes;
  }

  private void checkShape(INDArray values, INDArray spikes) {
    SpikeEncodingLayer config = layerConf();
    long[] expected = {
      values.size(0),
      config.takesSequences() ? values.size(1) : config.getTimeSteps(),
      config.getEncoder().outputFeatures(values.size(values.rank() - 1))
    };
    if (!Arrays.equals(spikes.shape(), expected)) {
      throw new IllegalStateException(
          config.label()
              + ": expected spikes [N, T, F] = "
              + Arrays.toString(expected)
              + " from "
              + config.getEncoder()
              + ", got "
              + Arrays.toString(spikes.shape()));
    }
  }

  /** Encoders take float and double; a network of half precision casts on both sides. */
  private INDArray encodable(INDArray a) {
    DataType type = dataType == DataType.DOUBLE ? DataType.DOUBLE : DataType.FLOAT;
    return a.dataType() == type ? a : a.castTo(type);
  }

  private INDArray typed(INDArray a) {
    return a.dataType() == dataType ? a : a.castTo(dataType);
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArray(
      INDArray mask, MaskState state, int minibatchSize) {
    if (layerConf().takesSequences()) {
      return super.feedForwardMaskArray(mask, state, minibatchSize);
    }
    if (mask != null) {
      throw new IllegalStateException(
          layerConf().label()
              + ": expected no feature mask, as a static input has no time steps, got one of shape "
              + Arrays.toString(mask.shape()));
    }
    return super.feedForwardMaskArray(null, state, minibatchSize);
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public void clearNoiseWeightParams() {}
}
