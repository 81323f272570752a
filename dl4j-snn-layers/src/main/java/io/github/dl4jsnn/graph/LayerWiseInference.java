package io.github.dl4jsnn.graph;

import io.github.dl4jsnn.conf.AbstractGraphAttentionVertex;
import io.github.dl4jsnn.conf.AbstractGraphConvVertex;
import io.github.dl4jsnn.conf.DotProductDecoderVertex;
import io.github.dl4jsnn.conf.GraphReadoutVertex;
import io.github.dl4jsnn.conf.NodeFeatureAttentionLayer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The exact output of a network for every node of a large graph, in bounded memory: one vertex of
 * the network after the other, each for all nodes, block by block.
 *
 * <p>Sampling whole neighbourhoods instead takes all nodes within as many hops as there are graph
 * vertices, which soon is the whole graph for every batch. Here a block needs one hop: the rows of
 * its nodes and of all that send to them. The result is that of {@code net.output} on the whole
 * graph, up to the rounding of sums; normalisation uses the degrees of the whole graph.
 *
 * <p><b>Memory</b> is what the vertices return that are still needed, two of them in a network
 * without residual connections, and one block: its rows with their inputs, outputs and what the
 * vertex keeps. A block has up to {@code rowsPerBlock} rows, senders included; more only where one
 * node alone has more neighbours. {@link #peakBytes()} tells. Larger blocks are faster, since a
 * sender is computed once in each block it sends to.
 *
 * <p><b>Networks.</b> Inputs are features and edges; graph vertices ({@link
 * AbstractGraphConvVertex}: convolution and attention, spiking or not) take the edges as their last
 * input; all other vertices and layers must compute each node alone. There is one output. Refused
 * are Chebyshev propagation, which takes several hops in one vertex, and what is known to mix nodes
 * of itself: {@link GraphReadoutVertex}, {@link DotProductDecoderVertex}, and {@link
 * NodeFeatureAttentionLayer} with {@link NodeFeatureAttentionLayer.Squeeze#GRAPH}.
 *
 * <p>Use it for {@code net} when no other thread uses it. Its inputs and labels are cleared.
 *
 * <p><b>Source.</b> Layer-wise inference as in PyG's examples for NeighborLoader; the self-loops
 * that carry degrees into a block are ours.
 */
public final class LayerWiseInference {
  private final ComputationGraph net;
  private final int rowsPerBlock;
  private final DataType type;
  private final LayerWiseNetwork layers;
  private final Map<Integer, NodeRows> results = new HashMap<>();
  private long peakBytes;
  private int largestBlock;

  /**
   * For one network.
   *
   * @param net initialised network
   * @param rowsPerBlock most rows of a block, at least 1
   * @throws IllegalArgumentException if the network is not of the kind described above
   */
  public LayerWiseInference(ComputationGraph net, int rowsPerBlock) {
    this.net = Objects.requireNonNull(net, "net");
    this.rowsPerBlock = rowsPerBlock;
    this.type = net.params().dataType();
    if (rowsPerBlock < 1) {
      throw LayerWiseNetwork.bad("expected at least 1 row a block, got " + rowsPerBlock);
    }
    this.layers = new LayerWiseNetwork(net);
  }

  /**
   * Returns the output for every node.
   *
   * @param net initialised network
   * @param graph graph with features
   * @param rowsPerBlock most rows of a block, at least 1
   * @return as {@code net.outputSingle(features, edges)}
   * @throws IllegalArgumentException if the network is not of the kind described above
   */
  public static INDArray output(ComputationGraph net, CsrGraph graph, int rowsPerBlock) {
    return new LayerWiseInference(net, rowsPerBlock).output(graph);
  }

  private GraphVertex vertex(int index) {
    return net.getVertices()[index];
  }

  /**
   * Returns the output for every node.
   *
   * @param graph graph with features
   * @return as {@code net.outputSingle(features, edges)}, in no workspace
   * @throws IllegalStateException if the graph has no features
   * @throws IllegalArgumentException if a vertex does not return one row for each node
   */
  public INDArray output(CsrGraph graph) {
    graph.requireFeatures();
    peakBytes = 0;
    largestBlock = 0;
    results.clear();
    try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
      net.clear();
      int output = -1;
      for (int v : net.topologicalSortOrder()) {
        if (!vertex(v).isInputVertex()) {
          results.put(v, compute(v, graph));
          output = vertex(v).getVertexName().equals(outputName()) ? v : output;
          release(v, output);
        }
      }
      return results.get(output).all();
    } finally {
      results.clear();
      net.clear();
    }
  }

  private String outputName() {
    return net.getConfiguration().getNetworkOutputs().get(0);
  }

  /** Drops what no later vertex reads. */
  private void release(int done, int output) {
    List<Integer> order = new ArrayList<>();
    for (int v : net.topologicalSortOrder()) {
      order.add(v);
    }
    results.keySet().removeIf(v -> v != output && lastReader(v, order) <= order.indexOf(done));
  }

  private int lastReader(int v, List<Integer> order) {
    int last = -1;
    VertexIndices[] readers = vertex(v).getOutputVertices();
    for (int i = 0; readers != null && i < readers.length; i++) {
      last = Math.max(last, order.indexOf(readers[i].getVertexIndex()));
    }
    return last;
  }

  private NodeRows compute(int v, CsrGraph graph) {
    NodeRows out = new NodeRows(graph.numNodes(), type);
    boolean spreads = layers.isGraphVertex(v);
    boolean degrees = spreads && !(layers.config(v) instanceof AbstractGraphAttentionVertex);
    for (int from = 0; from < graph.numNodes(); ) {
      NodeBlock block = spreads ? NodeBlock.from(graph, from, rowsPerBlock) : null;
      int to = spreads ? block.end() : (int) Math.min(graph.numNodes(), (long) from + rowsPerBlock);
      int[] nodes = spreads ? block.nodes() : range(from, to - from);
      INDArray edges = spreads ? block.edges(degrees, type) : null;
      int[] targets = spreads ? block.targetRows() : range(0, to - from);
      out.append(run(v, graph, nodes, edges, out), targets, targets.length);
      from = to;
    }
    return out;
  }

  private static int[] range(int from, int count) {
    int[] out = new int[count];
    Arrays.setAll(out, i -> from + i);
    return out;
  }

  private INDArray run(int v, CsrGraph graph, int[] nodes, INDArray edges, NodeRows written) {
    GraphVertex vertex = vertex(v);
    VertexIndices[] in = vertex.getInputVertices();
    long bytes = edges == null ? 0 : bytes(edges);
    // preprocessors ask the network for the number of examples, which it takes from its first input
    net.setInput(0, Nd4j.createUninitialized(type, nodes.length, 1));
    for (int i = 0; i < in.length; i++) {
      int source = in[i].getVertexIndex();
      INDArray input = source == layers.edgesInput() ? edges : rows(source, graph, nodes);
      bytes += source == layers.edgesInput() ? 0 : bytes(input);
      vertex.setInput(i, input, LayerWorkspaceMgr.noWorkspaces());
    }
    if (vertex.hasLayer()) {
      vertex.getLayer().setInputMiniBatchSize(nodes.length);
    }
    INDArray out = vertex.doForward(false, LayerWorkspaceMgr.noWorkspaces());
    if (out.rank() < 2 || out.size(0) != nodes.length) {
      throw LayerWiseNetwork.bad(
          String.format(
              "expected %d rows of %s, one for each node, got shape %s",
              nodes.length, vertex.getVertexName(), Arrays.toString(out.shape())));
    }
    count(bytes + bytes(out), nodes.length, written);
    vertex.clear();
    return out;
  }

  private INDArray rows(int source, CsrGraph graph, int[] nodes) {
    if (!vertex(source).isInputVertex()) {
      return results.get(source).gather(nodes);
    }
    ArrayWriter features =
        ArrayWriter.create(graph.name(), type, nodes.length, graph.numFeatures());
    for (int node : nodes) {
      graph.putFeatures(features, node);
    }
    return features.array();
  }

  private static long bytes(INDArray a) {
    return a.length() * a.dataType().width();
  }

  private void count(long block, int rows, NodeRows written) {
    long now = block + written.bytes();
    for (NodeRows kept : results.values()) {
      now += kept.bytes();
    }
    peakBytes = Math.max(peakBytes, now);
    largestBlock = Math.max(largestBlock, rows);
  }

  /**
   * Returns what the last {@link #output(CsrGraph)} held at most, inputs, outputs and edges of the
   * current block and the results that later vertices read; without the graph.
   *
   * @return bytes
   */
  public long peakBytes() {
    return peakBytes;
  }

  /**
   * Returns the rows of the largest block of the last {@link #output(CsrGraph)}, senders included.
   *
   * @return number of rows
   */
  public int largestBlock() {
    return largestBlock;
  }
}
