package io.github.dl4jsnn.internal.op;

import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Gates of features and nodes over arrays; equations in {@link
 * io.github.dl4jsnn.conf.NodeFeatureAttentionLayer}.
 */
public interface NodeFeatureAttentionOp {
  /** Parameter {@code [F, R]} of the feature gates. */
  String DOWN = "Wd";

  /** Parameter {@code [R]} of the feature gates. */
  String DOWN_BIAS = "bd";

  /** Parameter {@code [R, F]} of the feature gates. */
  String UP = "Wu";

  /** Parameter {@code [F]} of the feature gates. */
  String UP_BIAS = "bu";

  /** Parameter {@code [F, 1]} of the node gate. */
  String NODE = "wn";

  /** Parameter {@code [1]} of the node gate. */
  String NODE_BIAS = "bn";

  /**
   * For the given data type.
   *
   * @param layer what error messages call the layer
   * @param graph whether the feature gates see the mean of all nodes
   * @param type FLOAT or DOUBLE
   */
  static NodeFeatureAttentionOp create(String layer, boolean graph, DataType type) {
    return type == DataType.DOUBLE
        ? new NodeFeatureAttentionOpF64(layer, graph)
        : new NodeFeatureAttentionOpF32(layer, graph);
  }

  /**
   * Gates the input.
   *
   * @param in (in) {@code [N, T, F]} or {@code [N, F]}
   * @param mask (in) {@code [N, T]} or null
   * @param params (in) by name; those of a gate that is off are missing
   * @param out (out) of the shape of in
   * @throws IllegalArgumentException if the input holds NaN or infinity
   */
  void forward(INDArray in, INDArray mask, Map<String, INDArray> params, INDArray out);

  /**
   * Gradients; the gates are computed again.
   *
   * @param in (in) as in {@link #forward}
   * @param mask (in) as in {@link #forward}
   * @param params (in) as in {@link #forward}
   * @param g (in) gradient of the output
   * @param gradients (out) gradients of the parameters, overwritten
   * @param dIn (out) gradient of the input
   */
  void backward(
      INDArray in,
      INDArray mask,
      Map<String, INDArray> params,
      INDArray g,
      Map<String, INDArray> gradients,
      INDArray dIn);
}
