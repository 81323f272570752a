/**
 * Examples, to be read top to bottom and run with {@code mvn -q -pl dl4j-snn-examples -am compile
 * exec:java}.
 *
 * <p>Start with {@link io.github.dl4jsnn.examples.GcSnnNodeClassification}: one training run from
 * data to pictures and a saved model. {@link io.github.dl4jsnn.examples.NodeClassificationStudy}
 * repeats it over many seeds, for tables. {@link io.github.dl4jsnn.examples.WatchTraining} draws
 * what the neurons do while they learn. {@link io.github.dl4jsnn.examples.GraphClassification}
 * classifies whole graphs, {@link io.github.dl4jsnn.examples.LinkPrediction} predicts links. The
 * classes beside them are their helpers.
 */
package io.github.dl4jsnn.examples;
