/**
 * What users write into a network: configurations of layers and graph vertices, each with a {@code
 * Builder}.
 *
 * <p>Layers ({@link io.github.dl4jsnn.conf.LifLayer}, {@link io.github.dl4jsnn.conf.StfnLayer},
 * {@link io.github.dl4jsnn.conf.SpikeEncodingLayer}, {@link io.github.dl4jsnn.conf.SpikeLossLayer},
 * …) go into any MultiLayerNetwork or ComputationGraph; vertices ({@link
 * io.github.dl4jsnn.conf.SpikingGraphConvVertex}, {@link io.github.dl4jsnn.conf.GraphConvVertex},
 * and the attention vertices {@link io.github.dl4jsnn.conf.SpikingGraphAttentionVertex}, {@link
 * io.github.dl4jsnn.conf.GraphAttentionVertex}) into a ComputationGraph, with features and an edge
 * list as their two inputs. {@link io.github.dl4jsnn.conf.Backend} chooses how they are computed.
 * These class names are part of saved models.
 */
package io.github.dl4jsnn.conf;
