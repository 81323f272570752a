package io.github.dl4jsnn.monitor;

import io.github.dl4jsnn.internal.op.AttentionSnapshot;
import io.github.dl4jsnn.internal.runtime.HoldsAttention;
import java.util.Objects;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How the nodes attended to each other in the last forward pass of a graph attention vertex.
 *
 * <p>An edge is an entry of the softmax: those of the data with a weight other than 0, and a
 * self-loop for each node that has none. They are sorted by target; edges of one target keep the
 * order of the data, the added self-loop last. The coefficients of one target, step and head add up
 * to 1; they are those of the softmax, before dropout and the average over heads.
 *
 * <pre>{@code
 * graph.output(features, edges);
 * AttentionWeights a = AttentionWeights.of(graph, "ga1");
 * double w = a.weights().getDouble(e, t, head);    // of the edge a.sources()[e] -> a.targets()[e]
 * }</pre>
 *
 * <p>On the fused path only. A copy: later passes of the network do not change it.
 */
public final class AttentionWeights {
  private final AttentionSnapshot snapshot;

  private AttentionWeights(AttentionSnapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * Returns the coefficients of the last forward pass.
   *
   * @param graph a network
   * @param vertex name of a graph attention vertex
   * @throws IllegalArgumentException if the network has no vertex of this name, or it has no
   *     attention or does not run on the fused path
   * @throws IllegalStateException if the network is not initialised, or there was no forward pass
   */
  public static AttentionWeights of(ComputationGraph graph, String vertex) {
    Objects.requireNonNull(graph, "graph");
    Objects.requireNonNull(vertex, "vertex");
    if (graph.getVertices() == null) {
      throw new IllegalStateException("The network is not initialised: call init() first");
    }
    GraphVertex v = graph.getVertex(vertex);
    if (v == null) {
      throw new IllegalArgumentException(
          "No vertex \""
              + vertex
              + "\" in the network of "
              + graph.getConfiguration().getVertices().keySet());
    }
    if (!(v instanceof HoldsAttention) || !((HoldsAttention) v).attends()) {
      throw new IllegalArgumentException(
          "Vertex \""
              + vertex
              + "\": expected a SpikingGraphAttentionVertex or GraphAttentionVertex on the fused"
              + " path, got "
              + v);
    }
    AttentionSnapshot snapshot = ((HoldsAttention) v).attention();
    if (snapshot == null) {
      throw new IllegalStateException(
          "Vertex \"" + vertex + "\": run a forward pass first, such as output()");
    }
    return new AttentionWeights(snapshot);
  }

  /**
   * Returns the coefficients {@code [E', T, heads]}; T is 1 for static features, whose coefficients
   * hold at every step.
   */
  public INDArray weights() {
    return snapshot.weights;
  }

  /** Returns the node that sends, for each of the E' edges. */
  public int[] sources() {
    return snapshot.sources.clone();
  }

  /** Returns the node that receives, for each of the E' edges. */
  public int[] targets() {
    return snapshot.targets.clone();
  }
}
