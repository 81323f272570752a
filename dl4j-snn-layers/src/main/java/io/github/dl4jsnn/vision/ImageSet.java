package io.github.dl4jsnn.vision;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;

/**
 * Labelled images of one size, a byte a value.
 *
 * <p><b>Shape.</b> {@code [N, C, H, W]}, last dimension fastest; bytes are read as 0 to 255.
 * Immutable.
 */
public final class ImageSet implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] pixels;
  private final byte[] labels;
  private final int channels;
  private final int height;
  private final int width;

  /**
   * Labelled images.
   *
   * @param pixels {@code [N, C, H, W]}, copied
   * @param labels numbers of the classes, from 0, copied
   * @param channels C
   * @param height H
   * @param width W
   * @throws IllegalArgumentException if there is no image, or pixels and labels do not fit
   */
  public ImageSet(byte[] pixels, byte[] labels, int channels, int height, int width) {
    this.pixels = pixels.clone();
    this.labels = labels.clone();
    this.channels = channels;
    this.height = height;
    this.width = width;
    long expected = (long) labels.length * channels * height * width;
    if (labels.length == 0 || pixels.length != expected) {
      throw new IllegalArgumentException(
          String.format(
              "expected %d x %d x %d values for each of %d images (at least 1), got %d",
              channels, height, width, labels.length, pixels.length));
    }
  }

  /**
   * Number of images.
   *
   * @return N
   */
  public int size() {
    return labels.length;
  }

  /**
   * Number of channels.
   *
   * @return C
   */
  public int channels() {
    return channels;
  }

  /**
   * Height of the images.
   *
   * @return H
   */
  public int height() {
    return height;
  }

  /**
   * Width of the images.
   *
   * @return W
   */
  public int width() {
    return width;
  }

  /**
   * Class of an image.
   *
   * @param image number of the image
   * @return number of the class, from 0
   */
  public int label(int image) {
    return labels[image] & 255;
  }

  /**
   * One value of an image.
   *
   * @param image number of the image
   * @param channel from 0 to C - 1
   * @param y row, from the top
   * @param x column, from the left
   * @return 0 to 255
   */
  public int pixel(int image, int channel, int y, int x) {
    Objects.checkIndex(channel, channels);
    Objects.checkIndex(y, height);
    Objects.checkIndex(x, width);
    return pixels[((image * channels + channel) * height + y) * width + x] & 255;
  }

  /**
   * A part of the images.
   *
   * @param from number of the first image
   * @param to one more than that of the last, above {@code from}
   * @return a copy
   */
  public ImageSet range(int from, int to) {
    Objects.checkFromToIndex(from, to, size());
    int length = channels * height * width;
    return new ImageSet(
        Arrays.copyOfRange(pixels, from * length, to * length),
        Arrays.copyOfRange(labels, from, to),
        channels,
        height,
        width);
  }

  /** All bytes, not to be changed; for the iterator's inner loop. */
  byte[] pixels() {
    return pixels;
  }

  @Override
  public String toString() {
    return String.format("%d images of %d x %d x %d", size(), channels, height, width);
  }
}
