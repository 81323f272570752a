/**
 * What DL4J calls while it trains: layers and vertices made by the configurations in {@link
 * io.github.dl4jsnn.conf}; not API.
 *
 * <p>{@code Fused…} run kernels through {@link io.github.dl4jsnn.internal.op}; {@code Defined…} run
 * the SameDiff definition and correct what DL4J 1.0.0-M2.1 gets wrong around it. Both write into
 * DL4J's workspaces like DL4J's own layers.
 */
package io.github.dl4jsnn.internal.runtime;
