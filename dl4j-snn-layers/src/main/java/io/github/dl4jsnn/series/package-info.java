/**
 * Multivariate series to forecast: reading, scaling, and windows as a DL4J iterator.
 *
 * <p>Start with {@link io.github.dl4jsnn.series.SeriesWindows}, which takes {@link
 * io.github.dl4jsnn.series.SeriesData} to training, validation and test iterators. {@link
 * io.github.dl4jsnn.series.SeriesSets} names the data sets, {@link
 * io.github.dl4jsnn.series.SeriesReader} reads your own, and {@link
 * io.github.dl4jsnn.series.GeneratedSeries} makes one.
 */
package io.github.dl4jsnn.series;
