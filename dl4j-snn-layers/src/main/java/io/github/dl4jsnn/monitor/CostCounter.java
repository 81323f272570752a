package io.github.dl4jsnn.monitor;

import io.github.dl4jsnn.conf.AbstractGraphAttentionVertex;
import io.github.dl4jsnn.conf.AbstractGraphConvVertex;
import io.github.dl4jsnn.conf.AbstractNeuronLayer;
import io.github.dl4jsnn.conf.AbstractNormalizationLayer;
import io.github.dl4jsnn.conf.AbstractSnnLayer;
import io.github.dl4jsnn.conf.SpikingGraphAttentionVertex;
import io.github.dl4jsnn.conf.SpikingGraphConvVertex;
import io.github.dl4jsnn.conf.StfnLayer;
import io.github.dl4jsnn.graph.Propagation;
import io.github.dl4jsnn.internal.runtime.FoldedTime;
import io.github.dl4jsnn.neuron.Recurrence;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Counts the operations of one layer in one forward pass; the terms are those of {@link SnnCost}.
 */
final class CostCounter {

  /** STFN squares the distance from the mean, and scales it. */
  private static final int STFN_PRODUCTS = 2;

  private final PassedLayer layer;
  private final OperationCounts counts = new OperationCounts();

  private CostCounter(PassedLayer layer) {
    this.layer = layer;
  }

  /**
   * Returns the counts, or null for a layer with parameters of which it is not known what it does.
   */
  static OperationCounts count(PassedLayer layer) {
    CostCounter counter = new CostCounter(layer);
    long[] fanOut = FanOut.of(layer);
    if (fanOut != null) {
      counter.addMap(fanOut);
    }
    boolean known = fanOut != null || counter.addOurs() || counter.addBatchNormalization();
    return known || layer.parameters == 0 ? counter.counts : null;
  }

  private void addMap(long[] fanOut) {
    INDArray in = layer.input();
    PresentRows rows = PresentRows.of(layer.name, in, layer.mask, layer.examples);
    boolean held = layer.steps(layer.in[0]) == 1;
    long repeats = held ? layer.stepsFromHere : 1;
    counts.addMap(
        InputCount.of(in, rows.present, fanOut), rows.examples, rows.rows * repeats, repeats);
    if (layer.conf instanceof AbstractGraphConvVertex) {
      addVertex((AbstractGraphConvVertex) layer.conf);
    } else {
      addOurs();
    }
  }

  /** Neurons, feedback and normalisation; returns whether it is a layer of this library. */
  private boolean addOurs() {
    if (layer.conf instanceof AbstractNeuronLayer) {
      AbstractNeuronLayer neurons = (AbstractNeuronLayer) layer.conf;
      addNeurons(Threshold.fires(neurons.neuron()));
      addFeedback(neurons.recurrence());
    } else if (layer.conf instanceof AbstractNormalizationLayer) {
      counts.normalisation = elements() * (layer.conf instanceof StfnLayer ? STFN_PRODUCTS : 1);
    }
    return layer.conf instanceof AbstractSnnLayer;
  }

  private boolean addBatchNormalization() {
    boolean is = layer.conf instanceof BatchNormalization;
    if (is) {
      counts.normalisation = elements();
    }
    return is;
  }

  private long elements() {
    INDArray in = layer.input();
    PresentRows rows = PresentRows.of(layer.name, in, layer.mask, layer.examples);
    return rows.rows * (in.length() / rowsOf(in));
  }

  private static long rowsOf(INDArray x) {
    return x.rank() == 3 ? x.size(0) * x.size(1) : x.size(0);
  }

  private void addNeurons(boolean firing) {
    INDArray out = layer.output();
    PresentRows rows = PresentRows.of(layer.name, out, layer.mask, layer.examples);
    long neurons = out.length() / rowsOf(out);
    counts.neuronUpdates = rows.rows * neurons;
    if (firing) {
      counts.firing = counts.neuronUpdates;
      counts.spikes = InputCount.of(out, rows.present, ones(neurons)).synapses;
    }
  }

