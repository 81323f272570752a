package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.graph.Propagation;
import io.github.dl4jsnn.internal.kernel.AdjacencyF32;
import java.lang.ref.SoftReference;
import java.util.Arrays;

/**
 * The adjacency matrix made last, for the next vertex or iteration with the same edges: sorting
 * them by source jumps through memory, and takes far longer than to see that they are the same.
 *
 * <p>Kept for all networks of the process, and given up when memory runs short. Different graphs in
 * turn, as in mini-batches, share it among the vertices of one pass only.
 */
final class LastAdjacencyF32 {
  private static volatile SoftReference<LastAdjacencyF32> last = new SoftReference<>(null);

  private final EdgesF32 edges;
  private final int nodes;
  private final Propagation.Kind kind;
  private final AdjacencyF32 adjacency;

  private LastAdjacencyF32(
      EdgesF32 edges, int nodes, Propagation.Kind kind, AdjacencyF32 adjacency) {
    this.kind = kind;
    this.edges = edges;
    this.nodes = nodes;
    this.adjacency = adjacency;
  }

  /** As {@link EdgesF32#adjacency(Propagation.Kind, int)}, null included. */
  static AdjacencyF32 get(EdgesF32 e, int nodes, Propagation.Kind kind) {
    LastAdjacencyF32 known = last.get();
    if (known != null && known.isOf(e, nodes, kind)) {
      return known.adjacency;
    }
    AdjacencyF32 made = e.adjacency(kind, nodes);
    if (made != null) {
      last = new SoftReference<>(new LastAdjacencyF32(e, nodes, kind, made));
    }
    return made;
  }

  private boolean isOf(EdgesF32 e, int nodes, Propagation.Kind kind) {
    return this.nodes == nodes
        && this.kind == kind
        && Arrays.equals(edges.sources, e.sources)
        && Arrays.equals(edges.targets, e.targets)
        && Arrays.equals(edges.weights, e.weights);
  }
}
