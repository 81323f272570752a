package io.github.dl4jsnn.event;

/** A picture as a displaced sensor sees it: bilinear luminance, edges that go on, logarithm. */
final class LogPicture {
  private final double[] luminance;
  private final double[] logarithm;
  private final int height;
  private final int width;
  private final int margin;
  private final double offset;

  LogPicture(double[] luminance, int height, int width, int margin, double offset) {
    this.luminance = luminance;
    this.height = height;
    this.width = width;
    this.margin = margin;
    this.offset = offset;
    logarithm = new double[luminance.length];
    for (int i = 0; i < luminance.length; i++) {
      logarithm[i] = Math.log(offset + luminance[i]);
    }
  }

  /** Log brightness of all pixels of the sensor (out), at a displacement in pixels. */
  void look(double dx, double dy, double[] out) {
    int x0 = (int) Math.floor(dx);
    int y0 = (int) Math.floor(dy);
    double fx = dx - x0;
    double fy = dy - y0;
    int[] left = places(x0, width, 1);
    int[] right = places(x0 + 1, width, 1);
    int[] top = places(y0, height, width);
    int[] bottom = places(y0 + 1, height, width);
    for (int y = 0, i = 0; y < top.length; y++) {
      for (int x = 0; x < left.length; x++, i++) {
        int upper = top[y];
        int lower = bottom[y];
        out[i] =
            between(upper + left[x], upper + right[x], lower + left[x], lower + right[x], fx, fy);
      }
    }
  }

  /** Where the sensor's columns, or rows, find theirs in the picture, whose edge goes on. */
  private int[] places(int displacement, int length, int stride) {
    int[] places = new int[length + 2 * margin];
    for (int i = 0; i < places.length; i++) {
      places[i] = Math.max(0, Math.min(length - 1, i - margin + displacement)) * stride;
    }
    return places;
  }

  private double between(int a, int b, int c, int d, double fx, double fy) {
    double l = luminance[a];
    if (l == luminance[b] && l == luminance[c] && l == luminance[d]) {
      return logarithm[a]; // most of a picture of a digit, and a logarithm saved
    }
    double upper = l + fx * (luminance[b] - l);
    double lower = luminance[c] + fx * (luminance[d] - luminance[c]);
    return Math.log(offset + upper + fy * (lower - upper));
  }
}
