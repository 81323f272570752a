package io.github.dl4jsnn.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A layer of images in a network of its own, to be compared with DL4J's. */
public final class ImageLayerRun {
  private ImageLayerRun() {}

  /** A network of one layer, from a fixed seed. */
  public static MultiLayerNetwork network(
      org.deeplearning4j.nn.conf.layers.Layer layer, InputType input, DataType type) {
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(5)
                .dataType(type)
                .list()
                .layer(layer)
                .setInputType(input)
                .build());
    net.init();
    return net;
  }

  /** Forward and backward pass of its layer, while training, with a gradient drawn from a seed. */
  public static LayerRun run(MultiLayerNetwork net, INDArray x) {
    Nd4j.getRandom().setSeed(3); // for DL4J's dropout
    LayerWorkspaceMgr mgr = LayerWorkspaceMgr.noWorkspaces();
    Layer layer = net.getLayer(0);
    layer.setInput(x.dup(), mgr);
    INDArray out = layer.activate(true, mgr).dup('c');
    INDArray g = Values.uniform(7, -1, 1, x.dataType(), out.shape());
    net.setBackpropGradientsViewArray(Nd4j.create(x.dataType(), 1, Math.max(1, net.numParams())));
    Pair<Gradient, INDArray> p = layer.backpropGradient(g, mgr);
    Map<String, INDArray> gradients = new LinkedHashMap<>();
    p.getFirst()
        .gradientForVariable()
        .forEach((name, gradient) -> gradients.put(name, gradient.dup('c')));
    return new LayerRun(out, p.getSecond().dup('c'), gradients);
  }
}
