/**
 * Fused loops and their helpers; not API. Imports no DL4J and no ND4J.
 *
 * <p>Kernels do not check their arguments: the operations in {@link io.github.dl4jsnn.internal.op}
 * did. They work on row arrays that share one loop index, and without branches, because that is
 * what HotSpot's C2 turns into vector code. Everything is written once, in float, in a file {@code
 * …F32.java}; the build makes the double twin {@code …F64.java}.
 */
package io.github.dl4jsnn.internal.kernel;
