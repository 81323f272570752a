package io.github.dl4jsnn.monitor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * Operations and energy of a spiking network on given data, beside those of the equal dense one.
 *
 * <pre>
 *   dense        D = N * (MACs of the affine map for one example)    the equal network without spikes, run once
 *   all steps        N * T * (...)                                   a dense network that runs all T steps
 *   accumulates  A = sum over spikes of (outputs that it goes into)  in all T steps; a weight is added
 *   MACs         M = the same over other inputs than 0               where the input is not 0 or 1
 *   ratio        D / (A + M)
 *   energy       dense D * 4.6 pJ, spiking A * 0.9 pJ + M * 4.6 pJ   {@link OperationEnergy}
 * </pre>
 *
 * <p>{@code N} is the number of examples (or nodes of a graph), {@code T} that of time steps. A
 * spike goes into {@code nOut} outputs of a dense map or graph convolution, and into {@code nOut}
 * times the windows that cover its pixel of a convolution; zeros of the padding count on neither
 * side. Steps that a mask marks as missing count on neither side, nor does an example without any
 * step.
 *
 * <p><b>What "done" means.</b> Counted is what event-driven hardware, and the event-driven kernels
 * here, do for this input: nothing for a zero. DL4J's own layers, and ours on dense input, compute
 * products with the zeros too. An input that is the same at all steps drives a current that is
 * computed once; {@link LayerCost#operationsSentEachStep()} says what it would cost sent at every
 * step. Bias, activation functions, pooling and residual connections without a map are left out on
 * both sides. Propagation along edges, normalisation and neurons are counted, but reported beside
 * the ratio and not in it. A layer with parameters whose affine map is not known here (LSTM, a
 * graph convolution by the maximum, for example) is in {@link #notCounted()}.
 *
 * <pre>{@code
 * SnnCost cost = SnnCost.of(graph, features, edges);
 * log.info("\n{}", cost.report());
 * cost.toCsv(Path.of("cost.csv"));
 * SpikePlots.saveEnergy(Path.of("cost.png"), cost, "energy");
 * }</pre>
 *
 * <p>Counted are the graph convolutions and attentions, {@code SpikingDense}, {@code
 * SpikingConvolution}, {@code TrainableEncodingLayer} and the feedback of {@code NeuronLayer};
 * DL4J's {@code DenseLayer}, {@code OutputLayer}, {@code RnnOutputLayer} and two-dimensional {@code
 * ConvolutionLayer}. The network is run at inference for it, and afterwards holds no inputs or
 * masks. Immutable.
 *
 * <p><b>Source.</b> M. Xu, Y. Wu, L. Deng, F. Liu, G. Li, J. Pei, "Exploiting Spiking Dynamics with
 * Spatial-temporal Feature Normalization in Graph Learning", 2021, section 3.3, the comparison of
 * affine operations. Its widths and units are lost; the definition above is ours.
 */
public final class SnnCost {

  private final Map<String, OperationCounts> counts = new LinkedHashMap<>();
  private final Map<String, LayerCost> layers = new LinkedHashMap<>();
  private final List<String> notCounted = new ArrayList<>();
  private long examples;
  private int timeSteps = 1;

  private SnnCost() {}

  /**
   * Cost of a graph network on one batch.
   *
   * @param graph an initialised network
   * @param features its inputs, for example features and edges
   * @return the counts
   * @throws IllegalStateException if the network is not initialised
   */
  public static SnnCost of(ComputationGraph graph, INDArray... features) {
    return new SnnCost().add(graph, features, null).finish();
  }

  /**
   * Cost of a graph network on one batch with masks.
   *
   * @param graph an initialised network
   * @param batch features and their masks; labels are not read
   * @return the counts
   * @throws IllegalStateException if the network is not initialised
   */
  public static SnnCost of(ComputationGraph graph, MultiDataSet batch) {
    return new SnnCost().add(graph, batch.getFeatures(), batch.getFeaturesMaskArrays()).finish();
  }

  /**
   * Cost of a graph network on all batches.
   *
   * @param graph an initialised network
   * @param batches is reset first, if it can be
   * @return the counts
   * @throws IllegalStateException if the network is not initialised
   * @throws IllegalArgumentException if there is no batch
   */
  public static SnnCost of(ComputationGraph graph, MultiDataSetIterator batches) {
    SnnCost cost = new SnnCost();
    if (batches.resetSupported()) {
      batches.reset();
    }
    while (batches.hasNext()) {
      MultiDataSet batch = batches.next();
      cost.add(graph, batch.getFeatures(), batch.getFeaturesMaskArrays());
    }
    return cost.finish();
  }

  /**
   * Cost of a sequential network on one batch.
   *
   * @param net an initialised network
   * @param features its input
   * @return the counts
   * @throws IllegalStateException if the network is not initialised
   */
  public static SnnCost of(MultiLayerNetwork net, INDArray features) {
    return of(net, features, null);
  }

  /**
   * Cost of a sequential network on one masked batch.
   *
   * @param net an initialised network
   * @param features its input
   * @param mask of the input, or null for none
   * @return the counts
   * @throws IllegalStateException if the network is not initialised
   */
  public static SnnCost of(MultiLayerNetwork net, INDArray features, INDArray mask) {
    return new SnnCost().add(NetworkPass.of(net, features, mask)).finish();
  }

  /**
   * Cost of a sequential network on all batches.
   *
   * @param net an initialised network
   * @param batches is reset first, if it can be
   * @return the counts
   * @throws IllegalStateException if the network is not initialised
   * @throws IllegalArgumentException if there is no batch
   */
  public static SnnCost of(MultiLayerNetwork net, DataSetIterator batches) {
    SnnCost cost = new SnnCost();
    if (batches.resetSupported()) {
      batches.reset();
    }
    while (batches.hasNext()) {
      DataSet batch = batches.next();
      cost.add(NetworkPass.of(net, batch.getFeatures(), batch.getFeaturesMaskArray()));
    }
    return cost.finish();
  }

  private SnnCost add(ComputationGraph graph, INDArray[] features, INDArray[] masks) {
    Objects.requireNonNull(features, "features");
    return add(NetworkPass.of(graph, features, masks));
  }

  private SnnCost add(NetworkPass pass) {
    examples += pass.layers().get(0).examples;
    for (PassedLayer layer : pass.layers()) {
      OperationCounts count = CostCounter.count(layer);
      if (count == null) {
        notCounted(layer);
      } else {
        timeSteps = Math.max(timeSteps, Math.toIntExact(layer.stepsFromHere));
        counts.computeIfAbsent(layer.name, name -> new OperationCounts()).add(count);
      }
    }
    return this;
  }

  private void notCounted(PassedLayer layer) {
    String label = layer.name + " (" + layer.conf.getClass().getSimpleName() + ")";
    if (!notCounted.contains(label)) {
      notCounted.add(label);
    }
  }

  private SnnCost finish() {
    if (examples == 0) {
      throw new IllegalArgumentException("Expected at least one batch, got none");
    }
    counts.forEach(
        (name, c) -> {
          if (c.dense > 0 || c.neuronUpdates > 0 || c.normalisation > 0) {
            layers.put(name, new LayerCost(name, c));
          }
        });
    return this;
  }

  /**
   * Cost of the layers and vertices with an affine map, neurons or a normalisation.
   *
   * @return by name, in topological order; unmodifiable
   */
  public Map<String, LayerCost> layers() {
    return Collections.unmodifiableMap(layers);
  }

  /**
   * Cost of one layer or vertex.
   *
   * @param name its name; DL4J calls unnamed ones layer0, layer1, ...
   * @return its cost
   * @throws IllegalArgumentException if it is not among {@link #layers()}
   */
  public LayerCost layer(String name) {
    LayerCost cost = layers.get(name);
    if (cost == null) {
      throw new IllegalArgumentException(
          "Expected one of the layers " + layers.keySet() + ", got \"" + name + "\"");
    }
    return cost;
  }

  /**
   * Cost of the network.
   *
   * @return the sum of all layers, named "all"
   */
  public LayerCost total() {
    return sum("all", layers.keySet());
  }

  /**
   * Cost of some layers together, for example of all but the first one.
   *
   * @param names of layers
   * @return their sum, named after them
   * @throws IllegalArgumentException if one is not among {@link #layers()}
   */
  public LayerCost sum(String... names) {
    return sum(String.join(" + ", names), List.of(names));
  }

  private LayerCost sum(String label, Iterable<String> names) {
    OperationCounts sum = new OperationCounts();
    for (String name : names) {
      layer(name);
      sum.add(counts.get(name));
    }
    return new LayerCost(label, sum);
  }

  /**
   * Layers with parameters that are in no count, as what they compute is not known here.
   *
   * @return names and classes, empty if everything is counted
   */
  public List<String> notCounted() {
    return Collections.unmodifiableList(notCounted);
  }

  /**
   * Number of examples of all batches; nodes of a graph.
   *
   * @return N
   */
  public long examples() {
    return examples;
  }

  /**
   * Number of time steps, the most that a layer ran.
   *
   * @return T
   */
  public int timeSteps() {
    return timeSteps;
  }

  /**
   * The compression ratio if the propagation along edges is counted on both sides, in all its
   * steps.
   *
   * @return (dense MACs + dense propagation) / (operations + propagation)
   */
  public double ratioWithPropagation() {
    LayerCost all = total();
    return (double) (all.dense() + all.densePropagation()) / (all.operations() + all.propagation());
  }

  /**
   * A table of all counts with the energies of 45 nm, and the assumptions behind them.
   *
   * @return lines of text
   */
  public String report() {
    return report(OperationEnergy.nm45());
  }

  /**
   * A table of all counts and energies, and the assumptions behind them.
   *
   * @param energy of one operation
   * @return lines of text
   */
  public String report(OperationEnergy energy) {
    return CostReport.text(this, energy);
  }

  /**
   * Writes the table with the energies of 45 nm as CSV: a line for each layer and one for all,
   * after comment lines ({@code #}) with the assumptions.
   *
   * @param file to write; missing parent folders are made, an existing file is replaced
   * @throws IOException if the file cannot be written
   */
  public void toCsv(Path file) throws IOException {
    toCsv(file, OperationEnergy.nm45());
  }

  /**
   * Writes the table as CSV, as {@link #toCsv(Path)} does.
   *
   * @param file to write; missing parent folders are made, an existing file is replaced
   * @param energy of one operation
   * @throws IOException if the file cannot be written
   */
  public void toCsv(Path file, OperationEnergy energy) throws IOException {
    CostReport.csv(this, energy, file);
  }

  @Override
  public String toString() {
    return report();
  }
}
