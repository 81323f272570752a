package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.ConvolutionShape;
import io.github.dl4jsnn.internal.kernel.RowsF32;
import io.github.dl4jsnn.internal.kernel.WinogradF32;
import java.util.Arrays;

/**
 * Transforms of one image, with the scratch of one thread. Entry e of tile p of a chunk with P
 * tiles is row {@code e * P + p} of a block.
 */
final class WinogradTilesF32 {
  private final ConvolutionShape s;
  private final int tH;
  private final int tW;
  private final PixelRowsF32 x;
  private final PixelRowsF32 y;
  private final float[][][] lines;
  private final float[][] v;
  private final float[][][] halves;
  private final float[][] m;

  WinogradTilesF32(ConvolutionShape s) {
    this.s = s;
    tH = (s.oH + 1) / 2;
    tW = (s.oW + 1) / 2;
    // a tile more than the output needs reads beyond the image, or the image beyond the tiles
    int height = Math.max(2 * tH + 2, s.H + s.top);
    int width = Math.max(2 * tW + 2, s.W + s.left);
    x = new PixelRowsF32(s.C, height, width);
    y = new PixelRowsF32(s.K, 2 * tH, 2 * tW);
    lines = new float[4][2 * tW + 2][s.C];
    v = new float[4][s.C];
    halves = new float[2][4][s.K];
    m = new float[4][s.K];
  }

  static boolean sameSizes(ConvolutionShape a, ConvolutionShape b) {
    return a.C == b.C
        && a.K == b.K
        && a.H == b.H
        && a.W == b.W
        && a.oH == b.oH
        && a.oW == b.oW
        && a.top == b.top
        && a.left == b.left;
  }

  /** {@code v = B^T d B} of all tiles of image {@code at}, which is image n of the chunk. */
  void input(RowsF32 dest, RowsF32 images, int at, int n, int P) {
    RowsF32 out = dest.duplicate();
    x.clear();
    x.read(images.duplicate(), at, s.H, s.W, s.top, s.left);
    for (int ty = 0; ty < tH; ty++) {
      for (int c = 0; c < 2 * tW + 2; c++) {
        WinogradF32.tile(
            lines[0][c],
            lines[1][c],
            lines[2][c],
            lines[3][c],
            x.at(2 * ty, c),
            x.at(2 * ty + 1, c),
            x.at(2 * ty + 2, c),
            x.at(2 * ty + 3, c),
            s.C);
      }
      for (int tx = 0; tx < tW; tx++) {
        int p = (n * tH + ty) * tW + tx;
        for (int a = 0; a < 4; a++) {
          float[][] d = lines[a];
          WinogradF32.tile(
              v[0], v[1], v[2], v[3], d[2 * tx], d[2 * tx + 1], d[2 * tx + 2], d[2 * tx + 3], s.C);
          for (int b = 0; b < 4; b++) {
            out.put(v[b], (4 * a + b) * P + p, 0, 0, s.C);
          }
        }
      }
    }
  }

  /** Backward pass of {@link #input}. */
  void inputBackward(RowsF32 dImages, RowsF32 source, int at, int n, int P) {
    RowsF32 in = source.duplicate();
    x.clear();
    for (int ty = 0; ty < tH; ty++) {
      for (float[][] line : lines) {
        for (float[] row : line) {
          Arrays.fill(row, 0f);
        }
      }
      for (int tx = 0; tx < tW; tx++) {
        int p = (n * tH + ty) * tW + tx;
        for (int a = 0; a < 4; a++) {
          for (int b = 0; b < 4; b++) {
            in.get(v[b], (4 * a + b) * P + p, 0, 0, s.C);
          }
          float[][] d = lines[a];
          WinogradF32.tileBackward(
              d[2 * tx], d[2 * tx + 1], d[2 * tx + 2], d[2 * tx + 3], v[0], v[1], v[2], v[3], s.C);
        }
      }
      for (int c = 0; c < 2 * tW + 2; c++) {
        WinogradF32.tileBackward(
            x.at(2 * ty, c),
            x.at(2 * ty + 1, c),
            x.at(2 * ty + 2, c),
            x.at(2 * ty + 3, c),
            lines[0][c],
            lines[1][c],
            lines[2][c],
            lines[3][c],
            s.C);
      }
    }
    x.write(dImages.duplicate(), at, s.H, s.W, s.top, s.left);
  }

  /** {@code out = A^T m A} of all tiles. */
  void output(ImageSinkF32 sink, RowsF32 source, int at, int n, int P) {
    RowsF32 in = source.duplicate();
    for (int ty = 0; ty < tH; ty++) {
      for (int tx = 0; tx < tW; tx++) {
        int p = (n * tH + ty) * tW + tx;
        for (int b = 0; b < 4; b++) {
          for (int a = 0; a < 4; a++) {
            in.get(m[a], (4 * a + b) * P + p, 0, 0, s.K);
          }
          WinogradF32.output(halves[0][b], halves[1][b], m[0], m[1], m[2], m[3], s.K);
        }
        for (int i = 0; i < 2; i++) {
          float[][] h = halves[i];
          WinogradF32.output(
              y.at(2 * ty + i, 2 * tx), y.at(2 * ty + i, 2 * tx + 1), h[0], h[1], h[2], h[3], s.K);
        }
      }
    }
    y.write(sink, at, s.oH, s.oW);
  }

  /** Backward pass of {@link #output}. */
  void outputBackward(RowsF32 dest, RowsF32 gradients, int at, int n, int P) {
    RowsF32 out = dest.duplicate();
    y.clear();
    y.read(gradients.duplicate(), at, s.oH, s.oW, 0, 0);
    for (int ty = 0; ty < tH; ty++) {
      for (int tx = 0; tx < tW; tx++) {
        int p = (n * tH + ty) * tW + tx;
        for (int i = 0; i < 2; i++) {
          float[][] h = halves[i];
          WinogradF32.outputBackward(
              h[0], h[1], h[2], h[3], y.at(2 * ty + i, 2 * tx), y.at(2 * ty + i, 2 * tx + 1), s.K);
        }
        for (int b = 0; b < 4; b++) {
          WinogradF32.outputBackward(m[0], m[1], m[2], m[3], halves[0][b], halves[1][b], s.K);
          for (int a = 0; a < 4; a++) {
            out.put(m[a], (4 * a + b) * P + p, 0, 0, s.K);
          }
        }
      }
    }
  }
}
