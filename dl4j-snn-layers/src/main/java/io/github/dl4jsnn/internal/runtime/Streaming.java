package io.github.dl4jsnn.internal.runtime;

import java.util.Map;
import org.deeplearning4j.nn.api.layers.RecurrentLayer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How a layer takes part in {@code rnnTimeStep} and truncated BPTT. DL4J asks layers that are a
 * {@link RecurrentLayer} and runs every other layer on each chunk as if it were a whole sequence.
 * So all layers of this library are one: those that cannot take a sequence in chunks refuse, with
 * the methods below.
 */
interface Streaming extends RecurrentLayer {

  /**
   * Why the layer cannot take a sequence in chunks.
   *
   * @return layer and reason
   */
  String streamingRefusal();

  /** The exception of {@link #streamingRefusal()}. */
  default UnsupportedOperationException refusedStreaming() {
    return new UnsupportedOperationException(streamingRefusal());
  }

  @Override
  default INDArray rnnTimeStep(INDArray in, LayerWorkspaceMgr mgr) {
    throw refusedStreaming();
  }

  @Override
  default INDArray rnnActivateUsingStoredState(
      INDArray in, boolean training, boolean storeLastForTBPTT, LayerWorkspaceMgr mgr) {
    throw refusedStreaming();
  }

  @Override
  default Pair<Gradient, INDArray> tbpttBackpropGradient(
      INDArray epsilon, int tbpttBackLength, LayerWorkspaceMgr mgr) {
    throw refusedStreaming();
  }

  @Override
  default Map<String, INDArray> rnnGetPreviousState() {
    return Map.of();
  }

  @Override
  default void rnnSetPreviousState(Map<String, INDArray> state) {
    if (!state.isEmpty()) {
      throw refusedStreaming();
    }
  }

  /** There is nothing to clear; DL4J clears all layers before it asks whether they stream. */
  @Override
  default void rnnClearPreviousState() {}

  @Override
  default Map<String, INDArray> rnnGetTBPTTState() {
    return Map.of();
  }

  @Override
  default void rnnSetTBPTTState(Map<String, INDArray> state) {
    rnnSetPreviousState(state);
  }
}
