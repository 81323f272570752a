package io.github.dl4jsnn.internal.kernel;

import java.nio.FloatBuffer;

/**
 * Rows of an array {@code [N, T, F]} of any strides, copied into and out of small Java arrays.
 *
 * <p>Copying a row costs next to nothing beside the memory access itself, and loops over Java
 * arrays are vectorised while loops over buffers are not. Not thread-safe: each thread takes its
 * own {@link #duplicate()}.
 */
public final class RowsF32 {
  private static final float[] ZEROS = new float[1 << 10];

  private final FloatBuffer zeros = FloatBuffer.wrap(ZEROS);
  private final FloatBuffer buffer;
  private final int offset;
  private final int strideN;
  private final int strideT;
  private final int strideF;

  /**
   * View of a buffer.
   *
   * @param buffer data
   * @param offset position of element (0, 0, 0)
   * @param strideN distance of two examples
   * @param strideT distance of two time steps
   * @param strideF distance of two features
   */
  public RowsF32(FloatBuffer buffer, int offset, int strideN, int strideT, int strideF) {
    this.buffer = buffer;
    this.offset = offset;
    this.strideN = strideN;
    this.strideT = strideT;
    this.strideF = strideF;
  }

  /** The same rows, for another thread. */
  public RowsF32 duplicate() {
    return new RowsF32(buffer.duplicate(), offset, strideN, strideT, strideF);
  }

  /** Whether {@code array[n, t, f..f+len)} is 0; a NaN is not. Does not copy rows. */
  public boolean isZero(int n, int t, int f, int len) {
    int at = offset + n * strideN + t * strideT + f * strideF;
    if (strideF != 1) {
      for (int i = 0; i < len; i++) {
        if (buffer.get(at + i * strideF) != 0) {
          return false;
        }
      }
      return true;
    }
    for (int from = 0; from < len; from += ZEROS.length) {
      int count = Math.min(len - from, ZEROS.length);
      zeros.limit(count);
      buffer.position(at + from);
      // compared up to the shorter end: a number below count is where they differ
      int equal = buffer.mismatch(zeros);
      if (equal >= 0 && equal < count) {
        return false;
      }
    }
    return true;
  }

  /** Reads {@code dest[0..len) = array[n, t, f..f+len)}. */
  public void get(float[] dest, int n, int t, int f, int len) {
    int at = offset + n * strideN + t * strideT + f * strideF;
    if (strideF == 1) {
      buffer.position(at);
      buffer.get(dest, 0, len);
      return;
    }
    for (int i = 0; i < len; i++) {
      dest[i] = buffer.get(at + i * strideF);
    }
  }

  /** Writes {@code array[n, t, f..f+len) = src[0..len)}. */
  public void put(float[] src, int n, int t, int f, int len) {
    int at = offset + n * strideN + t * strideT + f * strideF;
    if (strideF == 1) {
      buffer.position(at);
      buffer.put(src, 0, len);
      return;
    }
    for (int i = 0; i < len; i++) {
      buffer.put(at + i * strideF, src[i]);
    }
  }
}
