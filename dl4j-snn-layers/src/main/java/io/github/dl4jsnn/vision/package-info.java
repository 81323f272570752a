/**
 * Labelled images as data, from the files of MNIST and CIFAR-10 as their authors publish them,
 * gzipped or not.
 *
 * <p>Start with {@link io.github.dl4jsnn.vision.Mnist} and {@link
 * io.github.dl4jsnn.vision.Cifar10}; {@link io.github.dl4jsnn.vision.ImageIterator} makes batches
 * {@code [N, C, H, W]} of an {@link io.github.dl4jsnn.vision.ImageSet}, in 0..1 or normalised by
 * {@link io.github.dl4jsnn.vision.ChannelStatistics} of the training part, with random crops and
 * mirror images. {@link io.github.dl4jsnn.vision.IdxFile} reads any IDX file of bytes. For
 * sequences of patches see {@link io.github.dl4jsnn.conf.PatchPreProcessor}.
 */
package io.github.dl4jsnn.vision;
