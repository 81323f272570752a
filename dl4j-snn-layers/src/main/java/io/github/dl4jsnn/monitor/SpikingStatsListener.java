package io.github.dl4jsnn.monitor;

import io.github.dl4jsnn.internal.runtime.HoldsPotentials;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records firing rates, dead and saturated neurons and membrane potentials of the spiking layers
 * while a network trains.
 *
 * <pre>{@code
 * SpikingStatsListener stats = new SpikingStatsListener.Builder().frequency(10).build();
 * net.addListeners(stats);
 * net.fit(data, 20);
 * log.info("\n{}", stats.last().report());
 * SpikePlots.saveFiringRates(Path.of("rates.png"), stats, "Firing rates");
 * }</pre>
 *
 * <p>With {@code new SpikingStatsListener.Builder().sink(new StatsStorageSink(statsStorage))} every
 * record goes into DL4J's StatsStorage, too.
 *
 * <p><b>Dead and saturated.</b> A neuron is dead if it fired for no example in any of the last
 * {@code window} recorded iterations, and saturated if its firing rate was above {@code
 * saturationRate} in each of them (until there are as many, in all so far). When the window is full
 * and one of the two shares reaches {@code warnShare}, a line is logged, once for each layer and
 * kind.
 *
 * <p><b>Layers.</b> All {@code LifLayer}, {@code NeuronLayer}, {@code SpikingGraphConvVertex} and
 * {@code SpikingGraphAttentionVertex} of a ComputationGraph or MultiLayerNetwork on the fused path,
 * or those named; an unnamed layer has its index as name. For activations of other layers see
 * {@link FiringRateListener}.
 *
 * <p><b>Cost.</b> Iterations that are not recorded cost nothing. A recorded one takes, for each
 * layer, about two forward passes of its neurons and two passes over arrays {@code [N, T, F]}, one
 * at a time, which are freed again; with {@code membrane(false)} half of that. Two integers a
 * neuron stay, and about 500 bytes a layer and record.
 *
 * <p>The numbers are those of the neurons in the training pass, with dropout of their input, and
 * before that of the layer behind, which DL4J applies to activations in place. Passes of other
 * models are ignored. All methods are synchronized; give each network its own listener.
 */
public final class SpikingStatsListener extends BaseTrainingListener {
  private static final Logger log = LoggerFactory.getLogger(SpikingStatsListener.class);

  private final Set<String> layers;
  private final int frequency;
  private final int window;
  private final double saturationRate;
  private final double warnShare;
  private final boolean membrane;
  private final Consumer<SpikingStats> sink;
  private final List<SpikingStats> history = new ArrayList<>();
  private final Map<String, NeuronHistory> neurons = new HashMap<>();
  private final Set<String> warned = new HashSet<>();

  private SpikingStatsListener(Builder builder) {
    this.layers = builder.layers;
    this.frequency = builder.frequency;
    this.window = builder.window;
    this.saturationRate = builder.saturationRate;
    this.warnShare = builder.warnShare;
    this.membrane = builder.membrane;
    this.sink = builder.sink;
  }

  /**
   * Records a training pass of a {@link ComputationGraph}; called by DL4J.
   *
   * @throws IllegalStateException if the network has no spiking layer, or not those named
   */
  @Override
  public synchronized void onForwardPass(Model model, Map<String, INDArray> activations) {
    if (model instanceof ComputationGraph) {
      ComputationGraph graph = (ComputationGraph) model;
      int iteration = graph.getIterationCount();
      if (iteration % frequency == 0) {
        record(iteration, graph.getEpochCount(), SpikingLayers.of(graph));
      }
    }
  }

  /**
   * Records a training pass of a {@link MultiLayerNetwork}; called by DL4J.
   *
   * @throws IllegalStateException if the network has no spiking layer, or not those named
   */
  @Override
  public synchronized void onForwardPass(Model model, List<INDArray> activations) {
    if (model instanceof MultiLayerNetwork) {
      MultiLayerNetwork net = (MultiLayerNetwork) model;
      int iteration = net.getIterationCount();
      if (iteration % frequency == 0) {
        record(iteration, net.getEpochCount(), SpikingLayers.of(net));
      }
    }
  }

