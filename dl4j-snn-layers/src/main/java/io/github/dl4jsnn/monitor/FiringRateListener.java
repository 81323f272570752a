package io.github.dl4jsnn.monitor;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Records how often the neurons of named layers fire while a network trains.
 *
 * <pre>{@code
 * FiringRateListener rates = new FiringRateListener("lif1", "lif2");
 * graph.addListeners(rates);
 * graph.fit(data, 20);
 * log.info("\n{}", rates.report());
 * rates.toCsv(Path.of("rates.csv"));
 * }</pre>
 *
 * <p>At every {@code frequency}-th iteration the {@link SpikeStatistics} of each layer are computed
 * from the activations of the training pass, that is with dropout, also that of the layer behind,
 * which DL4J applies in the same array ({@link SpikingStatsListener} sees the spikes themselves). A
 * healthy spiking layer has few silent and no saturated neurons; a rate that falls to 0 means that
 * nothing behind that layer learns.
 *
 * <p><b>Names.</b> In a {@link ComputationGraph} those of layers and vertices; in a {@link
 * MultiLayerNetwork} the layer's name, or its index written as a number ({@code "0"} is the first
 * layer). DL4J hands output layers to no listener. A name without activations is an {@link
 * IllegalStateException} in the first recorded iteration; nothing is recorded then.
 *
 * <p><b>Shapes.</b> As in {@link SpikeStatistics}. Which axis of a rank 3 array is time cannot be
 * seen from the array: the format given to the constructor, by default {@link RNNFormat#NWC}
 * ({@code [N, T, F]}), holds for all named layers; use one listener for each format. The rate does
 * not depend on it, the shares of silent and saturated neurons do.
 *
 * <p><b>Cost.</b> One pass over each named layer's activations; per recorded iteration and layer
 * about 50 bytes stay. No array is kept. Serializable with its history. All methods are
 * synchronized.
 *
 * <p>Passes of anything but these two networks (DL4J calls listeners also when it pretrains a
 * single layer) are ignored.
 */
public final class FiringRateListener extends BaseTrainingListener implements Serializable {

  private static final long serialVersionUID = 1L;

  private final int frequency;
  private final RNNFormat format;
  private final ArrayList<Integer> iterations = new ArrayList<>();
  private final LinkedHashMap<String, ArrayList<SpikeStatistics>> history = new LinkedHashMap<>();

  /**
   * Records at every iteration; sequences are {@code [N, T, F]}.
   *
   * @param layers names of layers or vertices, at least one
   * @throws IllegalArgumentException if there is no name, or one is null, blank or given twice
   */
  public FiringRateListener(String... layers) {
    this(1, layers);
  }

  /**
   * Records at iterations divisible by {@code frequency}; sequences are {@code [N, T, F]}.
   *
   * @param frequency 1 or more; raise it for large layers or long trainings
   * @param layers names of layers or vertices, at least one
   * @throws IllegalArgumentException if the frequency is below 1, there is no name, or one is null,
   *     blank or given twice
   */
  public FiringRateListener(int frequency, String... layers) {
    this(frequency, RNNFormat.NWC, layers);
  }

  /**
   * Records at iterations divisible by {@code frequency}.
   *
   * @param frequency 1 or more; raise it for large layers or long trainings
   * @param format axes of the named layers' sequences: NWC is {@code [N, T, F]}, NCW is {@code [N,
   *     F, T]}
   * @param layers names of layers or vertices, at least one
   * @throws IllegalArgumentException if the frequency is below 1, the format is null, there is no
   *     name, or one is null, blank or given twice
   */
  public FiringRateListener(int frequency, RNNFormat format, String... layers) {
    if (frequency < 1) {
      throw new IllegalArgumentException("Expected frequency >= 1, got " + frequency);
    }
    if (format == null) {
      throw new IllegalArgumentException("Expected a format, NWC or NCW, got null");
    }
    if (layers == null || layers.length == 0) {
      throw new IllegalArgumentException("Expected at least one layer or vertex name, got none");
    }
    this.frequency = frequency;
    this.format = format;
    Names.checked(layers).forEach(name -> history.put(name, new ArrayList<>()));
  }

  /**
   * Records a training pass of a {@link ComputationGraph}; called by DL4J.
   *
   * @throws IllegalStateException if a named layer is not among the activations, or its activations
   *     have rank below 2
   */
  @Override
  public synchronized void onForwardPass(Model model, Map<String, INDArray> activations) {
    if (model instanceof ComputationGraph) {
      int iteration = ((ComputationGraph) model).getIterationCount();
      if (iteration % frequency == 0) {
        record(iteration, activations, activations.keySet());
      }
    }
  }

  /**
   * Records a training pass of a {@link MultiLayerNetwork}; called by DL4J.
   *
   * @throws IllegalStateException if a named layer is not among the activations, or its activations
   *     have rank below 2
   */
  @Override
  public synchronized void onForwardPass(Model model, List<INDArray> activations) {
    if (model instanceof MultiLayerNetwork) {
      MultiLayerNetwork net = (MultiLayerNetwork) model;
      int iteration = net.getIterationCount();
      if (iteration % frequency == 0) {
        Map<String, INDArray> named = byName(net, activations);
        Map<String, INDArray> all = byIndex(activations);
        all.putAll(named);
        record(iteration, all, named.keySet());
      }
    }
  }

  /** Element 0 of the activations is the network's input. */
  private static Map<String, INDArray> byIndex(List<INDArray> activations) {
    Map<String, INDArray> map = new LinkedHashMap<>();
    for (int i = 1; i < activations.size(); i++) {
      map.put(Integer.toString(i - 1), activations.get(i));
    }
    return map;
  }

  private static Map<String, INDArray> byName(MultiLayerNetwork net, List<INDArray> activations) {
    Map<String, INDArray> map = new LinkedHashMap<>();
    for (int i = 1; i < activations.size(); i++) {
      map.put(net.getLayer(i - 1).conf().getLayer().getLayerName(), activations.get(i));
    }
    return map;
  }

  private void record(int iteration, Map<String, INDArray> activations, Collection<String> known) {
    Map<String, SpikeStatistics> row = new LinkedHashMap<>();
    for (String name : history.keySet()) {
      INDArray array = activations.get(name);
      if (array == null) {
        throw new IllegalStateException(
            String.format(
                "Expected activations of layer or vertex \"%s\", got only those of %s"
                    + " (output layers are not passed to listeners)",
                name, new TreeSet<>(known)));
      }
      row.put(name, statistics(name, array));
    }
    // Only now, so that an error leaves no half row behind.
    iterations.add(iteration);
    row.forEach((name, statistics) -> history.get(name).add(statistics));
  }

  private SpikeStatistics statistics(String name, INDArray array) {
    try {
      return SpikeStatistics.of(array, format);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("Layer or vertex \"" + name + "\": " + e.getMessage(), e);
    }
  }

  /** Returns the names this listener watches, in the order given to the constructor. */
  public synchronized List<String> layers() {
    return new ArrayList<>(history.keySet());
  }

  /** Returns the recorded iterations, oldest first; DL4J counts from 0. */
  public synchronized int[] iterations() {
    return iterations.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Returns the firing rate of a layer in the last recorded iteration, in spikes per neuron and
   * time step.
   *
   * @throws IllegalArgumentException if the layer is not watched
   * @throws IllegalStateException if nothing was recorded yet
   */
  public double lastRate(String layer) {
    return last(layer).rate();
  }

  /**
   * Returns a layer's firing rates, in the order of {@link #iterations()}.
   *
   * @throws IllegalArgumentException if the layer is not watched
   */
  public double[] rates(String layer) {
    return history(layer).stream().mapToDouble(SpikeStatistics::rate).toArray();
  }

  /**
   * Returns the statistics of a layer in the last recorded iteration.
   *
   * @throws IllegalArgumentException if the layer is not watched
   * @throws IllegalStateException if nothing was recorded yet
   */
  public SpikeStatistics last(String layer) {
    List<SpikeStatistics> all = history(layer);
    if (all.isEmpty()) {
      throw new IllegalStateException(
          "Nothing recorded for layer \""
              + layer
              + "\": add the listener to a network and call fit");
    }
    return all.get(all.size() - 1);
  }

  /**
   * Returns all statistics of a layer, in the order of {@link #iterations()}; a copy.
   *
   * @throws IllegalArgumentException if the layer is not watched
   */
  public synchronized List<SpikeStatistics> history(String layer) {
    List<SpikeStatistics> all = history.get(layer);
    if (all == null) {
      throw new IllegalArgumentException(
          "Expected one of the watched layers " + history.keySet() + ", got \"" + layer + "\"");
    }
    return Collections.unmodifiableList(new ArrayList<>(all));
  }

  /**
   * Returns a table of the last recorded iteration, a line for each layer: rate, shares of silent
   * and saturated neurons in per cent, number of neurons, and whether the activations were binary
   * ("no": the rate is their mean).
   */
  public synchronized String report() {
    if (iterations.isEmpty()) {
      return "firing rates: nothing recorded yet";
    }
    int width = history.keySet().stream().mapToInt(String::length).max().orElse(0);
    String name = "%-" + Math.max(width, "layer".length()) + "s";
    StringBuilder table = new StringBuilder();
    table.append("firing rates at iteration ").append(iterations.get(iterations.size() - 1));
    table.append(
        String.format("%n" + name + "    rate  silent %%  saturated %%  neurons  binary", "layer"));
    history.forEach((layer, all) -> table.append(line(name, layer, all.get(all.size() - 1))));
    return table.toString();
  }

  private static String line(String name, String layer, SpikeStatistics s) {
    return String.format(
        Locale.ROOT,
        "%n" + name + "  %6.4f  %8.1f  %11.1f  %7d  %6s",
        layer,
        s.rate(),
        100 * s.silentShare(),
        100 * s.saturatedShare(),
        s.neurons(),
        s.isBinary() ? "yes" : "no");
  }

  /**
   * Writes the history as a table with a line for each iteration and layer, columns {@code
   * iteration,layer,rate,silent,saturated,neurons,binary}; shares are 0 to 1. Missing parent
   * folders are made, an existing file is replaced.
   *
   * @param file where to write, UTF-8
   * @throws IOException if the file cannot be written
   */
  public synchronized void toCsv(Path file) throws IOException {
    Folders.makeParents(file);
    try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write("iteration,layer,rate,silent,saturated,neurons,binary\n");
      for (int i = 0; i < iterations.size(); i++) {
        for (Map.Entry<String, ArrayList<SpikeStatistics>> layer : history.entrySet()) {
          out.write(csvLine(iterations.get(i), layer.getKey(), layer.getValue().get(i)));
        }
      }
    }
  }

  private static String csvLine(int iteration, String layer, SpikeStatistics s) {
    return Csv.line(
        iteration, layer, s.rate(), s.silentShare(), s.saturatedShare(), s.neurons(), s.isBinary());
  }
}
