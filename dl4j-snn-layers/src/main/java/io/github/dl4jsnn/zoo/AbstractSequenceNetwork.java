package io.github.dl4jsnn.zoo;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;

/**
 * What the networks of sequences share: the input of their task, an encoder of its positions, a
 * readout of one row an example, the output of the task.
 */
public abstract class AbstractSequenceNetwork extends ZooNetwork {
  /** Name of the network's input. */
  static final String INPUT = "input";

  /** Name of the output layer. */
  static final String OUTPUT = "output";

  private final Builder<?> s;

  AbstractSequenceNetwork(Builder<?> builder) {
    super(builder);
    this.s = builder.copy();
  }

  final SequenceTask task() {
    return s.task();
  }

  /** D, the number of features of each position. */
  final int hidden() {
    return s.hidden;
  }

  /** Probability to keep an input of a layer. */
  final double retain() {
    return s.dropOut;
  }

  /**
   * Adds the encoder.
   *
   * @param graph where to
   * @param input name of a sequence {@code [N, L, F]}
   * @return name of the last layer or vertex
   */
  abstract String addEncoder(GraphBuilder graph, String input);

  /**
   * Adds what makes one row of each example.
   *
   * @param graph where to
   * @param input name of the encoder's output
   * @return name of the rows, {@code [N, D]}
   */
  abstract String addReadout(GraphBuilder graph, String input);

  @Override
  final void build(GraphBuilder graph) {
    graph.addInputs(INPUT);
    String encoded = addEncoder(graph, task().addInput(graph, INPUT));
    task().addOutput(graph, OUTPUT, addReadout(graph, encoded), retain());
  }

  /**
   * What the builders of networks of sequences share.
   *
   * @param <T> the builder
   */
  @SuppressWarnings("unchecked")
  public abstract static class Builder<T extends Builder<T>> extends ZooNetwork.Builder<T> {
    private int hidden = 128;
    private double dropOut = 1;

    Builder() {}

    /** What the network is for. */
    abstract SequenceTask task();

    /**
     * Sets the number of features of each position.
     *
     * @param hidden D, at least 1, a multiple of the heads where there are any; default 128
     * @return this builder
     */
    public T hidden(int hidden) {
      this.hidden = size("hidden", hidden);
      return (T) this;
    }

    /**
     * Sets dropout on the input of the layers with weights that stand behind the embedding and the
     * positional encoding; where there is no embedding, behind the first layer.
     *
     * @param retain probability to keep an input, in (0, 1], as in DL4J; default 1: no dropout
     * @return this builder
     */
    public T dropOut(double retain) {
      this.dropOut = retain(retain);
      return (T) this;
    }
  }
}
