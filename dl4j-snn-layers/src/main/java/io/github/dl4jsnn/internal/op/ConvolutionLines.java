package io.github.dl4jsnn.internal.op;

/** Consecutive lines of the images of a batch; line {@code n * oH + oy} is line oy of image n. */
final class ConvolutionLines {
  private ConvolutionLines() {}

  /** Work on the lines {@code from..to-1} of image n, which are the lines from {@code at} on. */
  interface Part {
    void run(int n, int from, int to, int at);
  }

  /** Takes lines {@code first..first+count-1} apart into images of {@code oH} lines. */
  static void forEachImage(int first, int count, int oH, Part part) {
    for (int line = first; line < first + count; ) {
      int n = line / oH;
      int end = Math.min((n + 1) * oH, first + count);
      part.run(n, line - n * oH, end - n * oH, line - first);
      line = end;
    }
  }
}
