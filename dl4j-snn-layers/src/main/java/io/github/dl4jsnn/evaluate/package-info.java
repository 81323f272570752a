/**
 * Evaluations that DL4J does not have; they go into {@code doEvaluation} of a network.
 *
 * <p>Start with {@link io.github.dl4jsnn.evaluate.SeriesEvaluation}, for forecasts.
 */
package io.github.dl4jsnn.evaluate;
