/**
 * Fused loops and their helpers; imports no DL4J.
 *
 * <p>This package is not API: it may change in any release. Kernels trust their arguments; the
 * layers and operations that call them have checked these before.
 */
package io.github.dl4jsnn.internal.kernel;
