package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.AbstractSpikingMapLayer;
import io.github.dl4jsnn.internal.definition.SpikingMapDefinition;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link AbstractSpikingMapLayer} computed by its SameDiff definition. */
public final class DefinedSpikingMap extends DefinedBatchNorm {
  private static final long serialVersionUID = 1L;

  /**
   * A layer without input yet.
   *
   * @param conf configuration
   * @param type data type of the network
   */
  public DefinedSpikingMap(NeuralNetConfiguration conf, DataType type) {
    super(conf, type);
  }

  private AbstractSpikingMapLayer map() {
    return (AbstractSpikingMapLayer) config();
  }

  /** The currents, computed once more: SameDiff keeps no inner results. */
  @Override
  INDArray normalised() {
    Map<String, INDArray> placeholders = new HashMap<>();
    placeholders.put(INPUT_KEY, input);
    placeholders.put(MASK_KEY, maskArray == null ? config().onesMaskForInput(input) : typedMask());
    return sameDiff
        .output(placeholders, SpikingMapDefinition.CURRENTS)
        .get(SpikingMapDefinition.CURRENTS);
  }

  private INDArray typedMask() {
    return maskArray.dataType() == dataType ? maskArray : maskArray.castTo(dataType);
  }

  @Override
  double decay() {
    return map().getBatchNormDecay();
  }

  @Override
  boolean normalises() {
    return map().isBatchNorm();
  }
}
