/**
 * Examples, to be read top to bottom and run with {@code mvn -q -pl dl4j-snn-examples -am compile
 * exec:java}.
 *
 * <p>Start with {@link io.github.dl4jsnn.examples.GcSnnNodeClassification}: one training run from
 * data to pictures and a saved model. {@link io.github.dl4jsnn.examples.NodeClassificationStudy}
 * repeats it over many seeds, for tables. {@link io.github.dl4jsnn.examples.WatchTraining} draws
 * what the neurons do while they learn. {@link io.github.dl4jsnn.examples.GraphClassification}
 * classifies whole graphs, {@link io.github.dl4jsnn.examples.LinkPrediction} predicts links.
 *
 * <p>Images: {@link io.github.dl4jsnn.examples.MnistBpsaBpta} trains a convolution network on
 * digits, {@link io.github.dl4jsnn.examples.SimulatedDvs} on what an event camera sees of them,
 * {@link io.github.dl4jsnn.examples.Cifar10Snn} a deeper one on photographs; {@link
 * io.github.dl4jsnn.examples.AnnToSnn} converts a network with rectifiers into a spiking one. The
 * first three go on at their last checkpoint when they are killed. The classes beside them are
 * their helpers.
 */
package io.github.dl4jsnn.examples;
