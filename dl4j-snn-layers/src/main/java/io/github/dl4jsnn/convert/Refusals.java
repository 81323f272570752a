package io.github.dl4jsnn.convert;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;

/** What can be converted, and what is said where something cannot. */
final class Refusals {

  private Refusals() {}

  static IllegalArgumentException refuse(String layer, String why, String instead) {
    return new IllegalArgumentException(
        "AnnToSnn: layer \"" + layer + "\" cannot be converted: " + why + "; " + instead);
  }

  static void checkEnds(ComputationGraph net) {
    if (net.getNumInputArrays() != 1 || net.getNumOutputArrays() != 1) {
      throw new IllegalArgumentException(
          "AnnToSnn: expected a network with one input and one output, got "
              + net.getNumInputArrays()
              + " and "
              + net.getNumOutputArrays());
    }
  }

  /** A plain rectifier; one with a ceiling has it replaced by the largest firing rate. */
  static boolean isRectifier(IActivation activation) {
    if (activation instanceof ActivationReLU) {
      ActivationReLU relu = (ActivationReLU) activation;
      return isZero(relu.getThreshold()) && isZero(relu.getNegativeSlope());
    }
    return activation instanceof ActivationReLU6;
  }

  private static boolean isZero(Double value) {
    return value == null || value == 0;
  }

  static boolean isLinear(ElementWiseVertex.Op op) {
    return op == ElementWiseVertex.Op.Add
        || op == ElementWiseVertex.Op.Subtract
        || op == ElementWiseVertex.Op.Average;
  }

  static void checkLayout(String name, Layer layer) {
    boolean lastChannels =
        layer instanceof ConvolutionLayer
                && ((ConvolutionLayer) layer).getCnn2dDataFormat() == CNN2DFormat.NHWC
            || layer instanceof SubsamplingLayer
                && ((SubsamplingLayer) layer).getCnn2dDataFormat() == CNN2DFormat.NHWC;
    if (lastChannels) {
      throw refuse(name, "its images are NHWC", "train with NCHW");
    }
    if (layer instanceof DenseLayer && ((DenseLayer) layer).hasLayerNorm()) {
      throw refuse(
          name,
          "layer normalisation depends on each example",
          "batch normalisation can be folded into the weights");
    }
    if (layer instanceof SubsamplingLayer) {
      String type = ((SubsamplingLayer) layer).getPoolingType().name();
      if (!type.equals("MAX") && !type.equals("AVG")) {
        throw refuse(name, "it pools by " + type, "MAX and AVG can be converted");
      }
    }
    if (layer instanceof GlobalPoolingLayer
        && ((GlobalPoolingLayer) layer).getPoolingType() != PoolingType.AVG) {
      throw refuse(
          name,
          "it pools whole images by " + ((GlobalPoolingLayer) layer).getPoolingType(),
          "train with AVG");
    }
  }
}
