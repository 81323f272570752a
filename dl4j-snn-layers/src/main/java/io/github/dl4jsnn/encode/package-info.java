/**
 * Spike encoders: real-valued features {@code [N, F]} to spike trains {@code [N, T, F]}.
 *
 * <p>Start with {@link io.github.dl4jsnn.encode.SpikeEncoder}; {@link
 * io.github.dl4jsnn.encode.DirectEncoder} and {@link io.github.dl4jsnn.encode.RateEncoder} are
 * deterministic, {@link io.github.dl4jsnn.encode.BernoulliEncoder} and {@link
 * io.github.dl4jsnn.encode.PoissonEncoder} draw from a seed, {@link
 * io.github.dl4jsnn.encode.LatencyEncoder} puts the value into the time of one spike, {@link
 * io.github.dl4jsnn.encode.PhaseEncoder} into binary digits, {@link
 * io.github.dl4jsnn.encode.PopulationEncoder} into several neurons; {@link
 * io.github.dl4jsnn.encode.DeltaEncoder} finds the changes of a sequence. {@link
 * io.github.dl4jsnn.encode.EncodingPreProcessor} applies one of them to the data sets of an
 * iterator, {@link io.github.dl4jsnn.conf.SpikeEncodingLayer} inside a network.
 */
package io.github.dl4jsnn.encode;
