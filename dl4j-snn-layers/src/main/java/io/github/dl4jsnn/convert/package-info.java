/**
 * Conversion of trained networks with rectifiers into spiking ones.
 *
 * <p>Start with {@link io.github.dl4jsnn.convert.AnnToSnn}, which balances thresholds on
 * calibration data; {@link io.github.dl4jsnn.convert.Conversion} is what comes out, {@link
 * io.github.dl4jsnn.convert.ConversionReport} its accuracy over the number of time steps.
 */
package io.github.dl4jsnn.convert;
