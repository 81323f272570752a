package io.github.dl4jsnn.monitor;

import io.github.dl4jsnn.conf.AbstractGraphConvVertex;
import io.github.dl4jsnn.conf.SpikingConvolution;
import io.github.dl4jsnn.conf.SpikingDense;
import io.github.dl4jsnn.conf.TrainableEncodingLayer;
import io.github.dl4jsnn.graph.Propagation;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SDVertexParams;
import org.deeplearning4j.util.ConvolutionUtils;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How many outputs each input of an affine map goes into. */
final class FanOut {

  /** These alone: a subclass may compute something else. */
  private static final Set<Class<?>> DENSE =
      Set.of(DenseLayer.class, OutputLayer.class, RnnOutputLayer.class);

  private FanOut() {}

  /**
   * Returns the number of outputs of each input of a row.
   *
   * @return one number a feature (a channel of a pixel), in the order of memory; null if the layer
   *     has no affine map that is known here
   */
  static long[] of(PassedLayer layer) {
    Object conf = layer.conf;
    if (conf instanceof AbstractGraphConvVertex) {
      return vertex((AbstractGraphConvVertex) conf);
    }
    if (conf instanceof SpikingDense) {
      SpikingDense dense = (SpikingDense) conf;
      return all(dense.getNIn(), dense.getNOut());
    }
    if (conf instanceof TrainableEncodingLayer) {
      TrainableEncodingLayer encoding = (TrainableEncodingLayer) conf;
      return all(encoding.getNIn(), encoding.getNOut());
    }
    if (DENSE.contains(conf.getClass())) {
      FeedForwardLayer dense = (FeedForwardLayer) conf;
      return all(dense.getNIn(), dense.getNOut());
    }
    return conf.getClass() == ConvolutionLayer.class || conf instanceof SpikingConvolution
        ? convolution((ConvolutionLayer) conf, layer.in[0], layer.out)
        : null;
  }

  private static long[] all(long nIn, long fanOut) {
    long[] all = new long[Math.toIntExact(nIn)];
    Arrays.fill(all, fanOut);
    return all;
  }

  /**
   * All matrices with a row for each feature, of whatever propagation follows; the map of a maximum
   * over neighbours does not get the input, and is not known.
   */
  private static long[] vertex(AbstractGraphConvVertex conf) {
    if (conf.getPropagation().getKind() == Propagation.Kind.MAX) {
      return null;
    }
    SDVertexParams params = conf.getVertexParams();
    Map<String, long[]> shapes = params.getParamShapes();
    long columns = 0;
    for (String key : params.getWeightParameterKeys()) {
      long[] shape = shapes.get(key);
      if (shape.length == 2 && shape[0] == conf.getNIn()) {
        columns += shape[1];
      }
    }
    return all(conf.getNIn(), columns);
  }

  /** A pixel goes into as many windows as cover it, in every channel of the output. */
  private static long[] convolution(ConvolutionLayer conf, INDArray in, INDArray out) {
    boolean nhwc = conf.getCnn2dDataFormat() == CNN2DFormat.NHWC;
    int[] inSize = size(in, nhwc);
    int[] outSize = size(out, nhwc);
    int[] padding = conf.getPadding();
    if (conf.getConvolutionMode() == ConvolutionMode.Same) {
      padding =
          ConvolutionUtils.getSameModeTopLeftPadding(
              outSize, inSize, conf.getKernelSize(), conf.getStride(), conf.getDilation());
    }
    long[] rows = windows(conf, padding, 0, inSize[0], outSize[0]);
    long[] columns = windows(conf, padding, 1, inSize[1], outSize[1]);
    int channels = Math.toIntExact(conf.getNIn());
    long[] fanOut = new long[channels * rows.length * columns.length];
    int i = 0;
    for (int c = 0; c < (nhwc ? 1 : channels); c++) {
      for (long row : rows) {
        for (long column : columns) {
          for (int d = 0; d < (nhwc ? channels : 1); d++) {
            fanOut[i++] = row * column * conf.getNOut();
          }
        }
      }
    }
    return fanOut;
  }

  private static int[] size(INDArray images, boolean nhwc) {
    int first = nhwc ? 1 : 2;
    return new int[] {(int) images.size(first), (int) images.size(first + 1)};
  }

  /** Number of windows along one axis that cover each place of it; padding covers none. */
  private static long[] windows(
      ConvolutionLayer conf, int[] padding, int axis, int inSize, int outSize) {
    long[] windows = new long[inSize];
    for (int o = 0; o < outSize; o++) {
      for (int k = 0; k < conf.getKernelSize()[axis]; k++) {
        int place = o * conf.getStride()[axis] + k * conf.getDilation()[axis] - padding[axis];
        if (place >= 0 && place < inSize) {
          windows[place]++;
        }
      }
    }
    return windows;
  }
}
