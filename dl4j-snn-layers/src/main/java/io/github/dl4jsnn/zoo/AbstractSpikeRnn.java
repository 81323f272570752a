package io.github.dl4jsnn.zoo;

import io.github.dl4jsnn.conf.SpikeRecurrent;
import io.github.dl4jsnn.conf.SpikingLinear;
import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.Neuron;
import java.util.Objects;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;

/** Spiking recurrent networks: layers of one cell behind embedding and positional encoding. */
abstract class AbstractSpikeRnn extends AbstractSpikeNetwork {
  private final Builder<?> s;

  AbstractSpikeRnn(Builder<?> builder) {
    super(builder);
    this.s = builder.copy();
  }

  @Override
  final String addBody(GraphBuilder graph, String input) {
    String last = input;
    for (int i = 0; i < s.layers; i++) {
      String name = "layer" + i;
      if (s.cell == SpikeRnnCell.POSITIONS) {
        graph.addLayer(name, overPositions(), last);
      } else {
        graph.addLayer(name, overSteps(), last);
      }
      last = name;
    }
    return last;
  }

  private SpikeRecurrent overPositions() {
    SpikeRecurrent.Builder layer =
        new SpikeRecurrent.Builder()
            .nOut(hidden())
            .timeSteps(timeSteps())
            .neuron(s.cellNeuron)
            .positionalCode(layerCode())
            .backend(backend());
    if (retain() != 1) {
      layer.dropOut(retain());
    }
    return layer.build();
  }

  private SpikingLinear overSteps() {
    SpikingLinear.Builder layer =
        new SpikingLinear.Builder()
            .nOut(hidden())
            .timeSteps(timeSteps())
            .batchNorm(false)
            .neuron(s.cellNeuron)
            .positionalCode(layerCode())
            .backend(backend());
    if (retain() != 1) {
      layer.dropOut(retain());
    }
    return layer.build();
  }

  /**
   * What the builders of spiking recurrent networks share.
   *
   * @param <T> the builder
   */
  @SuppressWarnings("unchecked")
  public abstract static class Builder<T extends Builder<T>>
      extends AbstractSpikeNetwork.Builder<T> {
    private int layers = 2;
    private SpikeRnnCell cell = SpikeRnnCell.POSITIONS;

    /**
     * Without batch normalisation, currents of fresh weights have a deviation of about 0.4; a
     * threshold of 1 would be silence.
     */
    private Neuron cellNeuron =
        LifParameters.builder().threshold(0.3).surrogate(new ArctanSurrogate()).build();

    Builder() {}

    /**
     * Sets the number of layers of the cell.
     *
     * @param layers at least 1; default 2
     * @return this builder
     */
    public T layers(int layers) {
      this.layers = size("layers", layers);
      return (T) this;
    }

    /**
     * Sets what the layers are made of.
     *
     * @param cell default {@link SpikeRnnCell#POSITIONS}
     * @return this builder
     */
    public T cell(SpikeRnnCell cell) {
      this.cell = Objects.requireNonNull(cell, "cell");
      return (T) this;
    }

    /**
     * Sets the neurons of the recurrent layers.
     *
     * @param neuron default LIF with threshold 0.3 and an arctan surrogate
     * @return this builder
     */
    public T cellNeuron(Neuron neuron) {
      this.cellNeuron = Objects.requireNonNull(neuron, "neuron");
      return (T) this;
    }
  }
}
