package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.graph.GraphData;
import java.util.function.Function;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** The networks that {@link NodeClassificationStudy} compares. */
enum NodeModel {
  /** Spiking graph convolution. */
  GCSNN("GC-SNN", true, GcSnnSettings::of, GcSnnNodeClassification::network),
  /** Spiking graph attention. */
  GASNN("GA-SNN", true, GcSnnSettings::gasnn, NodeNetworks::gasnn),
  /** Graph convolutional network (Kipf and Welling, 2017). */
  GCN("GCN", false, data -> GcSnnSettings.gcn(), NodeNetworks::gcn),
  /** Graph attention network (Veličković et al., 2018). */
  GAT("GAT", false, data -> GcSnnSettings.gat(), NodeNetworks::gat);

  /** The name in tables of results. */
  final String system;

  /** Whether the layer "hidden" spikes. */
  final boolean spiking;

  private final Function<NodeData, GcSnnSettings> settings;
  private final Maker maker;

  NodeModel(
      String system, boolean spiking, Function<NodeData, GcSnnSettings> settings, Maker maker) {
    this.system = system;
    this.spiking = spiking;
    this.settings = settings;
    this.maker = maker;
  }

  private interface Maker {
    ComputationGraph network(GraphData graph, GcSnnSettings settings, long seed);
  }

  /** Returns the settings chosen for a graph. */
  GcSnnSettings settings(NodeData data) {
    return settings.apply(data);
  }

  /** Returns an untrained network for a graph. */
  ComputationGraph network(GraphData graph, GcSnnSettings s, long seed) {
    return maker.network(graph, s, seed);
  }

  /** How it is trained: by backpropagation, through time too if it spikes. */
  String method() {
    return spiking ? "STBP" : "BP";
  }

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(ROOT);
  }
}
