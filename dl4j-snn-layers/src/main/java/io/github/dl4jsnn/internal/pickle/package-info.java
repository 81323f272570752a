/**
 * Python pickles of NumPy arrays and SciPy sparse matrices; not API.
 *
 * <p>Start with {@link io.github.dl4jsnn.internal.pickle.PickleFile}. The instructions of the
 * format are run by {@code net.razorvine:pickle}; what may be in a file, and how large it may
 * become in memory, is decided here.
 */
package io.github.dl4jsnn.internal.pickle;
