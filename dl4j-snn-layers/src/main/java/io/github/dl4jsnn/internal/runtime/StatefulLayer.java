package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.AbstractSnnLayer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer that can go on where the last chunk of a sequence ended. Ordinary passes begin at rest
 * and neither read nor change the state.
 *
 * @param <C> configuration
 */
abstract class StatefulLayer<C extends AbstractSnnLayer> extends FusedLayer<C> {
  private static final long serialVersionUID = 1L;

  /** After the last chunk of {@code rnnTimeStep}, or before the segment of truncated BPTT. */
  private final LayerState previous = new LayerState();

  /** After the segment of truncated BPTT; DL4J makes it the previous one when it is trained. */
  private final LayerState segmentEnd = new LayerState();

  /** Whether the last forward pass began with the previous state. */
  private transient boolean continued;

  StatefulLayer(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  /** Names of the variables of the state. */
  abstract List<String> stateNames();

  /**
   * Forward pass of a chunk.
   *
   * @param in (in) {@code [N, T, F]}
   * @param before (in) state at its start, or null for rest
   * @param after (out) state at its end, or null
   * @param mgr workspaces
   * @return as {@link #forward(INDArray, LayerWorkspaceMgr)}
   */
  abstract INDArray forward(
      INDArray in, INDArray[] before, INDArray[] after, LayerWorkspaceMgr mgr);

  /**
   * Backward pass of a segment; no error flows into the state at its start.
   *
   * @param in (in) {@code [N, T, F]}
   * @param before (in) state at the start of the segment, or null for rest
   * @param g (in) gradient of the output
   * @param steps how many of the last steps pass an error on; those before get none
   * @param mgr workspaces
   * @return gradient of the input
   */
  abstract INDArray backward(
      INDArray in, INDArray[] before, INDArray g, long steps, LayerWorkspaceMgr mgr);

  /** Nothing is refused. */
  @Override
  final String refusal() {
    return null;
  }

  /** Why truncated BPTT is refused, or null. */
  String truncationRefusal() {
    return null;
  }

  @Override
  public INDArray rnnTimeStep(INDArray in, LayerWorkspaceMgr mgr) {
    take(in, mgr);
    INDArray x = chunk();
    INDArray[] before = before(previous, x);
    INDArray[] after = next(previous, x);
    INDArray out = output(forward(x, before, after, mgr), mgr);
    previous.commit();
    return out;
  }

  @Override
  public INDArray rnnActivateUsingStoredState(
      INDArray in, boolean training, boolean storeLastForTBPTT, LayerWorkspaceMgr mgr) {
    take(in, mgr);
    if (storeLastForTBPTT) {
      checkTruncation();
    }
    applyDropOutIfNecessary(training, mgr);
    continued = true;
    INDArray x = chunk();
    INDArray[] before = before(previous, x);
    INDArray[] after = storeLastForTBPTT ? next(segmentEnd, x) : null;
    INDArray out = output(forward(x, before, after, mgr), mgr);
    if (storeLastForTBPTT) {
      segmentEnd.commit();
    }
    return out;
  }

  @Override
  public void setInput(INDArray in, LayerWorkspaceMgr mgr) {
    super.setInput(in, mgr);
    continued = false;
  }

  /**
   * ComputationGraph calls this also in truncated BPTT, behind a forward pass that began with the
   * previous state; the way back is that of the whole segment then.
   */
  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr mgr) {
    return continued
        ? tbpttBackpropGradient(epsilon, Integer.MAX_VALUE, mgr)
        : super.backpropGradient(epsilon, mgr);
  }

  @Override
  public Pair<Gradient, INDArray> tbpttBackpropGradient(
      INDArray epsilon, int tbpttBackLength, LayerWorkspaceMgr mgr) {
    assertInputSet(true);
    checkTruncation();
    INDArray x = chunk();
    INDArray g = gradientNwc(epsilon, mgr);
    long steps = Math.min(x.size(1), tbpttBackLength);
    return withParameterGradients(toFormat(backward(x, before(previous, x), g, steps, mgr)));
  }

  private void checkTruncation() {
    if (truncationRefusal() != null) {
      throw new UnsupportedOperationException(config().label() + ": " + truncationRefusal());
    }
    if (input.rank() != 3 || config().getDataFormat() != RNNFormat.NCW) {
      throw new UnsupportedOperationException(
          config().label()
              + ": truncated BPTT needs sequences [N, F, T] in format NCW, as DL4J cuts dimension 2;"
              + " got "
              + Arrays.toString(input.shape())
              + ", format "
              + config().getDataFormat());
    }
  }

  private INDArray chunk() {
    return chunk(input);
  }

  /** A chunk as {@code [N, T, F]}, checked; an array of rank 2 is a single time step. */
  INDArray chunk(INDArray in) {
    INDArray x = in;
    if (in.rank() == 2) {
      x = toNwc(in.reshape(in.size(0), 1, in.size(1)));
    }
    config().validateInput(x);
    return toNwc(typed(x));
  }

  /** The state with which the last pass of a segment began, or null for rest. */
  final INDArray[] stateBefore(INDArray x) {
    return continued ? before(previous, x) : null;
  }

  private INDArray[] before(LayerState state, INDArray x) {
    return state.before(config().label(), x.size(0), x.size(2));
  }

  private INDArray[] next(LayerState state, INDArray x) {
    return state.next(stateNames().size(), dataType, x.size(0), x.size(2));
  }

  @Override
  public Map<String, INDArray> rnnGetPreviousState() {
    return previous.copy(stateNames());
  }

  @Override
  public void rnnSetPreviousState(Map<String, INDArray> state) {
    previous.set(config().label(), stateNames(), dataType, state);
  }

  @Override
  public Map<String, INDArray> rnnGetTBPTTState() {
    return segmentEnd.copy(stateNames());
  }

  @Override
  public void rnnSetTBPTTState(Map<String, INDArray> state) {
    segmentEnd.set(config().label(), stateNames(), dataType, state);
  }

  @Override
  public void rnnClearPreviousState() {
    previous.clear();
    segmentEnd.clear();
  }
}
