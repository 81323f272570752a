package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.ConvolutionShape;

/**
 * Ways to compute a convolution. Which one a pass takes follows from its sizes and the measured
 * density of its input alone; numbers in docs/design-notes.md.
 */
enum ConvolutionMethod {
  /** The fastest for sizes and density. */
  AUTO,
  /** One row of weights for each spike and window that sees it. */
  EVENTS,
  /** Windows laid out as rows, then a matrix product. */
  PRODUCT,
  /** Products of transformed tiles, with 4/9 of the multiplications; 3x3 kernels of stride 1. */
  WINOGRAD;

  /** System property for measurements: the name of a method, for all layers of the process. */
  static final String PROPERTY = "dl4j.snn.convolution";

  /** Fewer channels are not worth the transforms. */
  private static final int WINOGRAD_CHANNELS = 16;

  /** Break-even density of the forward pass against {@link #WINOGRAD}, and against products. */
  private static final double FORWARD_WINOGRAD = 0.15;

  private static final double FORWARD_PRODUCT = 0.3;

  /** Break-even densities of the weight gradient. */
  private static final double GRADIENT_WINOGRAD = 0.03;

  private static final double GRADIENT_PRODUCT = 0.15;

  /** Narrow outputs do not repay finding the spikes, */
  private static final int FORWARD_OUTPUTS = 16;

  /** still less in the gradient, which passes them once an entry of the kernel. */
  private static final int GRADIENT_OUTPUTS = 64;

  /** As the system property says. */
  static ConvolutionMethod chosen() {
    return valueOf(System.getProperty(PROPERTY, AUTO.name()).toUpperCase(java.util.Locale.ROOT));
  }

  /** The method of a forward pass. */
  ConvolutionMethod forward(ConvolutionShape s, double density) {
    return choose(s, density, FORWARD_WINOGRAD, FORWARD_PRODUCT, FORWARD_OUTPUTS);
  }

  /** The method of a weight gradient, after a forward pass by {@code forward}. */
  ConvolutionMethod gradient(ConvolutionShape s, double density) {
    return choose(s, density, GRADIENT_WINOGRAD, GRADIENT_PRODUCT, GRADIENT_OUTPUTS);
  }

  /** The method without regard to spikes. */
  ConvolutionMethod dense(ConvolutionShape s) {
    boolean plain = s.sH == 1 && s.sW == 1 && s.dH == 1 && s.dW == 1;
    boolean fits = s.kH == 3 && s.kW == 3 && plain && s.top <= 2 && s.left <= 2;
    boolean pays = this == WINOGRAD || Math.min(s.C, s.K) >= WINOGRAD_CHANNELS;
    return this != PRODUCT && fits && pays ? WINOGRAD : PRODUCT;
  }

  private ConvolutionMethod choose(
      ConvolutionShape s, double density, double winograd, double product, int outputs) {
    ConvolutionMethod dense = dense(s);
    if (this == AUTO) {
      double breakEven = s.K < outputs ? 0 : dense == WINOGRAD ? winograd : product;
      return density <= breakEven ? EVENTS : dense;
    }
    return this == EVENTS ? EVENTS : dense;
  }
}
