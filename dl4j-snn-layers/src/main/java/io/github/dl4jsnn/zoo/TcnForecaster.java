package io.github.dl4jsnn.zoo;

import io.github.dl4jsnn.conf.SequenceFormatPreProcessor;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;

/**
 * Temporal convolution network that forecasts series, without spikes: what {@link
 * SpikeTcnForecaster} is compared with. Made of DL4J's own convolutions.
 *
 * <pre>
 *   e = W x + b                                 [N, L, C] to [N, L, D], "embedding"
 *   y = x + relu(conv2(relu(conv1(x))))         [N, L, D], causal, dilation 1, 2, 4, ...
 *   last position, affine map, squared error    [N, H*C], column h C + c
 * </pre>
 *
 * <p>{@link ForecastReadout} and {@link SeriesLevel} as for its counterpart with spikes.
 *
 * <p><b>Inputs.</b> {@code [N, L, C]} in NWC, all of one length: DL4J's convolutions read what a
 * mask marks as missing. <b>Labels.</b> {@code [N, H*C]}.
 *
 * <p><b>Source.</b> S. Bai, J. Kolter, V. Koltun, "An Empirical Evaluation of Generic Convolutional
 * and Recurrent Networks for Sequence Modeling", 2018, Section 3, without weight normalisation.
 */
public final class TcnForecaster extends AbstractForecaster {
  private final Builder s;

  private TcnForecaster(Builder builder) {
    super(builder);
    this.s = builder.copy();
  }

  /**
   * A builder with the defaults.
   *
   * @param channels C, at least 1
   * @param inputLength L, at least 1
   * @param horizon H, at least 1
   * @return a builder
   */
  public static Builder builder(int channels, int inputLength, int horizon) {
    return new Builder(channels, inputLength, horizon);
  }

  @Override
  String addEncoder(GraphBuilder graph, String input) {
    graph.addLayer(
        "embedding",
        convolution(1, 1).activation(Activation.IDENTITY).build(),
        // its backward pass fails in NWC
        new SequenceFormatPreProcessor(RNNFormat.NCW),
        input);
    String last = "embedding";
    for (int i = 0; i < s.blocks; i++) {
      String block = "block" + i;
      graph
          .addLayer(block + ".conv1", dilated(i), last)
          .addLayer(block + ".conv2", dilated(i), block + ".conv1")
          .addVertex(
              block, new ElementWiseVertex(ElementWiseVertex.Op.Add), last, block + ".conv2");
      last = block;
    }
    return last;
  }

  private Convolution1DLayer dilated(int block) {
    Convolution1DLayer.Builder layer =
        convolution(s.kernelSize, 1 << block)
            .activation(Activation.RELU)
            .weightInit(WeightInit.RELU);
    if (retain() != 1) {
      layer.dropOut(retain());
    }
    return layer.build();
  }

  private Convolution1DLayer.Builder convolution(int kernelSize, int dilation) {
    return new Convolution1DLayer.Builder(kernelSize, 1)
        .nOut(hidden())
        .dilation(dilation)
        .rnnDataFormat(RNNFormat.NCW)
        .convolutionMode(ConvolutionMode.Causal);
  }

  /** Builder of {@link TcnForecaster}. */
  public static final class Builder extends AbstractForecaster.Builder<Builder> {
    private int blocks = 3;
    private int kernelSize = 3;

    private Builder(int channels, int inputLength, int horizon) {
      super(channels, inputLength, horizon);
    }

    /**
     * Sets the number of residual blocks; block i has dilation {@code 2^i}.
     *
     * @param blocks from 1 to 20; default 3
     * @return this builder
     * @throws IllegalArgumentException if it is not in the range
     */
    public Builder blocks(int blocks) {
      this.blocks = DilatedBlocks.check(label(), blocks);
      return this;
    }

    /**
     * Sets how many positions a convolution sees.
     *
     * @param kernelSize at least 1; default 3
     * @return this builder
     */
    public Builder kernelSize(int kernelSize) {
      this.kernelSize = size("kernelSize", kernelSize);
      return this;
    }

    @Override
    public TcnForecaster build() {
      return new TcnForecaster(this);
    }
  }
}
