package io.github.dl4jsnn.testing;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.NoOp;

/** Sequences in chunks. */
public final class Streams {
  private Streams() {}

  /** A network of the given layers, without loss. */
  public static MultiLayerNetwork network(InputType input, DataType type, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .seed(5)
            .dataType(type)
            .updater(new NoOp())
            .list()
            .validateOutputLayerConfig(false);
    for (Layer l : layers) {
      list.layer(l);
    }
    MultiLayerNetwork net = new MultiLayerNetwork(list.setInputType(input).build());
    net.init();
    return net;
  }

  /** Axis of time. */
  public static int time(RNNFormat format) {
    return format == RNNFormat.NWC ? 1 : 2;
  }

  /** Steps {@code from..to-1} of a sequence. */
  public static INDArray steps(INDArray x, RNNFormat format, long from, long to) {
    return (format == RNNFormat.NWC
            ? x.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to), NDArrayIndex.all())
            : x.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(from, to)))
        .dup('c');
  }

  /** Outputs of all chunks. */
  public static List<INDArray> chunks(
      MultiLayerNetwork net, INDArray x, INDArray mask, RNNFormat format, int chunk) {
    List<INDArray> out = new ArrayList<>();
    long steps = x.size(time(format));
    for (long t = 0; t < steps; t += chunk) {
      long end = Math.min(steps, t + chunk);
      if (mask != null) {
        INDArray part = mask.get(NDArrayIndex.all(), NDArrayIndex.interval(t, end)).dup('c');
        net.setLayerMaskArrays(part, null);
      }
      out.add(net.rnnTimeStep(steps(x, format, t, end)));
    }
    return out;
  }

  /** Chunks one after the other. */
  public static INDArray joined(List<INDArray> chunks, RNNFormat format) {
    return Nd4j.concat(time(format), chunks.toArray(new INDArray[0]));
  }
}
