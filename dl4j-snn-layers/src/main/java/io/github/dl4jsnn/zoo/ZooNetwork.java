package io.github.dl4jsnn.zoo;

import io.github.dl4jsnn.learning.AdamW;
import java.util.Objects;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;

/** What the ready networks share: seed, updater, data type, and how a network is made. */
public abstract class ZooNetwork {
  private final Builder<?> settings;

  ZooNetwork(Builder<?> builder) {
    this.settings = builder.copy();
  }

  /** Adds inputs, layers, outputs and input types. */
  abstract void build(GraphBuilder graph);

  /**
   * The configuration.
   *
   * @return a new one each time
   */
  public final ComputationGraphConfiguration conf() {
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(settings.seed)
            .dataType(settings.dataType)
            .updater(settings.updater.clone())
            .graphBuilder();
    build(graph);
    ComputationGraphConfiguration conf = graph.build();
    return settings.adamW == null ? conf : settings.adamW.applyTo(conf);
  }

  /**
   * The network.
   *
   * @return a new one each time, its parameters initialised
   */
  public final ComputationGraph init() {
    ComputationGraph network = new ComputationGraph(conf());
    network.init();
    return network;
  }

  /**
   * What the builders share.
   *
   * @param <T> the builder
   */
  @SuppressWarnings("unchecked")
  public abstract static class Builder<T extends Builder<T>> extends ZooBuilder<T> {
    private long seed = 1;
    private DataType dataType = DataType.FLOAT;
    private IUpdater updater = new Adam(1e-3);
    private AdamW adamW;

    Builder() {}

    /**
     * Builds the description of the network.
     *
     * @return an immutable description
     * @throws IllegalArgumentException if the settings do not go together
     */
    public abstract ZooNetwork build();

    /**
     * Sets the seed of the initial parameters.
     *
     * @param seed default 1
     * @return this builder
     */
    public T seed(long seed) {
      this.seed = seed;
      return (T) this;
    }

    /**
     * Sets the data type of the network.
     *
     * @param dataType FLOAT, the default, or DOUBLE
     * @return this builder
     */
    public T dataType(DataType dataType) {
      this.dataType = Objects.requireNonNull(dataType, "dataType");
      return (T) this;
    }

    /**
     * Sets the updater of all layers.
     *
     * @param updater default Adam with learning rate 1e-3
     * @return this builder
     */
    public T updater(IUpdater updater) {
      this.updater = Objects.requireNonNull(updater, "updater");
      return (T) this;
    }

    /**
     * Sets Adam with decoupled weight decay, in the place of the updater.
     *
     * @param adamW default null: none
     * @return this builder
     */
    public T adamW(AdamW adamW) {
      this.adamW = adamW;
      return (T) this;
    }
  }
}
