/** Text files on disk, plain or packed, for the readers of data sets. */
package io.github.dl4jsnn.internal.text;
