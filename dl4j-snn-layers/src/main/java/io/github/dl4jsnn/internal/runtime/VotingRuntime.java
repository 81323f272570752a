package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.VotingLayer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Runtime of {@link VotingLayer}; the arrays are those of a network's last layers, and small. */
public final class VotingRuntime extends FusedLayer<VotingLayer> {
  private static final long serialVersionUID = 1L;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public VotingRuntime(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  /** Each step is counted by itself. */
  @Override
  String refusal() {
    return null;
  }

  @Override
  INDArray forward(INDArray in, LayerWorkspaceMgr mgr) {
    int votes = config().getVotes();
    long classes = in.size(2) / votes;
    INDArray out = createActivations(mgr, in.size(0), in.size(1), classes);
    INDArray ballots = in.dup('c').reshape('c', in.size(0), in.size(1), classes, votes);
    return out.assign(ballots.sum(3)).divi(votes);
  }

  @Override
  INDArray backward(INDArray in, INDArray g, LayerWorkspaceMgr mgr) {
    int votes = config().getVotes();
    INDArray dIn = createGradient(mgr, in.shape());
    INDArray each = g.dup('c').reshape('c', g.size(0), g.size(1), g.size(2), 1).divi(votes);
    INDArray spread = each.broadcast(g.size(0), g.size(1), g.size(2), votes);
    return dIn.assign(spread.dup('c').reshape('c', in.shape()));
  }
}
