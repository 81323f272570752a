package io.github.dl4jsnn.convert;

import io.github.dl4jsnn.convert.Node.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** Activations of the rectifiers on calibration data. */
final class Calibration {

  /** Exact percentiles up to so many activations of a layer; 4 MiB each. */
  private static final int CAPACITY = 1 << 20;

  private Calibration() {}

  /** Returns the percentile of each rectifier by name; the maximum where that is 0. */
  static Map<String, Double> thresholds(
      ComputationGraph net, List<Node> nodes, DataSetIterator data, double percent, long seed) {
    Map<Node, PercentileSample> samples = new LinkedHashMap<>();
    List<String> vertices = new ArrayList<>();
    for (Node node : nodes) {
      if (node.kind == Kind.RELU) {
        samples.put(node, new PercentileSample(CAPACITY, seed + samples.size()));
        vertices.add(node.vertex);
      }
    }
    if (samples.isEmpty()) {
      throw new IllegalArgumentException(
          "AnnToSnn: expected a network with rectifiers (Activation.RELU), found none to turn into"
              + " neurons");
    }
    // DL4J leaves workspaces open where a pass ends before the last layer.
    vertices.add(net.getConfiguration().getNetworkOutputs().get(0));
    observe(net, data, vertices, samples);
    Map<String, Double> thresholds = new LinkedHashMap<>();
    samples.forEach((node, sample) -> thresholds.put(node.name, threshold(sample, percent)));
    return thresholds;
  }

  private static void observe(
      ComputationGraph net,
      DataSetIterator data,
      List<String> vertices,
      Map<Node, PercentileSample> samples) {
    data.reset();
    if (!data.hasNext()) {
      throw new IllegalArgumentException("AnnToSnn: expected calibration data, got no batch");
    }
    while (data.hasNext()) {
      INDArray[] in = {data.next().getFeatures()};
      INDArray[] out = net.output(vertices, false, in, null);
      int i = 0;
      for (Map.Entry<Node, PercentileSample> entry : samples.entrySet()) {
        float[] values = out[i++].dup('c').data().asFloat();
        check(entry.getKey().name, values);
        entry.getValue().add(values);
      }
    }
    data.reset();
  }

  private static void check(String name, float... values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException(
            "AnnToSnn: layer \"" + name + "\" put out " + value + " on the calibration data");
      }
    }
  }

  /** Rectifiers that are silent on all these data get 1, for there is nothing to measure. */
  private static double threshold(PercentileSample sample, double percent) {
    double found = sample.percentile(percent);
    double largest = found > 0 ? found : sample.percentile(100);
    return largest > 0 ? largest : 1;
  }
}
