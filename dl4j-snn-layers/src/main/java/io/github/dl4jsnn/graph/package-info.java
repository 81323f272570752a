/**
 * Graphs as data: nodes, sparse features, directed weighted edges, labels and splits.
 *
 * <p>Start with {@link io.github.dl4jsnn.graph.GraphData}, the one value all else makes or takes.
 * Get one from {@link io.github.dl4jsnn.graph.KarateClub} (embedded), {@link
 * io.github.dl4jsnn.graph.Planetoid} and {@link io.github.dl4jsnn.graph.GraphDataReader} (files
 * found by {@link io.github.dl4jsnn.graph.DataFolder}), or {@link io.github.dl4jsnn.graph.IGraphs}
 * (graphs of deeplearning4j-graph); {@link io.github.dl4jsnn.graph.PlanetoidDownload} fetches the
 * citation graphs. A graph enters a network as two inputs: features {@code [N, F]} and edge rows
 * (source, target, weight) {@code [E, 3]}; a row of weight 0 is no edge.
 *
 * <p>For millions of nodes: {@link io.github.dl4jsnn.graph.CsrGraph}, mini-batches of sampled
 * neighbours from {@link io.github.dl4jsnn.graph.NeighborSamplingIterator}, outputs for all nodes
 * from {@link io.github.dl4jsnn.graph.LayerWiseInference}, and {@link
 * io.github.dl4jsnn.graph.PowerLawGraph} to try them.
 *
 * <p>Whole graphs are learned from {@link io.github.dl4jsnn.graph.GraphExample}s, in batches of
 * {@link io.github.dl4jsnn.graph.GraphBatchIterator}; links from an {@link
 * io.github.dl4jsnn.graph.EdgeSplit}. {@link io.github.dl4jsnn.graph.DeepWalk} learns vectors of
 * nodes from the edges alone.
 */
package io.github.dl4jsnn.graph;
