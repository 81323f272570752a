package io.github.dl4jsnn.conf;

import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.util.TimeSeriesUtils;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What an input type says about time folded into the batch; see {@link UnfoldTimePreProcessor}. */
final class TimeFolding {
  private TimeFolding() {}

  /**
   * Shape of one row of an array of this type, without the batch.
   *
   * @return {@code [C, H, W]}, {@code [H, W, C]} or {@code [F]}; null for other types
   */
  static long[] rowShape(InputType type) {
    if (type instanceof InputType.InputTypeConvolutionalFlat) {
      return new long[] {((InputType.InputTypeConvolutionalFlat) type).getFlattenedSize()};
    }
    return type instanceof InputType.InputTypeConvolutional
            || type instanceof InputType.InputTypeFeedForward
        ? type.getShape()
        : null;
  }

  /** Format of the sequence that is folded into rows of this type, if the type says so, or null. */
  static RNNFormat sequenceFormat(InputType type) {
    if (type instanceof InputType.InputTypeRecurrent) {
      return ((InputType.InputTypeRecurrent) type).getFormat();
    }
    if (type instanceof InputType.InputTypeFeedForward) {
      Object format = ((InputType.InputTypeFeedForward) type).getTimeDistributedFormat();
      return format instanceof RNNFormat ? (RNNFormat) format : null;
    }
    return null;
  }

  /**
   * Whether an input has no time axis for certain: nothing before the first layer could have folded
   * one into the batch. Behind other layers of DL4J the type is the same for static and for folded
   * rows, and the number of rows decides in the forward pass.
   */
  static boolean isStatic(int layerIndex, InputType type) {
    return layerIndex == 0 && rowShape(type) != null && sequenceFormat(type) == null;
  }

  /** A mask {@code [N, T]} as that of rows, in the shape which layers for such rows expect. */
  static INDArray foldMask(INDArray mask, long[] row) {
    LayerWorkspaceMgr none = LayerWorkspaceMgr.noWorkspaces();
    return row.length == 3
        ? TimeSeriesUtils.reshapeTimeSeriesMaskToCnn4dMask(mask, none, ArrayType.INPUT)
        : TimeSeriesUtils.reshapeTimeSeriesMaskToVector(mask, none, ArrayType.INPUT);
  }

  /** A mask of examples {@code [N, 1]}, repeated for the steps that a static input is held. */
  static INDArray holdMask(INDArray mask, int timeSteps) {
    return mask != null && mask.size(1) == 1 && timeSteps > 1
        ? Nd4j.tile(mask, 1, timeSteps)
        : mask;
  }
}
