/**
 * What users write into a network: configurations of layers and graph vertices, each with a {@code
 * Builder}.
 *
 * <p>Layers ({@link io.github.dl4jsnn.conf.LifLayer}, {@link io.github.dl4jsnn.conf.StfnLayer},
 * {@link io.github.dl4jsnn.conf.SpikeEncodingLayer}, …) go into any MultiLayerNetwork or
 * ComputationGraph; vertices ({@link io.github.dl4jsnn.conf.SpikingGraphConvVertex}, {@link
 * io.github.dl4jsnn.conf.GraphConvVertex}, and the attention vertices {@link
 * io.github.dl4jsnn.conf.SpikingGraphAttentionVertex}, {@link
 * io.github.dl4jsnn.conf.GraphAttentionVertex}) into a ComputationGraph, with features and an edge
 * list as their two inputs. {@link io.github.dl4jsnn.conf.Backend} chooses how they are computed.
 * These class names are part of saved models.
 *
 * <p>The layers stand between DL4J's own dense, convolution, pooling and recurrent layers without a
 * preprocessor set by hand: DL4J folds the time of a sequence into the batch for layers that know
 * no time, row {@code t*N + n} being step t of example n, and {@link
 * io.github.dl4jsnn.conf.UnfoldTimePreProcessor}, which input types insert, unfolds it again. A
 * batch normalisation between them takes its statistics over examples and steps.
 */
package io.github.dl4jsnn.conf;
