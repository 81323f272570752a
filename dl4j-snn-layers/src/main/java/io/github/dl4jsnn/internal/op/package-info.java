/**
 * Operations between a layer and its kernels; not API. They check arguments, take ND4J arrays apart
 * into rows, keep what the backward pass needs, and spread the rows over threads. Imports no DL4J.
 *
 * <p>From a layer to its arithmetic: layer ({@link io.github.dl4jsnn.internal.runtime}), operation
 * (here), kernel ({@link io.github.dl4jsnn.internal.kernel}).
 */
package io.github.dl4jsnn.internal.op;
