/**
 * Not for users, may change: what the readers and iterators of the packages graph, series, text,
 * vision and event share, namely files of rows ({@link io.github.dl4jsnn.internal.data.TsvFile}),
 * files of bytes ({@link io.github.dl4jsnn.internal.data.ByteFile}) and shuffled batches ({@link
 * io.github.dl4jsnn.internal.data.AbstractBatchIterator}).
 */
package io.github.dl4jsnn.internal.data;
