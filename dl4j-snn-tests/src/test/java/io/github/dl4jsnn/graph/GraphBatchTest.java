package io.github.dl4jsnn.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

class GraphBatchTest {
  private static final GraphData EDGE =
      GraphData.builder("edge", 2)
          .edges(new int[] {0}, new int[] {1}, new float[] {0.5f})
          .features(new float[][] {{1, 0, 2}, {0, 0, 3}})
          .build();
  private static final GraphData POINT =
      GraphData.builder("point", 1).features(new float[][] {{0, 4, 0}}).build();
  private static final GraphData PATH =
      GraphData.builder("path", 3)
          .undirectedEdges(new int[] {0, 1}, new int[] {1, 2})
          .features(new float[][] {{5, 0, 0}, {0, 0, 0}, {6, 7, 8}})
          .build();

  private static GraphBatch batch() {
    return GraphBatch.of(
        List.of(
            GraphExample.ofClass(EDGE, 1, 2),
            GraphExample.ofClass(POINT, 0, 2),
            GraphExample.ofClass(PATH, 1, 2)));
  }

  @Test
  void nodesFollowEachOtherAndEdgesKeepTheirGraph() {
    GraphBatch b = batch();
    assertThat(b.numGraphs()).isEqualTo(3);
    assertThat(new int[] {b.firstNode(0), b.firstNode(1), b.firstNode(2), b.firstNode(3)})
        .containsExactly(0, 2, 3, 6);
    assertThat(b.features(DataType.FLOAT).toFloatMatrix())
        .isDeepEqualTo(
            new float[][] {{1, 0, 2}, {0, 0, 3}, {0, 4, 0}, {5, 0, 0}, {0, 0, 0}, {6, 7, 8}});
    assertThat(b.edges(DataType.FLOAT).toFloatMatrix())
        .isDeepEqualTo(new float[][] {{0, 1, 0.5f}, {3, 4, 1}, {4, 3, 1}, {4, 5, 1}, {5, 4, 1}});
    assertThat(b.membership(DataType.FLOAT).toFloatMatrix())
        .isDeepEqualTo(new float[][] {{0}, {0}, {1}, {2}, {2}, {2}});
    assertThat(b.labels(DataType.FLOAT).toFloatMatrix())
        .isDeepEqualTo(new float[][] {{0, 1}, {1, 0}, {0, 1}});
  }

  @Test
  void dataSetHoldsAllInTheGivenType() {
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      MultiDataSet d = batch().dataSet(type);
      assertThat(d.getFeatures(0).shape()).containsExactly(6, 3);
      assertThat(d.getFeatures(1).shape()).containsExactly(5, 3);
      assertThat(d.getFeatures(2).shape()).containsExactly(6, 1);
      assertThat(d.getLabels(0).shape()).containsExactly(3, 2);
      for (int i = 0; i < 3; i++) {
        assertThat(d.getFeatures(i).dataType()).isEqualTo(type);
      }
      assertThat(d.getLabels(0).dataType()).isEqualTo(type);
    }
  }

  @Test
  void graphsWithoutEdgesAndValuesToPredict() {
    GraphBatch b =
        GraphBatch.of(
            List.of(GraphExample.ofValues(POINT, 0.5f, -1), GraphExample.ofValues(POINT, 2, 3)));
    assertThat(b.edges(DataType.FLOAT)).isEqualTo(Nd4j.zeros(DataType.FLOAT, 1, 3));
    assertThat(b.labels(DataType.DOUBLE).toDoubleMatrix())
        .isDeepEqualTo(new double[][] {{0.5, -1}, {2, 3}});
    assertThat(b).hasToString("GraphBatch(2 graphs: " + b.graph() + ")");
  }

  @Test
  void graphsThatDoNotFitAreNamed() {
    assertThatThrownBy(() -> GraphBatch.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one");
    GraphData wide = GraphData.builder("wide", 1).features(new float[][] {{1, 2}}).build();
    assertThatThrownBy(
            () ->
                GraphBatch.of(
                    List.of(GraphExample.ofClass(EDGE, 0, 2), GraphExample.ofClass(wide, 0, 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("graph 1", "wide", "3 features", "got 2");
    assertThatThrownBy(
            () ->
                GraphBatch.of(
                    List.of(GraphExample.ofClass(EDGE, 0, 2), GraphExample.ofClass(PATH, 0, 3))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("graph 1", "path", "2 labels", "got 3");
  }

  @Test
  void examplesAreChecked() {
    assertThatThrownBy(() -> GraphExample.ofClass(EDGE, 2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("edge", "0 to 1", "got 2");
    assertThatThrownBy(() -> GraphExample.ofClass(EDGE, -1, 2)).hasMessageContaining("got -1");
    assertThatThrownBy(() -> GraphExample.ofValues(EDGE)).hasMessageContaining("at least one");
    assertThatThrownBy(() -> GraphExample.ofValues(EDGE, Float.NaN)).hasMessageContaining("NaN");
    assertThat(GraphExample.ofClass(EDGE, 1, 2))
        .isEqualTo(GraphExample.ofValues(EDGE, 0, 1))
        .hasSameHashCodeAs(GraphExample.ofValues(EDGE, 0, 1))
        .isNotEqualTo(GraphExample.ofClass(EDGE, 0, 2))
        .isNotEqualTo(GraphExample.ofClass(PATH, 1, 2));
  }
}
