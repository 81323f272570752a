package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.SpikeDropoutLayer;
import io.github.dl4jsnn.internal.kernel.CounterRandom;
import io.github.dl4jsnn.internal.op.SpikeDropoutOp;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Runtime of {@link SpikeDropoutLayer}. The mask is a function of network seed, layer and
 * iteration, so that the backward pass makes it again.
 */
public final class SpikeDropoutRuntime extends FusedLayer<SpikeDropoutLayer> {
  private static final long serialVersionUID = 1L;

  private final transient SpikeDropoutOp op;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   * @param op the computation
   */
  public SpikeDropoutRuntime(NeuralNetConfiguration conf, DataType type, SpikeDropoutOp op) {
    super(conf, type);
    this.op = op;
  }

  /** The mask of an iteration is that of all its steps, in whatever chunks they come. */
  @Override
  String refusal() {
    return null;
  }

  @Override
  INDArray forward(INDArray in, LayerWorkspaceMgr mgr) {
    INDArray out = createActivations(mgr, in.shape());
    apply(in, out);
    return out;
  }

  @Override
  INDArray backward(INDArray in, INDArray g, LayerWorkspaceMgr mgr) {
    INDArray dIn = createGradient(mgr, in.shape());
    apply(g, dIn);
    return dIn;
  }

  private void apply(INDArray in, INDArray out) {
    if (isTraining()) {
      long stream = CounterRandom.mix(conf().getSeed(), getIndex());
      op.apply(in, CounterRandom.mix(stream, getIterationCount()), out);
    } else {
      out.assign(in);
    }
  }
}