  private static long[] ones(long n) {
    long[] ones = new long[Math.toIntExact(n)];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** Spikes of a step drive the next one, if it is present; the first step gets none. */
  private void addFeedback(Recurrence recurrence) {
    long steps = layer.steps(layer.out);
    if (recurrence == Recurrence.NONE || steps < 2) {
      return;
    }
    INDArray out = sequence();
    INDArray mask = layer.mask;
    int T = (int) steps;
    boolean[] feeds = new boolean[Math.toIntExact(rowsOf(out))];
    boolean[] present = PresentRows.of(layer.name, out, mask, layer.examples).present;
    long rows = 0;
    long examples = 0;
    for (int first = 0; first < feeds.length; first += T) {
      long before = rows;
      for (int t = 0; t + 1 < T; t++) {
        feeds[first + t] = present == null || present[first + t + 1];
        rows += feeds[first + t] ? 1 : 0;
      }
      examples += rows > before ? 1 : 0;
    }
    long[] fanOut = ones(out.size(2));
    Arrays.fill(fanOut, recurrence == Recurrence.ALL_TO_ALL ? out.size(2) : 1);
    counts.addMap(InputCount.of(out, feeds, fanOut), examples, rows, 1);
  }

  /** The output as a sequence {@code [N, T, F]}, also where time is folded into its rows. */
  private INDArray sequence() {
    INDArray out = layer.output();
    return out.rank() == 3
        ? out
        : FoldedTime.unfold(
            out, layer.examples, ArrayType.ACTIVATIONS, LayerWorkspaceMgr.noWorkspaces());
  }

  private void addVertex(AbstractGraphConvVertex conf) {
    long nodes = layer.examples;
    long steps = layer.steps(layer.in[0]);
    Propagation propagation = conf.getPropagation();
    INDArray rows = layer.in[layer.in.length - 1];
    long edges = edges(rows, Math.toIntExact(nodes), propagation.getKind());
    // as many passes along the edges as there are orders above 0
    boolean chebyshev = propagation.getKind() == Propagation.Kind.CHEBYSHEV;
    long perStep = edges * conf.getNOut() * (chebyshev ? propagation.getOrder() - 1 : 1);
    if (conf instanceof AbstractGraphAttentionVertex) {
      AbstractGraphAttentionVertex attention = (AbstractGraphAttentionVertex) conf;
      perStep = (edges + 2 * nodes) * attention.getHeads() * attention.perHead();
    }
    counts.densePropagation = perStep;
    counts.propagation = perStep * steps;
    if (conf.getStfn() != null) {
      counts.normalisation = STFN_PRODUCTS * nodes * steps * conf.getNOut();
    }
    if (conf instanceof SpikingGraphConvVertex || conf instanceof SpikingGraphAttentionVertex) {
      addNeurons(true);
    }
  }

  /**
   * Edges whose weight is not 0, and what the propagation makes of nodes themselves: self-loops
   * where the data have none, the weighted node beside any self-loop, or no self-loop at all.
   */
  private static long edges(INDArray rows, int nodes, Propagation.Kind kind) {
    long edges = 0;
    long loops = 0;
    boolean[] ownLoop = new boolean[nodes];
    int columns = rows.isEmpty() ? 1 : (int) rows.size(1);
    double[] values = rows.isEmpty() ? new double[0] : rows.dup('c').data().asDouble();
    for (int at = 0; at < values.length; at += columns) {
      if (columns == 2 || values[at + 2] != 0) {
        int source = (int) values[at];
        boolean loop = source == (int) values[at + 1];
        ownLoop[source] |= loop;
        edges++;
        loops += loop ? 1 : 0;
      }
    }
    switch (kind) {
      case SYMMETRIC:
        for (boolean own : ownLoop) {
          edges += own ? 0 : 1;
        }
        return edges;
      case GIN:
        return edges + nodes;
      case CHEBYSHEV:
        return edges - loops;
      default:
        return edges;
    }
  }
}
