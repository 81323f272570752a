package io.github.dl4jsnn.zoo;

import io.github.dl4jsnn.conf.PositionalEncodingLayer;
import io.github.dl4jsnn.conf.SpikeResidualVertex;
import io.github.dl4jsnn.conf.SpikingConv1d;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;

/**
 * One residual block of a spiking temporal convolution network, added to the layers of a graph.
 *
 * <pre>
 *   y = x + conv2(conv1(x))         or with OR, IAND in place of the sum
 * </pre>
 *
 * <p>{@code conv1} and {@code conv2} are {@link SpikingConv1d}: causal, dilated convolutions over
 * positions, batch normalisation, neurons. So no position sees a later one. With a positional code,
 * the code stands behind the features of each convolution's input. The layers are named {@code
 * name.conv1}, {@code name.conv2}, with a code {@code name.code1}, {@code name.code2}, and {@code
 * name}.
 *
 * <p><b>Shapes.</b> {@code [N, T*L, D]} in and out.
 *
 * <p><b>Source.</b> S. Bai, J. Kolter, V. Koltun, "An Empirical Evaluation of Generic Convolutional
 * and Recurrent Networks for Sequence Modeling", 2018, Section 3.3, with spiking neurons in place
 * of ReLU.
 */
public final class SpikeTcnBlock {
  private final Builder s;

  private SpikeTcnBlock(Builder builder) {
    this.s = builder;
  }

  /**
   * A builder with the defaults.
   *
   * @param hidden D, at least 1
   * @param timeSteps T, at least 1
   * @return a builder
   */
  public static Builder builder(int hidden, int timeSteps) {
    return new Builder(hidden, timeSteps);
  }

  /**
   * Adds the layers of the block.
   *
   * @param graph where to
   * @param name of the block: of the vertex that is its output, the start of the names of the
   *     others
   * @param input name of the layer or vertex before it
   * @return name of the output
   */
  public String addTo(GraphBuilder graph, String name, String input) {
    String first = convolution(graph, name, 1, input);
    String second = convolution(graph, name, 2, first);
    graph.addVertex(name, new SpikeResidualVertex(s.residual), input, second);
    return name;
  }

  private String convolution(GraphBuilder graph, String name, int number, String input) {
    String before = input;
    if (s.code != null) {
      before = name + ".code" + number;
      PositionalEncodingLayer code =
          new PositionalEncodingLayer.Builder().code(s.code).backend(s.backend).build();
      graph.addLayer(before, code, input);
    }
    SpikingConv1d.Builder convolution =
        new SpikingConv1d.Builder()
            .nOut(s.hidden)
            .timeSteps(s.timeSteps)
            .kernelSize(s.kernelSize)
            .dilation(s.dilation)
            .padding(SpikingConv1d.Padding.CAUSAL)
            .weightNorm(s.weightNorm)
            .neuron(s.neuron)
            .backend(s.backend);
    if (s.dropOut != 1) {
      convolution.dropOut(s.dropOut);
    }
    graph.addLayer(name + ".conv" + number, convolution.build(), before);
    return name + ".conv" + number;
  }

  /** Builder of {@link SpikeTcnBlock}. */
  public static final class Builder extends EncoderBlockBuilder<Builder> {
    private int kernelSize = 3;
    private int dilation = 1;
    private boolean weightNorm;

    private Builder(int hidden, int timeSteps) {
      super(hidden, timeSteps);
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
     * Sets the distance of the positions that a convolution sees.
     *
     * @param dilation at least 1; default 1
     * @return this builder
     */
    public Builder dilation(int dilation) {
      this.dilation = size("dilation", dilation);
      return this;
    }

    /**
     * Whether length and direction of the weights are parameters of their own.
     *
     * @param weightNorm default false
     * @return this builder
     */
    public Builder weightNorm(boolean weightNorm) {
      this.weightNorm = weightNorm;
      return this;
    }

    /**
     * Builds the block.
     *
     * @return an immutable description
     */
    public SpikeTcnBlock build() {
      return new SpikeTcnBlock(copy());
    }
  }
}
