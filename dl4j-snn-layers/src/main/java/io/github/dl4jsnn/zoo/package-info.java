/**
 * Ready networks, in one builder call each, as in DL4J's zoo: {@code conf()} is the configuration,
 * {@code init()} the network.
 *
 * <p>{@link io.github.dl4jsnn.zoo.SpikformerForecaster} for series, {@link
 * io.github.dl4jsnn.zoo.SpikformerTextClassifier} and {@link
 * io.github.dl4jsnn.zoo.SpikformerImageClassifier}; {@link
 * io.github.dl4jsnn.zoo.TransformerForecaster} is the counterpart without spikes. For a network of
 * your own, {@link io.github.dl4jsnn.zoo.SpikformerBlock} and {@link
 * io.github.dl4jsnn.zoo.PositionalEncodingBlock} add their layers to any graph builder.
 *
 * <p>{@link io.github.dl4jsnn.zoo.SpikeTcnForecaster}, {@link
 * io.github.dl4jsnn.zoo.SpikeRnnForecaster} and their text classifiers are spiking convolution and
 * recurrent networks over positions; {@link io.github.dl4jsnn.zoo.TcnForecaster} and {@link
 * io.github.dl4jsnn.zoo.RnnForecaster} are their counterparts.
 *
 * <p>{@link io.github.dl4jsnn.zoo.BpsaNetwork} are deep convolution networks for images and event
 * cameras.
 *
 * <p><b>Two axes.</b> L positions (readings, words, patches) and T spike steps on each: see {@link
 * io.github.dl4jsnn.conf.AbstractSpikeSequenceLayer}.
 */
package io.github.dl4jsnn.zoo;
