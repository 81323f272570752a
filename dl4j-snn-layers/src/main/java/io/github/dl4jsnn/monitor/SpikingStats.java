package io.github.dl4jsnn.monitor;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What {@link SpikingStatsListener} records in one iteration.
 *
 * <p>Immutable.
 */
public final class SpikingStats implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int iteration;
  private final int epoch;
  private final LinkedHashMap<String, SpikingLayerStats> layers;

  SpikingStats(int iteration, int epoch, Map<String, SpikingLayerStats> layers) {
    this.iteration = iteration;
    this.epoch = epoch;
    this.layers = new LinkedHashMap<>(layers);
  }

  /**
   * Iteration of the network, which DL4J counts from 0.
   *
   * @return the iteration
   */
  public int iteration() {
    return iteration;
  }

  /**
   * Epoch of the network, which DL4J counts from 0.
   *
   * @return the epoch
   */
  public int epoch() {
    return epoch;
  }

  /**
   * Layers and vertices by name, in the network's order.
   *
   * @return an unmodifiable view
   */
  public Map<String, SpikingLayerStats> layers() {
    return Collections.unmodifiableMap(layers);
  }

  /**
   * One layer or vertex.
   *
   * @param name one of {@link #layers()}
   * @return what was recorded of it
   * @throws IllegalArgumentException if it is not among them
   */
  public SpikingLayerStats layer(String name) {
    SpikingLayerStats found = layers.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "Expected one of the layers " + layers.keySet() + ", got \"" + name + "\"");
    }
    return found;
  }

  /**
   * A table with a line for each layer: firing rate; dead and saturated neurons; mean, deviation,
   * smallest and largest membrane potential, in units of the threshold; share of the potentials at
   * which the surrogate is open; number of neurons.
   *
   * @return the table
   */
  public String report() {
    int width = layers.keySet().stream().mapToInt(String::length).max().orElse(0);
    String name = "%-" + Math.max(width, "layer".length()) + "s";
    StringBuilder table = new StringBuilder();
    table.append("spiking layers at iteration ").append(iteration);
    table.append(
        String.format(
            "%n"
                + name
                + "    rate  dead %%  saturated %%  u/vTh mean  deviation     min     max  open %%"
                + "  neurons",
            "layer"));
    layers.forEach((layer, stats) -> table.append(line(name, layer, stats)));
    return table.toString();
  }

  private static String line(String name, String layer, SpikingLayerStats s) {
    return String.format(
        Locale.ROOT,
        "%n" + name + "  %6.4f  %6.1f  %11.1f%s  %7d",
        layer,
        s.spikes().rate(),
        100 * s.deadShare(),
        100 * s.saturatedShare(),
        membrane(s.membrane()),
        s.spikes().neurons());
  }

  private static String membrane(MembraneStatistics m) {
    if (m == null) {
      return String.format("  %10s  %9s  %6s  %6s  %6s", "-", "-", "-", "-", "-");
    }
    double th = m.threshold();
    return String.format(
        Locale.ROOT,
        "  %10.3f  %9.3f  %6.2f  %6.2f  %6.1f",
        m.mean() / th,
        m.deviation() / th,
        m.min() / th,
        m.max() / th,
        100 * m.openShare());
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeInt(iteration);
    out.writeInt(epoch);
    out.writeInt(layers.size());
    for (Map.Entry<String, SpikingLayerStats> layer : layers.entrySet()) {
      out.writeUTF(layer.getKey());
      layer.getValue().writeTo(out);
    }
  }

  static SpikingStats readFrom(DataInput in) throws IOException {
    int iteration = in.readInt();
    int epoch = in.readInt();
    int size = in.readInt();
    Map<String, SpikingLayerStats> layers = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      String name = in.readUTF();
      layers.put(name, SpikingLayerStats.readFrom(in));
    }
    return new SpikingStats(iteration, epoch, layers);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof SpikingStats
        && iteration == ((SpikingStats) o).iteration
        && epoch == ((SpikingStats) o).epoch
        && layers.equals(((SpikingStats) o).layers);
  }

  @Override
  public int hashCode() {
    return 31 * iteration + layers.hashCode();
  }

  @Override
  public String toString() {
    return report();
  }
}
