/**
 * Events of cameras and cochleas: files, a simulated camera, frames, and batches for training.
 *
 * <p>{@link io.github.dl4jsnn.event.Events} is the one value all else makes or takes. It comes from
 * an {@link io.github.dl4jsnn.event.EventReader}, of which there are {@link
 * io.github.dl4jsnn.event.NMnistReader}, {@link io.github.dl4jsnn.event.Aedat2Reader} and {@link
 * io.github.dl4jsnn.event.Aedat31Reader}; from the published sets {@link
 * io.github.dl4jsnn.event.EventFolder} (N-MNIST, CIFAR10-DVS), {@link
 * io.github.dl4jsnn.event.DvsGesture} and {@link io.github.dl4jsnn.event.ShdFile}; or from an
 * {@link io.github.dl4jsnn.event.EventCamera}, which moves before pictures ({@link
 * io.github.dl4jsnn.event.CameraSet}). {@link io.github.dl4jsnn.event.EventFrames} makes frames of
 * events, {@link io.github.dl4jsnn.event.EventFrameIterator} batches of recordings, {@link
 * io.github.dl4jsnn.event.EventCameraIterator} batches of pictures seen by the camera.
 *
 * <p>Damaged files throw an {@link io.github.dl4jsnn.event.EventFormatException}, which names file
 * and byte.
 */
package io.github.dl4jsnn.event;
