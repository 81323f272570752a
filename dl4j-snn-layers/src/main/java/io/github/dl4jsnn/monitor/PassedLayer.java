package io.github.dl4jsnn.monitor;

import io.github.dl4jsnn.conf.AbstractGraphConvVertex;
import io.github.dl4jsnn.conf.AbstractSnnLayer;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One layer or vertex in a forward pass: what went in, behind its preprocessor, and what came out.
 */
final class PassedLayer {
  final String name;

  /** Configuration: of a layer, or of a vertex; null for an input of the network. */
  final Object conf;

  /** Inputs; a layer has one. */
  final INDArray[] in;

  final INDArray out;

  /** Mask of the input, or null. */
  final INDArray mask;

  final long parameters;

  /** Examples, or nodes, each of which has T steps in out. */
  long examples;

  /** Steps of a network's part from here on: the most that this or a later layer runs. */
  long stepsFromHere;

  PassedLayer(
      String name, Object conf, INDArray[] in, INDArray out, INDArray mask, long parameters) {
    this.name = name;
    this.conf = conf;
    this.in = in;
    this.out = out;
    this.mask = mask;
    this.parameters = parameters;
  }

  /** The input {@code [rows, ...]}, or {@code [N, T, F]} if it is a sequence. */
  INDArray input() {
    return nwc(in[0]);
  }

  INDArray output() {
    return nwc(out);
  }

  private INDArray nwc(INDArray a) {
    return a.rank() == 3 && format() == RNNFormat.NCW ? a.permute(0, 2, 1) : a;
  }

  /** Axis order of sequences; null where no sequence is known. */
  private RNNFormat format() {
    if (conf instanceof AbstractSnnLayer) {
      return ((AbstractSnnLayer) conf).getDataFormat();
    }
    if (conf instanceof AbstractGraphConvVertex) {
      return ((AbstractGraphConvVertex) conf).getDataFormat();
    }
    if (conf instanceof RnnOutputLayer) {
      RNNFormat format = ((RnnOutputLayer) conf).getRnnDataFormat();
      return format == null ? RNNFormat.NCW : format;
    }
    return null;
  }

  /** Steps of an input or output of this layer: of a sequence, or folded into its rows. */
  long steps(INDArray inOrOut) {
    if (inOrOut.rank() == 3) {
      return format() == null ? 1 : nwc(inOrOut).size(1);
    }
    return inOrOut.size(0) % examples == 0 ? inOrOut.size(0) / examples : 1;
  }
}
