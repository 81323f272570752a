package io.github.dl4jsnn.event;

import io.github.dl4jsnn.vision.ImageSet;
import java.util.Objects;

/**
 * Images as recordings of a simulated camera, made when they are asked for: a data set such as
 * N-MNIST from one such as MNIST. With {@link EventFrameIterator.Builder#cache} each image is
 * simulated once; {@link EventCameraIterator} simulates it anew in each epoch, with new noise.
 *
 * <p>Noise of an image depends on the camera's seed and the number of the image. May be used by
 * several threads.
 */
public final class CameraSet implements EventSet {
  private static final int WHITE = 255;

  private final String name;
  private final ImageSet images;
  private final int numClasses;
  private final EventCamera camera;

  /**
   * A set of recordings.
   *
   * @param name what the set is; differs between sets whose frames are kept in one folder
   * @param images images of 1 or 3 channels
   * @param numClasses number of classes
   * @param camera settings of the camera; what is white to it plays no part, since images say that
   * @throws IllegalArgumentException if images have other channels
   */
  public CameraSet(String name, ImageSet images, int numClasses, EventCamera camera) {
    this.name = Objects.requireNonNull(name, "name");
    this.images = images;
    this.numClasses = numClasses;
    this.camera = camera.withWhite(WHITE);
    if (images.channels() != 1 && images.channels() != 3) {
      throw new IllegalArgumentException(
          name + ": expected images of 1 or 3 channels, got " + images);
    }
  }

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public int numClasses() {
    return numClasses;
  }

  @Override
  public int width() {
    return camera.side(images.width());
  }

  @Override
  public int height() {
    return camera.side(images.height());
  }

  @Override
  public int label(int i) {
    return images.label(i);
  }

  @Override
  public Events events(int i) {
    float[] pixels = new float[images.channels() * images.height() * images.width()];
    for (int c = 0, k = 0; c < images.channels(); c++) {
      for (int y = 0; y < images.height(); y++) {
        for (int x = 0; x < images.width(); x++) {
          pixels[k++] = images.pixel(i, c, y, x);
        }
      }
    }
    return camera.record(pixels, 0, images.channels(), images.height(), images.width(), i);
  }

  @Override
  public String key() {
    return name + ", " + images + " seen by " + camera;
  }
}
