/** Tests of series data. */
package io.github.dl4jsnn.series;
