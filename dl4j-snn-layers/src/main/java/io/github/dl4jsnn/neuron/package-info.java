/**
 * What a spiking neuron is made of: small immutable values that are part of a layer's
 * configuration.
 *
 * <p>{@link io.github.dl4jsnn.neuron.LifParameters} holds the equation of the leaky
 * integrate-and-fire neuron and all its constants; {@link io.github.dl4jsnn.neuron.SpikingNeuron}
 * what all neurons that fire have in common, {@link io.github.dl4jsnn.neuron.ParametricLif} and its
 * neighbours the other models, {@link io.github.dl4jsnn.neuron.CustomNeuron} those of your own.
 * {@link io.github.dl4jsnn.neuron.Surrogate} stands in for the derivative of a spike. Nothing here
 * depends on a network.
 */
package io.github.dl4jsnn.neuron;
