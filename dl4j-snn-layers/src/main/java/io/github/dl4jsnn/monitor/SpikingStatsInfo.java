package io.github.dl4jsnn.monitor;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The spiking layers of a network in a StatsStorage: the static info of a session, written before
 * its first {@link SpikingStatsUpdate}.
 */
public final class SpikingStatsInfo extends StatsStorageRecord {
  private static final long serialVersionUID = 1L;

  private LinkedHashMap<String, Long> neurons = new LinkedHashMap<>();

  /** An empty record, for storages to decode into. */
  public SpikingStatsInfo() {}

  SpikingStatsInfo(String sessionID, String workerID, long timeStamp, SpikingStats first) {
    super(sessionID, workerID, timeStamp);
    first.layers().forEach((layer, stats) -> neurons.put(layer, stats.spikes().neurons()));
  }

  /**
   * Recorded layers and vertices, in the network's order.
   *
   * @return number of neurons by name, unmodifiable
   */
  public Map<String, Long> neurons() {
    return Collections.unmodifiableMap(neurons);
  }

  @Override
  void writeContent(DataOutput out) throws IOException {
    out.writeInt(neurons.size());
    for (Map.Entry<String, Long> layer : neurons.entrySet()) {
      out.writeUTF(layer.getKey());
      out.writeLong(layer.getValue());
    }
  }

  @Override
  void readContent(DataInput in) throws IOException {
    neurons = new LinkedHashMap<>();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      neurons.put(in.readUTF(), in.readLong());
    }
  }
}
