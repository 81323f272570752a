package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.internal.kernel.ConvolutionShape;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.util.ConvolutionUtils;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

/** Images as DL4J's convolution layers exchange them, and as the kernels want them. */
final class FoldedImages {
  private FoldedImages() {}

  /** The images as a contiguous {@code [N, C, H, W]}; a copy only if they are not. */
  static INDArray nchw(INDArray images, CNN2DFormat format, DataType type) {
    INDArray a = format == CNN2DFormat.NHWC ? images.permute(0, 3, 1, 2) : images;
    return contiguous(a.dataType() == type ? a : a.castTo(type));
  }

  /** {@code [N, C, H, W]} in the format of the layer; a view. */
  static INDArray inFormat(INDArray nchw, CNN2DFormat format) {
    return format == CNN2DFormat.NHWC ? nchw.permute(0, 2, 3, 1) : nchw;
  }

  /** The array itself, or a copy outside of workspaces. */
  static INDArray contiguous(INDArray a) {
    if (a.ordering() == 'c' && Shape.hasDefaultStridesForShape(a)) {
      return a;
    }
    try (MemoryWorkspace ignored = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
      return a.dup('c');
    }
  }

  /** Sizes of a convolution, checked as DL4J checks them. */
  static ConvolutionShape shape(ConvolutionLayer conf, INDArray in) {
    return shape(
        in,
        (int) conf.getNOut(),
        conf.getKernelSize(),
        conf.getStride(),
        conf.getPadding(),
        conf.getDilation(),
        conf.getConvolutionMode());
  }

  /** Sizes of pooling, checked as DL4J checks them. */
  static ConvolutionShape shape(SubsamplingLayer conf, INDArray in) {
    return shape(
        in,
        (int) in.size(1),
        conf.getKernelSize(),
        conf.getStride(),
        conf.getPadding(),
        conf.getDilation(),
        conf.getConvolutionMode());
  }

  private static ConvolutionShape shape(
      INDArray in,
      int nOut,
      int[] kernel,
      int[] stride,
      int[] padding,
      int[] dilation,
      ConvolutionMode mode) {
    boolean same = mode == ConvolutionMode.Same;
    int[] out =
        ConvolutionUtils.getOutputSize(
            in, kernel, stride, same ? null : padding, mode, dilation, CNN2DFormat.NCHW);
    int[] size = {(int) in.size(2), (int) in.size(3)};
    int[] pad =
        same
            ? ConvolutionUtils.getSameModeTopLeftPadding(out, size, kernel, stride, dilation)
            : padding;
    return new ConvolutionShape(
        new int[] {(int) in.size(1), size[0], size[1]},
        new int[] {nOut, out[0], out[1]},
        kernel,
        stride,
        pad,
        dilation);
  }
}
