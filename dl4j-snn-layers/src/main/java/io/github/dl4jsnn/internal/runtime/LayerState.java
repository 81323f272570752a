package io.github.dl4jsnn.internal.runtime;

import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The state of a layer between two chunks of a sequence: an array {@code [N, F]} for each variable,
 * outside of workspaces, or none, which is rest. Nobody else holds these arrays.
 */
final class LayerState implements Serializable {
  private static final long serialVersionUID = 1L;

  private INDArray[] current;
  private transient INDArray[] next;

  /**
   * The state at the start of a chunk, or null for rest.
   *
   * @throws IllegalArgumentException if it belongs to another minibatch
   */
  INDArray[] before(String label, long n, long f) {
    if (current != null && !Arrays.equals(current[0].shape(), new long[] {n, f})) {
      throw new IllegalArgumentException(
          label
              + ": expected the next chunk of a stream whose state is [N, F] = "
              + Arrays.toString(current[0].shape())
              + ", got one of ["
              + n
              + ", "
              + f
              + "]; call rnnClearPreviousState() before other examples");
    }
    return current;
  }

  /** Room for the state at the end of a chunk; {@link #commit} makes it the current one. */
  INDArray[] next(int count, DataType type, long n, long f) {
    if (next == null || !Arrays.equals(next[0].shape(), new long[] {n, f})) {
      next = empty(count, type, n, f);
    }
    return next;
  }

  /** Arrays {@code [N, F]} outside of workspaces, with any content. */
  static INDArray[] empty(int count, DataType type, long n, long f) {
    INDArray[] arrays = new INDArray[count];
    Arrays.setAll(arrays, i -> Nd4j.createUninitializedDetached(type, 'c', n, f));
    return arrays;
  }

  /** Only now, so that a chunk which fails leaves the state as it was. */
  void commit() {
    INDArray[] old = current;
    current = next;
    next = old;
  }

  void clear() {
    current = null;
  }

  /** A copy by name; empty at rest. */
  Map<String, INDArray> copy(List<String> names) {
    Map<String, INDArray> copy = new LinkedHashMap<>();
    for (int i = 0; current != null && i < names.size(); i++) {
      copy.put(names.get(i), current[i].detach().dup('c'));
    }
    return copy;
  }

  /**
   * Takes over copies; an empty map is rest.
   *
   * @throws IllegalArgumentException if names or shapes are not those of this layer
   */
  void set(String label, List<String> names, DataType type, Map<String, INDArray> state) {
    if (state.isEmpty()) {
      clear();
      return;
    }
    if (!new TreeSet<>(names).equals(new TreeSet<>(state.keySet()))) {
      throw new IllegalArgumentException(
          label + ": expected a state with " + names + ", got " + new TreeSet<>(state.keySet()));
    }
    long[] shape = state.get(names.get(0)).shape();
    INDArray[] copies = new INDArray[names.size()];
    for (int i = 0; i < copies.length; i++) {
      INDArray a = state.get(names.get(i));
      if (a.rank() != 2 || !Arrays.equals(a.shape(), shape)) {
        throw new IllegalArgumentException(
            label
                + ": expected the state \""
                + names.get(i)
                + "\" as [N, F]"
                + (i == 0 ? "" : " = " + Arrays.toString(shape))
                + ", got shape "
                + Arrays.toString(a.shape()));
      }
      copies[i] = Nd4j.createUninitializedDetached(type, 'c', shape).assign(a);
    }
    current = copies;
  }
}
