package io.github.dl4jsnn.testing;

import io.github.dl4jsnn.conf.LifLayer;
import io.github.dl4jsnn.conf.SpikeEncodingLayer;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.neuron.LifParameters;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The forward pass of a network for one example, one step at a time: each layer of DL4J gets a
 * batch of one row, and neurons are written out here. Nothing is folded, so nothing can be folded
 * wrongly.
 */
public final class StepByStep {
  private StepByStep() {}

  /**
   * Runs a network.
   *
   * @param net with direct encoding, LIF neurons with hard reset to 0, read-out of the firing rate
   * @param steps inputs of the first layer, each of one row; one if the input is static
   * @return the output, one row
   */
  public static INDArray output(MultiLayerNetwork net, List<INDArray> steps) {
    List<INDArray> a = steps;
    for (Layer layer : net.getLayers()) {
      a = apply(layer, a);
    }
    return a.get(0);
  }

  private static List<INDArray> apply(Layer layer, List<INDArray> in) {
    Object conf = layer.conf().getLayer();
    if (conf instanceof SpikeEncodingLayer) {
      return repeat(in.get(0), ((SpikeEncodingLayer) conf).getTimeSteps());
    }
    if (conf instanceof LifLayer) {
      int held = ((LifLayer) conf).getTimeSteps();
      return spikes(((LifLayer) conf).getNeuron(), held == 0 ? in : repeat(in.get(0), held));
    }
    List<INDArray> out = new ArrayList<>();
    if (conf instanceof SpikeReadoutLayer) {
      INDArray sum = in.get(0).dup('c');
      in.subList(1, in.size()).forEach(sum::addi);
      double scale = ((SpikeReadoutLayer) conf).getScale() / in.size();
      out.add(sum.mul(scale).reshape('c', 1, sum.length()));
      return out;
    }
    boolean flat =
        conf instanceof OutputLayer || conf.getClass().getSimpleName().equals("DenseLayer");
    for (INDArray x : in) {
      INDArray row =
          flat && conf instanceof FeedForwardLayer ? x.dup('c').reshape(1, x.length()) : x;
      out.add(layer.activate(row, false, LayerWorkspaceMgr.noWorkspaces()).dup('c'));
    }
    return out;
  }

  private static List<INDArray> repeat(INDArray x, int times) {
    List<INDArray> list = new ArrayList<>();
    for (int t = 0; t < times; t++) {
      list.add(x);
    }
    return list;
  }

  private static List<INDArray> spikes(LifParameters p, List<INDArray> currents) {
    double[] u = new double[(int) currents.get(0).length()];
    double[] o = new double[u.length];
    List<INDArray> out = new ArrayList<>();
    for (INDArray current : currents) {
      double[] x = Values.of(current);
      for (int i = 0; i < u.length; i++) {
        u[i] = p.getDecay() * u[i] * (1 - o[i]) + x[i];
        o[i] = u[i] >= p.getThreshold() ? 1 : 0;
      }
      out.add(Values.array(o.clone(), current.dataType(), current.shape()));
    }
    return out;
  }
}
