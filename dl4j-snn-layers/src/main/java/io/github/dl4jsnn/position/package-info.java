/**
 * Positional encoding in spikes: codes of central pattern generators (CPG-PE), what they are
 * compared with, and the neurons that make them.
 *
 * <p>Start with {@link io.github.dl4jsnn.position.CpgCode}, which holds the equation, and its
 * {@code unique(n)}, which picks the settings; {@link io.github.dl4jsnn.position.RepetitionRate}
 * says whether two positions share a code. {@link io.github.dl4jsnn.position.CpgNeuron} makes such
 * rhythms from two LIF neurons.
 *
 * <p><b>Two axes.</b> A spiking sequence network has L positions (words, readings, patches) and
 * runs T spike steps on each. Everything in this package counts flattened positions {@code p = t *
 * L + l}, step by step.
 */
package io.github.dl4jsnn.position;
