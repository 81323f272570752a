package io.github.dl4jsnn.conf;

import io.github.dl4jsnn.position.CpgCode;

/**
 * CPG-Linear: a {@link SpikingLinear} whose positional code is CPG-PE, {@code o = SN(BN(W x + b +
 * W2 c))}. A network with every linear layer replaced by it is called CPG-Full.
 *
 * <p>There is no layer of this name, only the builder with another default, so that saved models
 * know one class; {@link SpikingLinear} cites the source.
 */
public final class CpgLinear {
  private CpgLinear() {}

  /**
   * A builder with the default {@link CpgCode}, which tells 4096 entries apart.
   *
   * @return builder of a {@link SpikingLinear}; other settings of the code by {@code
   *     positionalCode(CpgCode.unique(T * L))}
   */
  public static SpikingLinear.Builder builder() {
    return new SpikingLinear.Builder().positionalCode(CpgCode.builder().build());
  }
}
