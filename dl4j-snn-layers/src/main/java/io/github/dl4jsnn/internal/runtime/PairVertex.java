package io.github.dl4jsnn.internal.runtime;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the runtimes of vertices of two inputs and no parameters share. */
@SuppressWarnings("overrides") // DL4J: setInputs is variadic in the interface, not in its classes
abstract class PairVertex extends BaseGraphVertex {
  private final Object configuration;

  /**
   * A vertex without input yet.
   *
   * @param configuration what it prints as
   */
  PairVertex(ComputationGraph graph, String name, int index, Object configuration, DataType type) {
    super(graph, name, index, null, null, type);
    this.configuration = configuration;
  }

  @Override
  public final boolean hasLayer() {
    return false;
  }

  @Override
  public final Layer getLayer() {
    return null;
  }

  @Override
  public final void setBackpropGradientsViewArray(INDArray view) {
    if (view != null) {
      throw new IllegalStateException(this + " has no parameters");
    }
  }

  @Override
  public final boolean equals(Object o) {
    return this == o;
  }

  @Override
  public final int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public final String toString() {
    return configuration + " \"" + getVertexName() + "\"";
  }
}
