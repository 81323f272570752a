/**
 * Watching a spiking network: what its neurons do while it trains, and pictures of it.
 *
 * <p>Start with {@link io.github.dl4jsnn.monitor.SpikingStatsListener}, attached with {@code
 * net.addListeners(...)}: firing rates, dead and saturated neurons and membrane potentials of every
 * spiking layer, into DL4J's StatsStorage as well ({@link
 * io.github.dl4jsnn.monitor.StatsStorageSink}). {@link
 * io.github.dl4jsnn.monitor.FiringRateListener} records the activations of any layer. {@link
 * io.github.dl4jsnn.monitor.MembranePotentials} gives the potentials for inputs of your choice,
 * {@link io.github.dl4jsnn.monitor.AttentionWeights} the attention of a graph, {@link
 * io.github.dl4jsnn.monitor.SnnCost} operations and energy beside those of a dense network. {@link
 * io.github.dl4jsnn.monitor.SpikePlots} draws.
 *
 * <p>Two optional dependencies: the plots need {@code org.knowm.xchart:xchart}, and the sink and
 * its records, {@link io.github.dl4jsnn.monitor.StatsStorageRecord}, need {@code
 * org.deeplearning4j:deeplearning4j-core}.
 */
package io.github.dl4jsnn.monitor;
