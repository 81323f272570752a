package io.github.dl4jsnn.zoo;

import io.github.dl4jsnn.conf.LastTimeStepLayer;
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
 * <p><b>Inputs.</b> {@code [N, L, C]} in NWC, all of one length: DL4J's convolutions read what a
 * mask marks as missing. <b>Labels.</b> {@code [N, H*C]}.
 *
 * <p><b>Source.</b> S. Bai, J. Kolter, V. Koltun, "An Empirical Evaluation of Generic Convolutional
 * and Recurrent Networks for Sequence Modeling", 2018, Section 3, without weight normalisation.
 */
public final class TcnForecaster extends ZooNetwork {
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
  void build(GraphBuilder graph) {
    graph
        .addInputs(AbstractSpikeNetwork.INPUT)
        .addLayer(
            "embedding",
            convolution(1, 1).activation(Activation.IDENTITY).build(),
            // its backward pass fails in NWC
            new SequenceFormatPreProcessor(RNNFormat.NCW),
            AbstractSpikeNetwork.INPUT);
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
    graph.addLayer("readout", new LastTimeStepLayer.Builder().build(), last);
    s.task.addOutput(graph, AbstractSpikeNetwork.OUTPUT, "readout", s.dropOut);
  }

  private Convolution1DLayer dilated(int block) {
    Convolution1DLayer.Builder layer =
        convolution(s.kernelSize, 1 << block)
            .activation(Activation.RELU)
            .weightInit(WeightInit.RELU);
    if (s.dropOut != 1) {
      layer.dropOut(s.dropOut);
    }
    return layer.build();
  }

  private Convolution1DLayer.Builder convolution(int kernelSize, int dilation) {
    return new Convolution1DLayer.Builder(kernelSize, 1)
        .nOut(s.hidden)
        .dilation(dilation)
        .rnnDataFormat(RNNFormat.NCW)
        .convolutionMode(ConvolutionMode.Causal);
  }

  /** Builder of {@link TcnForecaster}. */
  public static final class Builder extends ZooNetwork.Builder<Builder> {
    private final ForecastTask task;
    private int hidden = 128;
    private int blocks = 3;
    private int kernelSize = 3;
    private double dropOut = 1;

    private Builder(int channels, int inputLength, int horizon) {
      this.task = new ForecastTask(label(), channels, inputLength, horizon);
    }

    /**
     * Sets the number of features of each position.
     *
     * @param hidden D, at least 1; default 128
     * @return this builder
     */
    public Builder hidden(int hidden) {
      this.hidden = size("hidden", hidden);
      return this;
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

    /**
     * Sets dropout on the input of convolutions and output layer.
     *
     * @param retain probability to keep an input, in (0, 1], as in DL4J; default 1: no dropout
     * @return this builder
     */
    public Builder dropOut(double retain) {
      this.dropOut = ZooChecks.retain(label(), retain);
      return this;
    }

    /**
     * Builds the description of the network.
     *
     * @return an immutable description
     */
    public TcnForecaster build() {
      return new TcnForecaster(this);
    }
  }
}
