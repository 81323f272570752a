/**
 * Losses of spiking networks: what compares the spikes or membrane potentials of an output layer,
 * over all time steps, with the label.
 *
 * <p>Start with {@link io.github.dl4jsnn.conf.SpikeLossLayer}, the output layer that uses them, and
 * {@link io.github.dl4jsnn.learning.SpikeLoss}, which lists them with their names elsewhere. A loss
 * sees one example at a time; masks, labels of a batch and means are the layer's work.
 */
package io.github.dl4jsnn.learning;
