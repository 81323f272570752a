package io.github.dl4jsnn.internal.op;

import io.github.dl4jsnn.internal.kernel.AdjacencyF32;
import java.lang.ref.SoftReference;
import java.util.Arrays;

/**
 * The normalised adjacency made last, for the next vertex or iteration with the same edges: sorting
 * them by source jumps through memory, and takes far longer than to see that they are the same.
 *
 * <p>Kept for all networks of the process, and given up when memory runs short. Different graphs in
 * turn, as in mini-batches, share it among the vertices of one pass only.
 */
final class LastAdjacencyF32 {
  private static volatile SoftReference<LastAdjacencyF32> last = new SoftReference<>(null);

  private final EdgesF32 edges;
  private final int nodes;
  private final AdjacencyF32 adjacency;

  private LastAdjacencyF32(EdgesF32 edges, int nodes, AdjacencyF32 adjacency) {
    this.edges = edges;
    this.nodes = nodes;
    this.adjacency = adjacency;
  }

  /** As {@link AdjacencyF32#symmetric}, null included. */
  static AdjacencyF32 symmetric(EdgesF32 e, int nodes) {
    LastAdjacencyF32 known = last.get();
    if (known != null && known.isOf(e, nodes)) {
      return known.adjacency;
    }
    AdjacencyF32 made = AdjacencyF32.symmetric(e.sources, e.targets, e.weights, e.count, nodes);
    if (made != null) {
      last = new SoftReference<>(new LastAdjacencyF32(e, nodes, made));
    }
    return made;
  }

  private boolean isOf(EdgesF32 e, int nodes) {
    return this.nodes == nodes
        && Arrays.equals(edges.sources, e.sources)
        && Arrays.equals(edges.targets, e.targets)
        && Arrays.equals(edges.weights, e.weights);
  }
}
