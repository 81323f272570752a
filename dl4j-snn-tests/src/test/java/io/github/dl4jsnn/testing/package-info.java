/**
 * What tests share: {@link io.github.dl4jsnn.testing.Backends} runs one configuration on both
 * backends, {@link io.github.dl4jsnn.testing.Tolerances} says how close results must be and why,
 * {@link io.github.dl4jsnn.testing.PlainLif} and {@link io.github.dl4jsnn.testing.PlainGraphConv}
 * compute the same equations in plain loops, {@link io.github.dl4jsnn.testing.Neurons} lists the
 * neurons that every test runs through.
 */
package io.github.dl4jsnn.testing;
