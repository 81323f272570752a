/**
 * Spiking neural network layers and graph vertices for Deeplearning4j.
 *
 * <p>What holds everywhere in this library:
 *
 * <ul>
 *   <li>Axis order: {@code N} examples or graph nodes, {@code T} time steps, {@code F} features.
 *       Inside the library a sequence is always {@code [N, T, F]} in 'c' order; DL4J's {@code
 *       RNNFormat.NCW} ({@code [N, F, T]}) is accepted wherever a layer takes a sequence.
 *   <li>Data type: float or double, that of the network.
 *   <li>A spike is exactly 1, its absence exactly 0.
 *   <li>Determinism: equal seeds give equal results, on any number of threads.
 * </ul>
 *
 * <p>Start in {@link io.github.dl4jsnn.conf}: the layers and vertices that a user writes into a
 * network configuration.
 */
package io.github.dl4jsnn;
