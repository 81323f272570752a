package io.github.dl4jsnn.conf;

import java.util.Collection;
import java.util.Map;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the layers share that are DL4J's own with another runtime. */
final class ImageLayers {
  private ImageLayers() {}

  /** Hands a new layer its place and parameters. */
  static org.deeplearning4j.nn.api.Layer prepare(
      AbstractLayer<?> layer,
      Collection<TrainingListener> listeners,
      int layerIndex,
      INDArray paramsView,
      Map<String, INDArray> params) {
    layer.setListeners(listeners);
    layer.setIndex(layerIndex);
    layer.setParamsViewArray(paramsView);
    layer.setParamTable(params);
    return layer;
  }
}
