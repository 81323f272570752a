package io.github.dl4jsnn.convert;

import static io.github.dl4jsnn.convert.Refusals.refuse;

import io.github.dl4jsnn.convert.Node.Kind;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Makes batch normalisation, with the running mean and variance, part of the affine layer before
 * it.
 *
 * <pre>
 *   W' = W * gamma / sqrt(var + eps)      b' = (b - mean) * gamma / sqrt(var + eps) + beta
 * </pre>
 */
final class BatchNormFolding {

  private BatchNormFolding() {}

  /** Mean, deviation, gamma and beta of a trained layer. */
  static INDArray[] statistics(BatchNormalization conf, Layer layer) {
    INDArray mean = vector(layer.getParam("mean"));
    INDArray var =
        conf.isUseLogStd()
            ? Transforms.pow(constant(10, mean), vector(layer.getParam("log10stdev")).mul(2))
            : vector(layer.getParam("var"));
    INDArray deviation = Transforms.sqrt(var.add(conf.getEps()));
    INDArray gamma;
    INDArray beta;
    if (conf.isLockGammaBeta()) {
      // As DL4J computes it: without both factor and shift, there is neither.
      boolean used = conf.getGamma() != 1 && conf.getBeta() != 0;
      gamma = constant(used ? conf.getGamma() : 1, mean);
      beta = constant(used ? conf.getBeta() : 0, mean);
    } else {
      gamma = vector(layer.getParam("gamma"));
      beta = vector(layer.getParam("beta"));
    }
    return new INDArray[] {mean, deviation, gamma, beta};
  }

  private static INDArray vector(INDArray a) {
    return a.dup('c').reshape(a.length());
  }

  private static INDArray constant(double value, INDArray like) {
    return Nd4j.valueArrayOf(like.shape(), value, like.dataType());
  }

  /** Folds all of them. */
  static void apply(List<Node> nodes) {
    for (Node norm : new ArrayList<>(nodes)) {
      if (norm.kind != Kind.BATCH_NORM) {
        continue;
      }
      Node affine = Node.find(nodes, norm.input());
      if (affine == null || affine.kind != Kind.AFFINE || Node.uses(nodes, affine.name) != 1) {
        throw refuse(
            norm.name,
            "batch normalisation is folded into the affine layer before it, and there is none of"
                + " its own",
            "put it directly behind a convolution or dense layer with identity activation and"
                + " before the rectifier");
      }
      fold(affine, norm.normalization);
      affine.vertex = norm.vertex;
      nodes.remove(norm);
      Node.redirect(nodes, norm.name, affine.name);
    }
  }

  private static void fold(Node affine, INDArray... statistics) {
    INDArray gain = statistics[2].div(statistics[1]);
    INDArray w = affine.weights;
    if (w.rank() == 2) {
      w.muliRowVector(gain);
    } else {
      w.reshape(w.size(0), w.length() / w.size(0)).muliColumnVector(gain);
    }
    INDArray shifted = affine.bias == null ? statistics[0].neg() : affine.bias.sub(statistics[0]);
    affine.bias = shifted.mul(gain).addi(statistics[3]);
  }
}
