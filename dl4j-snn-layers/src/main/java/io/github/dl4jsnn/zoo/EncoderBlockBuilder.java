package io.github.dl4jsnn.zoo;

import io.github.dl4jsnn.position.PositionalCode;

/**
 * What the builders of the blocks behind the positional encoding share.
 *
 * @param <T> the builder
 */
@SuppressWarnings("unchecked")
public abstract class EncoderBlockBuilder<T extends EncoderBlockBuilder<T>>
    extends BlockBuilder<T> {
  PositionalCode code;
  double dropOut = 1;

  EncoderBlockBuilder(int hidden, int timeSteps) {
    super(hidden, timeSteps);
  }

  /**
   * Sets a code of the positions, put behind the input of each linear map or convolution
   * (CPG-Full).
   *
   * @param code default null: none
   * @return this builder
   */
  public T positionalCode(PositionalCode code) {
    this.code = code;
    return (T) this;
  }

  /**
   * Sets dropout on the input of the linear maps or convolutions.
   *
   * @param retain probability to keep an input, in (0, 1], as in DL4J; default 1: no dropout
   * @return this builder
   */
  public T dropOut(double retain) {
    this.dropOut = retain(retain);
    return (T) this;
  }
}
