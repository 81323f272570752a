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
 * <p>Sequences of L positions with T spike steps on each ({@link
 * io.github.dl4jsnn.conf.AbstractSpikeSequenceLayer}): {@link
 * io.github.dl4jsnn.conf.SpikingLinear}, {@link io.github.dl4jsnn.conf.SpikingConv1d} over
 * positions, {@link io.github.dl4jsnn.conf.SpikeRecurrent} and {@link
 * io.github.dl4jsnn.conf.SpikingAttention}, whose counterpart without spikes is {@link
 * io.github.dl4jsnn.conf.SoftmaxAttention}; {@link io.github.dl4jsnn.conf.RepeatOverTimeLayer} and
 * {@link io.github.dl4jsnn.conf.MeanOverTimeLayer} make T steps of each position and one value
 * again, {@link io.github.dl4jsnn.conf.PositionalEncodingLayer} tells positions apart, {@link
 * io.github.dl4jsnn.conf.DifferenceLayer} is for series. {@link
 * io.github.dl4jsnn.conf.SpikeResidualVertex} joins branches.
 *
 * <p>Images: {@link io.github.dl4jsnn.conf.SpikingConvolution}, {@link
 * io.github.dl4jsnn.conf.SpikingPooling} and {@link
 * io.github.dl4jsnn.conf.SpikingBatchNormalization} are DL4J's layers with other arithmetic; {@link
 * io.github.dl4jsnn.conf.PatchPreProcessor} cuts images into sequences of patches, {@link
 * io.github.dl4jsnn.conf.VotingLayer} reads classes from groups of neurons.
 *
 * <p>Vertices ({@link io.github.dl4jsnn.conf.SpikingGraphConvVertex}, {@link
 * io.github.dl4jsnn.conf.GraphConvVertex}, {@link
 * io.github.dl4jsnn.conf.SpikingGraphAttentionVertex}, {@link
 * io.github.dl4jsnn.conf.GraphAttentionVertex}) go into a ComputationGraph, with features and an
 * edge list as their two inputs. {@link io.github.dl4jsnn.conf.Backend} chooses how all are
 * computed. These class names are part of saved models.
 *
 * <p>The layers stand between DL4J's own dense, convolution, pooling and recurrent layers without a
 * preprocessor set by hand: DL4J folds the time of a sequence into the batch for layers that know
 * no time, row {@code t*N + n} being step t of example n, and {@link
 * io.github.dl4jsnn.conf.UnfoldTimePreProcessor}, which input types insert, unfolds it again. A
 * batch normalisation between them takes its statistics over examples and steps.
 */
package io.github.dl4jsnn.conf;
