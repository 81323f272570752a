package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.AbstractReadoutLayer;
import io.github.dl4jsnn.internal.op.ReadoutOp;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer that makes one value a feature of a sequence. In a stream it reads all steps since the
 * state was cleared.
 *
 * @param <C> configuration
 */
abstract class FusedSequenceReadout<C extends AbstractReadoutLayer> extends StatefulLayer<C> {
  private static final long serialVersionUID = 1L;

  private transient ReadoutOp op;

  FusedSequenceReadout(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  abstract ReadoutOp createOp();

  /** Factor of the output. */
  abstract double scale();

  /** Takes the gradient of the scale. */
  abstract void putScaleGradient(double dScale);

  /** Makes the output, except for its scale, of an array that holds what was accumulated. */
  abstract void divide(INDArray out, INDArray[] state);

  @Override
  INDArray forward(INDArray in, LayerWorkspaceMgr mgr) {
    INDArray out = createActivations(mgr, in.size(0), in.size(2));
    op().forward(in, mask(in), scale(), out);
    return out;
  }

  @Override
  INDArray forward(INDArray in, INDArray[] before, INDArray[] after, LayerWorkspaceMgr mgr) {
    INDArray[] state =
        after == null
            ? LayerState.empty(stateNames().size(), dataType, in.size(0), in.size(2))
            : after;
    op().accumulate(in, mask(in), before, state);
    INDArray out = createActivations(mgr, in.size(0), in.size(2)).assign(state[0]);
    divide(out, state);
    return out.muli(scale());
  }

  @Override
  INDArray backward(INDArray in, INDArray g, LayerWorkspaceMgr mgr) {
    INDArray dIn = createGradient(mgr, in.shape());
    putScaleGradient(op().backward(in, mask(in), g, scale(), dIn));
    return dIn;
  }

  @Override
  final String truncationRefusal() {
    return "truncated BPTT trains on segments, but this layer has one output for the whole"
        + " sequence; use the standard BackpropType";
  }

  @Override
  final INDArray backward(
      INDArray in, INDArray[] before, INDArray g, long steps, LayerWorkspaceMgr mgr) {
    throw new UnsupportedOperationException(config().label() + ": " + truncationRefusal());
  }

  private INDArray mask(INDArray in) {
    return FeatureMask.checked(config().label(), maskArray, in);
  }

  private ReadoutOp op() {
    if (op == null) {
      op = createOp();
    }
    return op;
  }
}