  // the scope is entered and left, not used
  @SuppressWarnings("try")
  private void record(int iteration, int epoch, Map<String, HoldsPotentials> found) {
    SpikingLayers.checkHas(found, layers);
    Map<String, SpikingLayerStats> row = new LinkedHashMap<>();
    // DL4J calls inside a workspace of the network; nothing made here may land in it.
    try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      found.forEach(
          (name, layer) -> {
            if (layers.isEmpty() || layers.contains(name)) {
              row.put(name, statsOf(name, layer));
            }
          });
    }
    SpikingStats stats = new SpikingStats(iteration, epoch, row);
    history.add(stats);
    row.forEach(this::warn);
    sink.accept(stats);
  }

  private SpikingLayerStats statsOf(String name, HoldsPotentials layer) {
    SpikeCounts counts = SpikeCounts.of(layer.spikes(), RNNFormat.NWC);
    NeuronHistory past =
        neurons.computeIfAbsent(name, n -> new NeuronHistory(window, saturationRate));
    past.add(counts);
    return SpikingLayerStats.of(
        counts, past, membrane ? MembraneStatistics.of(layer.potentials(), layer.neuron()) : null);
  }

  private void warn(String layer, SpikingLayerStats stats) {
    if (!neurons.get(layer).isFull()) {
      return;
    }
    long all = stats.spikes().neurons();
    if (stats.deadShare() >= warnShare && warned.add("dead " + layer)) {
      log.warn(
          "Layer \"{}\": {} % of its {} neurons are dead, without a spike in the last {} recorded"
              + " iterations; raise their currents (weights, normalisation), lower the threshold or"
              + " widen the surrogate",
          layer, percent(stats.deadShare()), all, window);
    }
    if (stats.saturatedShare() >= warnShare && warned.add("saturated " + layer)) {
      log.warn(
          "Layer \"{}\": {} % of its {} neurons are saturated, with a firing rate above {} in the"
              + " last {} recorded iterations; lower their currents or raise the threshold",
          layer, percent(stats.saturatedShare()), all, saturationRate, window);
    }
  }

  private static String percent(double share) {
    return String.format(java.util.Locale.ROOT, "%.1f", 100 * share);
  }

  /**
   * All records, oldest first.
   *
   * @return a copy
   */
  public synchronized List<SpikingStats> history() {
    return new ArrayList<>(history);
  }

  /**
   * The last record.
   *
   * @return what was recorded last
   * @throws IllegalStateException if nothing was recorded yet
   */
  public synchronized SpikingStats last() {
    if (history.isEmpty()) {
      throw new IllegalStateException(
          "Nothing recorded: add the listener to a network with spiking layers and call fit");
    }
    return history.get(history.size() - 1);
  }

  /**
   * Writes all records as a table with a line for each iteration and layer, columns {@code
   * iteration,epoch,layer,neurons,rate,dead,saturated,mean,deviation,min,max,above,open}; shares
   * are 0 to 1, and without membrane potentials the columns from {@code mean} on are empty. Missing
   * parent folders are made, an existing file is replaced.
   *
   * @param file where to write, UTF-8
   * @throws IOException if the file cannot be written
   */
  public synchronized void toCsv(Path file) throws IOException {
    Folders.makeParents(file);
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write(
          "iteration,epoch,layer,neurons,rate,dead,saturated,mean,deviation,min,max,above,open\n");
      for (SpikingStats stats : history) {
        for (Map.Entry<String, SpikingLayerStats> e : stats.layers().entrySet()) {
          out.write(csvLine(stats, e.getKey(), e.getValue()));
        }
      }
    }
  }

  private static String csvLine(SpikingStats stats, String layer, SpikingLayerStats s) {
    MembraneStatistics m = s.membrane();
    return Csv.line(
        stats.iteration(),
        stats.epoch(),
        layer,
        s.spikes().neurons(),
        s.spikes().rate(),
        s.deadShare(),
        s.saturatedShare(),
        m == null ? "" : m.mean(),
        m == null ? "" : m.deviation(),
        m == null ? "" : m.min(),
        m == null ? "" : m.max(),
        m == null ? "" : m.aboveShare(),
        m == null ? "" : m.openShare());
  }

  /** Builder of {@link SpikingStatsListener}; every value has a default. */
  public static final class Builder {
    private Set<String> layers = Set.of();
    private int frequency = 10;
    private int window = 10;
    private double saturationRate = 0.9;
    private double warnShare = 0.5;
    private boolean membrane = true;
    private Consumer<SpikingStats> sink = stats -> {};

    /** All spiking layers, every tenth iteration. */
    public Builder() {}

    /**
     * Names the layers and vertices to record.
     *
     * @param names default: none, which means all spiking ones
     * @return this builder
     * @throws IllegalArgumentException if a name is null, blank or given twice
     */
    public Builder layers(String... names) {
      this.layers = Names.checked(names);
      return this;
    }

    /**
     * Records iterations divisible by this number.
     *
     * @param frequency 1 or more; default 10
     * @return this builder
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder frequency(int frequency) {
      this.frequency = atLeastOne("frequency", frequency);
      return this;
    }

    /**
     * Sets over how many records a neuron must be without a spike to be dead, or above the bound to
     * be saturated.
     *
     * @param window 1 or more; default 10. With small batches, choose it so that window times batch
     *     size covers the kinds of examples there are
     * @return this builder
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder window(int window) {
      this.window = atLeastOne("window", window);
      return this;
    }

    /**
     * Sets the firing rate above which a neuron is saturated.
     *
     * @param saturationRate spikes per step, from 0 to below 1; default 0.9
     * @return this builder
     * @throws IllegalArgumentException if it is outside that range
     */
    public Builder saturationRate(double saturationRate) {
      if (!(saturationRate >= 0 && saturationRate < 1)) {
        throw new IllegalArgumentException(
            "Expected a saturation rate from 0 to below 1, got " + saturationRate);
      }
      this.saturationRate = saturationRate;
      return this;
    }

    /**
     * Sets the share of dead, or of saturated, neurons from which on there is a warning.
     *
     * @param warnShare above 0; default 0.5; above 1 for no warnings
     * @return this builder
     * @throws IllegalArgumentException if it is 0, negative or NaN
     */
    public Builder warnShare(double warnShare) {
      if (!(warnShare > 0)) {
        throw new IllegalArgumentException("Expected a share above 0, got " + warnShare);
      }
      this.warnShare = warnShare;
      return this;
    }

    /**
     * Sets whether membrane potentials are recorded.
     *
     * @param membrane default true
     * @return this builder
     */
    public Builder membrane(boolean membrane) {
      this.membrane = membrane;
      return this;
    }

    /**
     * Sets where records go beside the history; called in the training thread.
     *
     * @param sink such as a {@link StatsStorageSink}; default none
     * @return this builder
     */
    public Builder sink(Consumer<SpikingStats> sink) {
      this.sink = Objects.requireNonNull(sink, "sink");
      return this;
    }

    /**
     * Builds the listener.
     *
     * @return a new listener without records
     */
    public SpikingStatsListener build() {
      return new SpikingStatsListener(this);
    }

    private static int atLeastOne(String what, int value) {
      if (value < 1) {
        throw new IllegalArgumentException("Expected " + what + " >= 1, got " + value);
      }
      return value;
    }
  }
}
