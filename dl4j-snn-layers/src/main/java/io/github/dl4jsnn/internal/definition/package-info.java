/**
 * The mathematics of each layer in plain SameDiff; not API. These definitions are the
 * specification: they run on any ND4J backend and are what the fused kernels are tested against.
 * The only place that uses SameDiff operations.
 */
package io.github.dl4jsnn.internal.definition;
