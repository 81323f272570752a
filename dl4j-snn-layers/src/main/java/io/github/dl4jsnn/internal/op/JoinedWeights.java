package io.github.dl4jsnn.internal.op;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Weight matrices of one input side by side, so that one pass over its spikes serves all. A single
 * matrix stays where it is.
 */
final class JoinedWeights {
  private final List<String> names;
  private INDArray values;
  private INDArray gradients;

  JoinedWeights(List<String> names) {
    this.names = names;
  }

  /** Columns of each matrix. */
  int[] widths(Map<String, INDArray> params) {
    int[] widths = new int[names.size()];
    Arrays.setAll(widths, i -> (int) params.get(names.get(i)).size(1));
    return widths;
  }

  /** The matrices {@code [nIn, sum of their columns]}. */
  INDArray values(Map<String, INDArray> params) {
    if (names.size() == 1) {
      return params.get(names.get(0));
    }
    values = room(values, params);
    int at = 0;
    for (String name : names) {
      INDArray w = params.get(name);
      columns(values, at, w.size(1)).assign(w);
      at += w.size(1);
    }
    return values;
  }

  /** Where the gradient of {@link #values} is to be written, before {@link #putGradients}. */
  INDArray gradients(Map<String, INDArray> into) {
    if (names.size() == 1) {
      return into.get(names.get(0));
    }
    gradients = room(gradients, into);
    return gradients;
  }

  /** Hands the gradient to each matrix. */
  void putGradients(Map<String, INDArray> into) {
    int at = 0;
    for (String name : names.size() == 1 ? List.<String>of() : names) {
      INDArray dw = into.get(name);
      dw.assign(columns(gradients, at, dw.size(1)));
      at += dw.size(1);
    }
  }

  private INDArray room(INDArray old, Map<String, INDArray> like) {
    INDArray first = like.get(names.get(0));
    long columns = Arrays.stream(widths(like)).sum();
    return old != null && old.size(0) == first.size(0)
        ? old
        : Nd4j.createUninitializedDetached(first.dataType(), first.size(0), columns);
  }

  private static INDArray columns(INDArray a, long from, long count) {
    return a.get(NDArrayIndex.all(), NDArrayIndex.interval(from, from + count));
  }
}
