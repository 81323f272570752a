package io.github.dl4jsnn.convert;

import static io.github.dl4jsnn.convert.Refusals.refuse;

import io.github.dl4jsnn.convert.Node.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Puts the layers of the spiking network together.
 *
 * <p>Currents keep the units of the network that is converted. Spikes are 0 and 1 and stand for
 * their neurons' threshold: that factor goes into the weights behind them.
 *
 * @param <N> kind of network
 */
final class SnnWriter<N> {

  static final String READOUT = "readout";

  private final SnnTarget<N> target;
  private final AnnToSnn.Builder<N> settings;
  private final Map<String, Double> thresholds;
  private final Map<String, Map<String, INDArray>> parameters = new HashMap<>();
  private final Map<String, Double> feedback = new HashMap<>();

  /** What 1 at the output of a node stands for; 1 of those not in the map. */
  private final Map<String, Double> units = new HashMap<>();

  /** Nodes behind neurons. */
  private final Set<String> spiking = new HashSet<>();

  SnnWriter(SnnTarget<N> target, AnnToSnn.Builder<N> settings, Map<String, Double> thresholds) {
    this.target = target;
    this.settings = settings;
    this.thresholds = thresholds;
  }

  N write(List<Node> nodes) {
    String last = null;
    for (Node node : nodes) {
      write(node);
      last = node.kind == Kind.LOSS ? node.name : last;
    }
    if (last == null) {
      throw refuse(
          nodes.get(nodes.size() - 1).name,
          "it is the last one",
          "an OutputLayer or LossLayer must come last");
    }
    return target.build(last, this::fill);
  }

  private void write(Node node) {
    String in = node.input();
    double unit = unit(in);
    boolean behindSpikes = node.inputs.stream().anyMatch(spiking::contains);
    int steps = settings.timeSteps;
    if (behindSpikes) {
      spiking.add(node.name);
    }
    switch (node.kind) {
      case AFFINE:
        target.layer(node.name, SpikingLayers.affine(node, behindSpikes ? steps : 0), in);
        parameters.put(node.name, affine(node, unit));
        break;
      case RELU:
        double threshold = thresholds.get(node.name);
        target.layer(node.name, neurons(threshold / unit, !behindSpikes), in);
        if (settings.halfThreshold) {
          feedback.put(node.name, SpikingLayers.feedback(threshold / unit));
        }
        units.put(node.name, threshold);
        spiking.add(node.name);
        break;
      case KEPT:
        org.deeplearning4j.nn.conf.layers.Layer copy = node.layer.clone();
        copy.setIDropout(null);
        target.layer(node.name, copy, in);
        units.put(node.name, unit);
        break;
      case COMBINED:
        combine(node);
        break;
      default:
        loss(node, in, unit, behindSpikes);
    }
  }

  private double unit(String name) {
    return units.getOrDefault(name, 1.0);
  }

  private org.deeplearning4j.nn.conf.layers.Layer neurons(double threshold, boolean constant) {
    return SpikingLayers.neurons(threshold, settings.halfThreshold, constant, settings.timeSteps);
  }

  private static Map<String, INDArray> affine(Node node, double unit) {
    Map<String, INDArray> values = new HashMap<>();
    values.put("W", node.weights.mul(unit));
    if (node.bias != null) {
      values.put("b", node.bias);
    }
    return values;
  }

  /** Brings the inputs to one unit. */
  private void combine(Node node) {
    long spikes = node.inputs.stream().filter(spiking::contains).count();
    if (spikes != 0 && spikes != node.inputs.size()) {
      throw refuse(
          node.name,
          "some of its inputs are constant in time, others spikes",
          "put a rectifier before each");
    }
    double unit = unit(node.input());
    boolean alike = node.inputs.stream().allMatch(i -> unit(i) == unit);
    String[] inputs = node.inputs.toArray(new String[0]);
    for (int i = 0; i < inputs.length && !alike; i++) {
      if (unit(inputs[i]) != 1) {
        String scaled = node.name + "-unit" + i;
        target.vertex(scaled, new ScaleVertex(unit(inputs[i])), inputs[i]);
        inputs[i] = scaled;
      }
    }
    target.vertex(node.name, node.combination.clone(), inputs);
    units.put(node.name, alike ? unit : 1);
  }

  private void loss(Node node, String in, double unit, boolean behindSpikes) {
    if (!behindSpikes) {
      throw refuse(node.name, "no rectifier comes before it", "there would be no neurons");
    }
    target.layer(READOUT, SpikingLayers.readout(unit, settings.timeSteps), in);
    target.layer(node.name, SpikingLayers.loss(node), READOUT);
  }

  private void fill(String name, Layer layer) {
    if (feedback.containsKey(name)) {
      layer.getParam("RW").assign(feedback.get(name));
    }
    if (parameters.containsKey(name)) {
      INDArray bias = layer.getParam("b");
      bias.assign(0);
      parameters
          .get(name)
          .forEach(
              (key, value) -> {
                INDArray to = layer.getParam(key);
                to.assign(value.reshape(to.shape()));
              });
    }
  }
}
