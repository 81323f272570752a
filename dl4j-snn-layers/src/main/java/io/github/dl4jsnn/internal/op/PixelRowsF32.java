package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.RowsF32;
import java.util.Arrays;

/**
 * One image with its channels last: a row of channels for each pixel, so that loops over channels
 * are long and contiguous. May be larger than the image; the margin is 0.
 */
final class PixelRowsF32 {
  /** Channels turned at a time: the rows that they touch are one cache line each. */
  private static final int TILE = 16;

  private final int channels;
  private final int width;
  private final float[][] rows;
  private float[] planes = new float[0];

  PixelRowsF32(int channels, int height, int width) {
    this.channels = channels;
    this.width = width;
    this.rows = new float[height * width][channels];
  }

  /** Channels of the pixel at (y, x). */
  float[] at(int y, int x) {
    return rows[y * width + x];
  }

  /** All pixels, line by line. */
  float[][] rows() {
    return rows;
  }

  void clear() {
    for (float[] row : rows) {
      Arrays.fill(row, 0f);
    }
  }

  /**
   * Reads an image of H x W pixels whose pixel (0, 0) becomes (top, left); the margin stays as it
   * is.
   *
   * @param images (in) channels of images, see {@link ImageSinkF32#channels}
   */
  void read(RowsF32 images, int n, int H, int W, int top, int left) {
    for (int c = 0; c < channels; c += TILE) {
      int count = Math.min(TILE, channels - c);
      float[] p = planes(images, n * channels + c, count, H * W);
      for (int y = 0; y < H; y++) {
        for (int x = 0; x < W; x++) {
          float[] row = at(y + top, x + left);
          int pixel = y * W + x;
          for (int j = 0; j < count; j++) {
            row[c + j] = p[j * H * W + pixel];
          }
        }
      }
    }
  }

  private float[] planes(RowsF32 images, int first, int count, int pixels) {
    planes = ScratchF32.row(planes, TILE * pixels);
    images.get(planes, first, 0, 0, count * pixels); // channels of an image follow each other
    return planes;
  }

  /** Writes the image that begins at (top, left). */
  void write(RowsF32 images, int n, int H, int W, int top, int left) {
    float[] plane = new float[TILE * H * W];
    forTiles(
        H,
        W,
        top,
        left,
        plane,
        (c, count) -> images.put(plane, n * channels + c, 0, 0, count * H * W));
  }

  /** Writes the image that begins at (0, 0). */
  void write(ImageSinkF32 sink, int n, int H, int W) {
    float[] tile = new float[TILE * H * W];
    float[] plane = new float[H * W];
    forTiles(
        H,
        W,
        0,
        0,
        tile,
        (c, count) -> {
          for (int j = 0; j < count; j++) {
            System.arraycopy(tile, j * H * W, plane, 0, H * W);
            sink.put(plane, n, c + j, 0, H * W);
          }
        });
  }

  /** Work on channels {@code c..c+count-1}, which lie in the planes. */
  private interface Tile {
    void run(int c, int count);
  }

  private void forTiles(int H, int W, int top, int left, float[] p, Tile tile) {
    for (int c = 0; c < channels; c += TILE) {
      int count = Math.min(TILE, channels - c);
      for (int y = 0; y < H; y++) {
        for (int x = 0; x < W; x++) {
          float[] row = at(y + top, x + left);
          int pixel = y * W + x;
          for (int j = 0; j < count; j++) {
            p[j * H * W + pixel] = row[c + j];
          }
        }
      }
      tile.run(c, count);
    }
  }
}
