/**
 * Layers and vertices that users put into a DL4J network configuration.
 *
 * <p>Layers go into any MultiLayerNetwork or ComputationGraph: neurons ({@link
 * io.github.dl4jsnn.conf.LifLayer}, {@link io.github.dl4jsnn.conf.NeuronLayer}), what stands before
 * them ({@link io.github.dl4jsnn.conf.SpikingDense}, {@link
 * io.github.dl4jsnn.conf.SpikeEncodingLayer}, {@link io.github.dl4jsnn.conf.StfnLayer}, the batch
 * normalisations of {@link io.github.dl4jsnn.conf.AbstractTemporalBatchNormLayer}) and behind
 * ({@link io.github.dl4jsnn.conf.SpikeReadoutLayer}, {@link
 * io.github.dl4jsnn.conf.SpikeLossLayer}).
 *
 * <p>Vertices ({@link io.github.dl4jsnn.conf.SpikingGraphConvVertex}, {@link
 * io.github.dl4jsnn.conf.GraphConvVertex}, {@link
 * io.github.dl4jsnn.conf.SpikingGraphAttentionVertex}, {@link
 * io.github.dl4jsnn.conf.GraphAttentionVertex}) go into a ComputationGraph, with features and an
 * edge list as their two inputs. {@link io.github.dl4jsnn.conf.Backend} chooses how all are
 * computed. These class names are part of saved models.
 */
package io.github.dl4jsnn.conf;
