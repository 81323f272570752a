package io.github.dl4jsnn.internal.runtime;

import io.github.dl4jsnn.conf.AbstractSnnLayer;
import java.io.Serializable;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;

/**
 * Sequences {@code [N, T, F]} as rows {@code [T*N, F]} or {@code [T*N, C, H, W]} and back.
 *
 * <p>Row {@code t*N + n} is step t of example n. That is the order of all of DL4J's own
 * preprocessors between recurrent, feed-forward and convolutional layers; another order would
 * exchange examples and steps wherever DL4J inserts one of those by itself.
 *
 * <p>An object of this class folds the outputs of one runtime layer and unfolds the gradients that
 * come back.
 */
public final class FoldedTime implements Serializable {
  private static final long serialVersionUID = 1L;

  /** End of messages about numbers of rows that do not fit. */
  public static final String STALE_LABELS =
      "; a ComputationGraph reports the number of the labels it still holds from fit or score: set"
          + " foldedTimeSteps(T) on the layer, or call net.clear() before a batch of another size";

  /** Shape of the last output, {@code [N, T, F]}, or {@code [N, F]} if there is no time axis. */
  private long[] last;

  private int miniBatchSize;
  private long trainedExamples;
  private long trainedSteps;

  FoldedTime() {}

  /** The output in the shape that the layer's output type promises. */
  INDArray output(AbstractSnnLayer config, INDArray nwc, LayerWorkspaceMgr mgr) {
    last = nwc.shape();
    return config.getFoldedShape() == null
        ? inFormat(nwc, config.getDataFormat())
        : fold(nwc, config.getFoldedShape(), ArrayType.ACTIVATIONS, mgr);
  }

  /** The gradient of that output, as {@code [N, T, F]} or {@code [N, F]}. */
  INDArray gradient(AbstractSnnLayer config, INDArray epsilon, LayerWorkspaceMgr mgr) {
    if (config.getFoldedShape() == null) {
      return inFormat(epsilon, config.getDataFormat());
    }
    return last.length == 3
        ? unfold(epsilon, last[0], ArrayType.ACTIVATION_GRAD, mgr)
        : fold(epsilon, new long[] {last[1]}, ArrayType.ACTIVATION_GRAD, mgr);
  }

  /** Called by DL4J's MultiLayerNetwork with the number of examples in its input. */
  void setMiniBatchSize(int size) {
    miniBatchSize = size;
  }

  /**
   * Checks, as far as DL4J lets a layer know it, that the examples of an input whose time a
   * preprocessor unfolded are examples. A MultiLayerNetwork tells its layers how many there are. A
   * ComputationGraph does not, and tells its preprocessors the number of labels of the last fit as
   * long as it holds them.
   */
  void check(AbstractSnnLayer config, INDArray nwc, boolean training) {
    if (!config.isUnfoldingTime()) {
      return;
    }
    long n = nwc.size(0);
    if (miniBatchSize != 0 && miniBatchSize != n) {
      throw new IllegalStateException(
          config.label()
              + ": expected "
              + miniBatchSize
              + " examples, got "
              + n
              + " in "
              + Arrays.toString(nwc.shape())
              + "; a layer with timeSteps takes no sequences, behind which time is folded into the"
              + " batch, and miniBatch(false) hides the number of examples from preprocessors");
    }
    long steps = nwc.rank() == 3 ? nwc.size(1) : 1;
    if (training) {
      trainedExamples = n;
      trainedSteps = steps;
    } else if (miniBatchSize == 0
        && config.getFoldedTimeSteps() == 0
        && n == trainedExamples
        && steps != trainedSteps) {
      throw new IllegalStateException(
          config.label()
              + ": expected sequences of "
              + trainedSteps
              + " steps, as in the last training batch of equally many examples, got "
              + steps
              + STALE_LABELS);
    }
  }

  /** NWC from the format or the format from NWC, without copying. */
  static INDArray inFormat(INDArray a, RNNFormat format) {
    return a.rank() == 3 && format == RNNFormat.NCW ? a.permute(0, 2, 1) : a;
  }

  /**
   * Folds time into the batch.
   *
   * @param nwc {@code [N, T, F]}; an array of another rank keeps its rows
   * @param row shape of one row, such as {@code [C, H, W]}, with F entries
   * @param type of the result
   * @param mgr workspaces
   * @return {@code [T*N, row]}, without copying if memory lies in this order
   */
  public static INDArray fold(INDArray nwc, long[] row, ArrayType type, LayerWorkspaceMgr mgr) {
    INDArray a = contiguous(nwc.rank() == 3 ? nwc.permute(1, 0, 2) : nwc, type, mgr);
    long[] shape = new long[row.length + 1];
    shape[0] = nwc.rank() == 3 ? nwc.size(0) * nwc.size(1) : nwc.size(0);
    System.arraycopy(row, 0, shape, 1, row.length);
    return mgr.leverageTo(type, a.reshape('c', shape));
  }

  /**
   * Unfolds time.
   *
   * @param rows {@code [T*N, …]} of any rank from 2
   * @param n number of examples, which divides the number of rows
   * @param type of the result
   * @param mgr workspaces
   * @return {@code [N, T, F]}, F being the product of the other dimensions; a view if memory is in
   *     c order, or in f order and of rank 2, as DL4J's dense layers put out
   */
  public static INDArray unfold(INDArray rows, long n, ArrayType type, LayerWorkspaceMgr mgr) {
    long steps = rows.size(0) / n;
    long features = rows.length() / rows.size(0);
    if (rows.rank() == 2 && rows.ordering() == 'f' && Shape.hasDefaultStridesForShape(rows)) {
      return mgr.leverageTo(type, rows.reshape('f', n, steps, features));
    }
    INDArray c = contiguous(rows, type, mgr).reshape('c', steps, n, features);
    return mgr.leverageTo(type, c.permute(1, 0, 2));
  }

  private static INDArray contiguous(INDArray a, ArrayType type, LayerWorkspaceMgr mgr) {
    return a.ordering() == 'c' && Shape.hasDefaultStridesForShape(a) ? a : mgr.dup(type, a, 'c');
  }

  /** An array {@code [N, T, F]} whose memory has the order of folded rows; others as usual. */
  static INDArray create(
      AbstractSnnLayer config,
      DataType dataType,
      ArrayType type,
      LayerWorkspaceMgr mgr,
      long... shape) {
    if (shape.length != 3 || config.getFoldedShape() == null) {
      return mgr.createUninitialized(type, dataType, shape, 'c');
    }
    long[] folded = {shape[1], shape[0], shape[2]};
    return mgr.createUninitialized(type, dataType, folded, 'c').permute(1, 0, 2);
  }
}
