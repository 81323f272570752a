package io.github.dl4jsnn.position;

/**
 * How a spiking network is told where in a sequence each entry stands: the choices that are
 * compared in the literature, for the networks of {@code io.github.dl4jsnn.zoo}.
 *
 * <p>With x the spikes {@code [N, T*L, D]} behind the embedding, c the code of entry {@code p = t L
 * + l}, and SN and BN neurons and batch normalisation:
 *
 * <pre>
 *   NONE       y = x
 *   RPE        y = x + SN(BN(conv(x)))             a convolution over neighbouring positions
 *   FLOAT      y = x + c                           c sinusoidal: numbers, not spikes
 *   RANDOM     y = SN(BN(W1 x + W2 c + b))         c fixed random spikes
 *   CPG        y = SN(BN(W1 x + W2 c + b))         c of central pattern generators
 *   CPG_FULL   y = x, and every linear layer of the blocks is SN(BN(W1 x + W2 c + b))
 * </pre>
 *
 * <p>A linear map of the concatenation {@code (x, c)} is {@code W1 x + W2 c}, and is computed so.
 *
 * <p><b>Source.</b> C. Lv, D. Han, Y. Wang, X. Zheng, X. Huang, D. Li, "Advancing Spiking Neural
 * Networks for Sequential Modeling with Central Pattern Generators", NeurIPS 2024: Eq. 13-15 (CPG),
 * Appendix D (CPG-Full), and what it is compared with; RPE is that of Z. Zhou et al., "Spikformer",
 * ICLR 2023, Eq. 2-3.
 */
public enum PositionalEncoding {
  /** Positions cannot be told apart. */
  NONE,
  /** A convolution over positions, added. */
  RPE,
  /** {@link SinusoidalCode}, added; its output is not made of spikes. */
  FLOAT,
  /** {@link RandomCode}, concatenated. */
  RANDOM,
  /** {@link CpgCode}, concatenated: CPG-PE. */
  CPG,
  /** {@link CpgCode} in every linear layer. */
  CPG_FULL
}
