package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.Backend;
import io.github.dl4jsnn.internal.kernel.Workers;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.layers.samediff.SameDiffLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Steps that all runtime layers and vertices share. */
public final class RuntimeLayers {
  private static final Logger log = LoggerFactory.getLogger(RuntimeLayers.class);

  /**
   * System property that sets the number of threads of the kernels; default: as many as ND4J uses.
   */
  public static final String THREADS = "dl4j.snn.threads";

  static {
    Workers.setThreads(Integer.getInteger(THREADS, Nd4j.getEnvironment().maxThreads()));
  }

  private RuntimeLayers() {}

  /**
   * Resolves and logs the backend, after a check that no wrapper of DL4J is around the layer that
   * cannot be.
   *
   * @param label of the layer
   * @param backend as configured
   * @param type data type of the network
   * @return true for the fused kernels
   */
  public static boolean fused(String label, Backend backend, DataType type) {
    Passes.checkNotWrapped(label);
    Backend resolved = backend.resolve(type);
    log.info("{}: backend {} (configured {}), {}", label, resolved, backend, type);
    return resolved == Backend.FUSED;
  }

  /**
   * Hands a new layer its place and parameters.
   *
   * @param layer new layer
   * @param conf its configuration
   * @param layerIndex its index
   * @param paramsView its part of the network's parameters
   * @param initializeParams whether to initialise them
   * @return the layer
   */
  public static Layer prepare(
      SameDiffLayer layer,
      NeuralNetConfiguration conf,
      int layerIndex,
      INDArray paramsView,
      boolean initializeParams) {
    layer.setIndex(layerIndex);
    layer.setParamsViewArray(paramsView);
    layer.setParamTable(conf.getLayer().initializer().init(conf, paramsView, initializeParams));
    layer.setConf(conf);
    return layer;
  }

  /** Score of L1, L2 and the like; DL4J's SameDiff layers leave it out of the network's score. */
  static double regularizationScore(
      Map<String, INDArray> params, TrainingConfig conf, int iteration, int epoch) {
    double score = 0;
    for (Map.Entry<String, INDArray> e : params.entrySet()) {
      List<Regularization> list = conf.getRegularizationByParam(e.getKey());
      if (list != null) {
        for (Regularization r : list) {
          score += r.score(e.getValue(), iteration, epoch);
        }
      }
    }
    return score;
  }

  /**
   * Assigns a parameter after checking name and shape; DL4J's SameDiff layers check and then forget
   * to assign.
   */
  static void setParam(String label, Map<String, INDArray> params, String key, INDArray value) {
    INDArray current = params.get(key);
    if (current == null) {
      throw new IllegalArgumentException(
          label + ": no parameter \"" + key + "\", there are " + params.keySet());
    }
    if (!current.equalShapes(value)) {
      throw new IllegalArgumentException(
          label
              + ": parameter \""
              + key
              + "\" has shape "
              + java.util.Arrays.toString(current.shape())
              + ", got "
              + java.util.Arrays.toString(value.shape()));
    }
    current.assign(value);
  }
}
