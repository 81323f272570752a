/**
 * Ready networks of the literature: configuration in one builder call, {@code conf()} for DL4J's
 * configuration, {@code init()} for a network that can be trained. {@link
 * io.github.dl4jsnn.zoo.BpsaNetwork} are deep convolution networks for images and event cameras.
 */
package io.github.dl4jsnn.zoo;
