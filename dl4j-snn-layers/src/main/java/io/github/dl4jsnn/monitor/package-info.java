/**
 * Watching a spiking network: how often its layers fire while it trains, and pictures of spikes and
 * curves.
 *
 * <p>Start with {@link io.github.dl4jsnn.monitor.FiringRateListener}, attached with {@code
 * net.addListeners(...)}; {@link io.github.dl4jsnn.monitor.SpikeStatistics} gives the same numbers
 * for one array. {@link io.github.dl4jsnn.monitor.SynapticOperations} counts the additions of a
 * forward pass, {@link io.github.dl4jsnn.monitor.AttentionWeights} shows its attention. {@link
 * io.github.dl4jsnn.monitor.SpikePlots} draws, and alone needs the optional dependency {@code
 * org.knowm.xchart:xchart}.
 */
package io.github.dl4jsnn.monitor;
