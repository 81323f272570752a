package io.github.dl4jsnn.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

class GraphDataTest {

  /** 5 nodes, 3 features, 2 classes: a directed, weighted graph whose sizes all differ. */
  private static GraphData.Builder five() {
    return GraphData.builder("five", 5)
        .features(new int[] {0, 2, 2, 3, 5, 5}, new int[] {0, 2, 1, 0, 1}, values(), 3)
        .edges(new int[] {0, 0, 1, 2}, new int[] {1, 2, 2, 2}, new float[] {1f, -0.5f, 2f, 3f})
        .labels(new int[] {0, 1, 1, 0, GraphData.NO_LABEL}, 2)
        .splits(Split.TRAIN, Split.TEST, Split.VALIDATION, Split.TRAIN, Split.NONE);
  }

  private static float[] values() {
    return new float[] {1f, 3f, 0.5f, 2f, -1f};
  }

  @Test
  void arraysHoldWhatWasGiven() {
    GraphData graph = five().build();
    assertThat(graph.features().toDoubleMatrix())
        .isDeepEqualTo(new double[][] {{1, 0, 3}, {0, 0, 0}, {0, 0.5, 0}, {2, -1, 0}, {0, 0, 0}});
    assertThat(graph.edges().toDoubleMatrix())
        .isDeepEqualTo(new double[][] {{0, 1, 1}, {0, 2, -0.5}, {1, 2, 2}, {2, 2, 3}});
    assertThat(graph.labels().toDoubleMatrix())
        .isDeepEqualTo(new double[][] {{1, 0}, {0, 1}, {0, 1}, {1, 0}, {0, 0}});
    assertThat(graph.mask(Split.TRAIN).toDoubleMatrix())
        .isDeepEqualTo(new double[][] {{1}, {0}, {0}, {1}, {0}});
    assertThat(graph.mask(Split.NONE).toDoubleMatrix())
        .isDeepEqualTo(new double[][] {{0}, {0}, {0}, {0}, {1}});
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void dataSetHasTheTypeAskedForAndMasksLabelsOnly(DataType type) {
    MultiDataSet data = five().build().dataSet(Split.VALIDATION, type);
    assertThat(data.getFeatures()).hasSize(2);
    assertThat(data.getFeatures(0).shape()).containsExactly(5, 3);
    assertThat(data.getFeatures(1).shape()).containsExactly(4, 3);
    assertThat(data.getLabels(0).shape()).containsExactly(5, 2);
    assertThat(data.getLabelsMaskArray(0).shape()).containsExactly(5, 1);
    assertThat(data.getLabelsMaskArray(0).toDoubleVector()).containsExactly(0, 0, 1, 0, 0);
    assertThat(data.getFeaturesMaskArrays()).isNull();
    for (INDArray array :
        new INDArray[] {
          data.getFeatures(0), data.getFeatures(1), data.getLabels(0), data.getLabelsMaskArray(0)
        }) {
      assertThat(array.dataType()).isEqualTo(type);
      assertThat(array.ordering()).isEqualTo('c');
    }
  }

  @Test
  void countsAndAccessors() {
    GraphData graph = five().build();
    assertThat(graph.numEdges()).isEqualTo(4);
    assertThat(graph.numNonZeros()).isEqualTo(5);
    assertThat(graph.numUnlabelledNodes()).isEqualTo(1);
    assertThat(graph.nodes(Split.TRAIN)).containsExactly(0, 3);
    assertThat(graph.count(Split.TEST)).isEqualTo(1);
    assertThat(graph.inDegrees()).containsExactly(0, 1, 3, 0, 0);
    assertThat(graph.outDegrees()).containsExactly(2, 1, 1, 0, 0);
    assertThat(graph.feature(3, 1)).isEqualTo(-1f);
    assertThat(graph.feature(3, 2)).isZero();
    assertThat(graph.feature(1, 0)).isZero();
    assertThat(graph.label(4)).isEqualTo(GraphData.NO_LABEL);
    assertThat(graph.split(2)).isEqualTo(Split.VALIDATION);
    assertThatThrownBy(() -> graph.feature(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(graph)
        .hasToString(
            "GraphData(five: 5 nodes, 4 edge rows, 3 features, 2 classes, train/validation/test 2/1/1)");
  }

  @Test
  void selfLoopsAndRowsOfWeightZeroJoinNothing() {
    GraphData graph =
        GraphData.builder("g", 5)
            .edges(new int[] {0, 1, 3}, new int[] {2, 1, 4}, new float[] {1f, 1f, 0f})
            .build();
    assertThat(graph.isolatedNodes()).containsExactly(1, 3, 4);
  }

  @Test
  void undirectedEdgesGoBothWaysAndSelfLoopsOnce() {
    GraphData graph =
        GraphData.builder("g", 3)
            .undirectedEdges(new int[] {0, 1, 2}, new int[] {1, 1, 0}, new float[] {1f, 2f, 3f})
            .build();
    assertThat(graph.sources()).containsExactly(0, 1, 1, 2, 0);
    assertThat(graph.targets()).containsExactly(1, 0, 1, 0, 2);
    assertThat(graph.weights()).containsExactly(1f, 1f, 2f, 3f, 3f);
  }

  @Test
  void noEdgesAreOneRowOfWeightZero() {
    GraphData graph = GraphData.builder("g", 2).identityFeatures().build();
    assertThat(graph.numEdges()).isZero();
    assertThat(graph.edges().toDoubleMatrix()).isDeepEqualTo(new double[][] {{0, 0, 0}});
  }

  /** Why {@link GraphData#edges()} makes no array of shape [0, 3]: fails once ND4J can do it. */
  @Test
  void nd4jStillRejectsEmptyArraysInWorkspaces() {
    WorkspaceConfiguration conf = WorkspaceConfiguration.builder().initialSize(1 << 16).build();
    INDArray empty = Nd4j.create(DataType.FLOAT, 0, 3);
    try (MemoryWorkspace ws =
        Nd4j.getWorkspaceManager().getAndActivateWorkspace(conf, "GraphDataTest")) {
      assertThat(ws.isScopeActive()).isTrue();
      assertThatIllegalArgumentException().isThrownBy(empty::migrate).withMessageContaining(">= 1");
    }
  }

  @Test
  void arraysCanBeMadeInAWorkspaceThatHoldsOldValues() {
    WorkspaceConfiguration conf = WorkspaceConfiguration.builder().initialSize(1 << 20).build();
    GraphData graph = five().build();
    INDArray expected = graph.features();
    for (int i = 0; i < 3; i++) {
      try (MemoryWorkspace ws =
          Nd4j.getWorkspaceManager().getAndActivateWorkspace(conf, "GraphDataTest")) {
        assertThat(graph.features().isAttached()).isTrue();
        assertThat(graph.features()).isEqualTo(expected);
        Nd4j.valueArrayOf(new long[] {500}, 7f, DataType.FLOAT);
        assertThat(graph.features()).isEqualTo(expected);
        assertThat(ws.getPrimaryOffset()).isPositive();
      }
    }
  }

  @Test
  void rowNormalizationDividesBySumsAndKeepsTheRest() {
    GraphData graph = five().build();
    GraphData normalized = graph.rowNormalizedFeatures();
    assertThat(normalized.features().toDoubleMatrix())
        .isDeepEqualTo(
            new double[][] {{0.25, 0, 0.75}, {0, 0, 0}, {0, 1, 0}, {2, -1, 0}, {0, 0, 0}});
    assertThat(normalized.toBuilder().features(graph.features().toFloatMatrix()).build())
        .isEqualTo(graph);
    assertThat(graph.feature(0, 0)).as("the original").isEqualTo(1f);
  }

  @Test
  void rowNormalizationRefusesAZeroSum() {
    GraphData graph =
        GraphData.builder("zero", 2).features(new float[][] {{1, 2}, {1, -1}}).build();
    assertThatIllegalStateException()
        .isThrownBy(graph::rowNormalizedFeatures)
        .withMessage("zero: the features of node 1 cannot be divided by their sum 0.0");
  }

  @Test
  void nothingGivenOrReturnedIsShared() {
    int[] sources = {0};
    float[] weights = {1f};
    Split[] splits = {Split.NONE, Split.NONE};
    GraphData.Builder builder =
        GraphData.builder("g", 2).edges(sources, new int[] {1}, weights).splits(splits);
    GraphData graph = builder.build();
    GraphData twin = graph.toBuilder().build();
    sources[0] = 1;
    weights[0] = 9f;
    splits[0] = Split.TRAIN;
    builder.edges(new int[0], new int[0]);
    graph.sources()[0] = 1;
    graph.weights()[0] = 9f;
    graph.rowPointers()[0] = 9;
    assertThat(graph).isEqualTo(twin).hasSameHashCodeAs(twin);
    assertThat(graph.source(0)).isZero();
    assertThat(graph.weight(0)).isEqualTo(1f);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("otherGraphs")
  void equalityNoticesEveryPart(String what, UnaryOperator<GraphData.Builder> change) {
    assertThat(change.apply(five()).build()).as(what).isNotEqualTo(five().build());
  }

  static Stream<Arguments> otherGraphs() {
    int[] s = {0, 0, 1, 2};
    int[] t = {1, 2, 2, 2};
    return Stream.of(
        change("features", b -> b.identityFeatures()),
        change("weights", b -> b.edges(s, t)),
        change("sources", b -> b.edges(t, t, new float[] {1f, -0.5f, 2f, 3f})),
        change("labels", b -> b.labels(new int[] {0, 0, 1, 0, -1}, 2)),
        change("classes", b -> b.labels(new int[] {0, 1, 1, 0, -1}, 3)),
        change(
            "splits", b -> b.splits(Split.TRAIN, Split.TEST, Split.TEST, Split.TRAIN, Split.NONE)));
  }

  private static Arguments change(String what, UnaryOperator<GraphData.Builder> change) {
    return Arguments.of(what, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badGraphs")
  void buildRefuses(String message, UnaryOperator<GraphData.Builder> change) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> change.apply(five()).build())
        .withMessage("five: " + message);
  }

  static Stream<Arguments> badGraphs() {
    int[] one = {1};
    float[] w = {1f};
    int[] pointers = {0, 1, 1, 1, 1, 1};
    return Stream.of(
        change("edge row 0: expected a target of 0 to 4, got 5", b -> b.edges(one, new int[] {5})),
        change(
            "edge row 0: expected a source of 0 to 4, got -1", b -> b.edges(new int[] {-1}, one)),
        change(
            "edge row 0 (1 to 1) has weight NaN", b -> b.edges(one, one, new float[] {Float.NaN})),
        change(
            "edge row 0 (1 to 1) has weight Infinity",
            b -> b.edges(one, one, new float[] {Float.POSITIVE_INFINITY})),
        change(
            "expected as many sources as targets and weights, got 1, 2 and 1",
            b -> b.edges(one, new int[2], w)),
        change(
            "expected as many sources as targets and weights, got 1, 1 and 2",
            b -> b.undirectedEdges(one, one, new float[2])),
        change(
            "expected a label of -1 (none) to 1, got 2 for node 3",
            b -> b.labels(new int[] {0, 1, 0, 2, 0}, 2)),
        change(
            "expected a label of -1 (none) to 1, got -2 for node 0",
            b -> b.labels(new int[] {-2, 1, 0, 0, 0}, 2)),
        change("expected 5 labels, one for each node, got 4", b -> b.labels(new int[4], 2)),
        change("expected a number of classes of at least 0, got -1", b -> b.labels(new int[5], -1)),
        change("expected 5 splits, one for each node, got 1", b -> b.splits(Split.TRAIN)),
        change("the split of node 0 is null", b -> b.splits(new Split[5])),
        change(
            "node 4 is in split TEST but has no label; use NONE for it",
            b -> b.splits(Split.TRAIN, Split.TRAIN, Split.TRAIN, Split.TRAIN, Split.TEST)),
        change(
            "expected features 0 to 2, got 3 for node 0",
            b -> b.features(pointers, new int[] {3}, w, 3)),
        change(
            "feature 2 of node 0 is NaN",
            b -> b.features(pointers, new int[] {2}, new float[] {Float.NaN}, 3)),
        change(
            "expected ascending features, got 1 after 1 for node 0",
            b -> b.features(new int[] {0, 2, 2, 2, 2, 2}, new int[] {1, 1}, new float[2], 3)),
        change(
            "expected feature rows for 5 nodes (6 row pointers), got 2 row pointers",
            b -> b.features(new int[] {0, 1}, one, w, 3)),
        change(
            "row pointers descend at node 1: 2, 1",
            b -> b.features(new int[] {0, 2, 1, 1, 1, 1}, one, w, 3)),
        change(
            "expected row pointers from 0 to 1 values, got 0 to 2",
            b -> b.features(new int[] {0, 2, 2, 2, 2, 2}, one, w, 3)),
        change(
            "expected as many columns as values, got 1 and 2",
            b -> b.features(pointers, one, new float[2], 3)),
        change(
            "expected 3 features as of node 0, got 2 for node 1",
            b -> b.features(new float[][] {{1, 2, 3}, {1, 2}})),
        change(
            "expected feature rows for 5 nodes (6 row pointers), got 5 row pointers",
            b -> b.features(new float[4][3])));
  }

  @Test
  void refusesWhatAnArrayCannotHold() {
    GraphData bare = GraphData.builder("bare", 2).build();
    assertThatIllegalStateException()
        .isThrownBy(bare::features)
        .withMessageContaining("no features");
    assertThatIllegalStateException().isThrownBy(bare::labels).withMessageContaining("no labels");
    GraphData graph = five().build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> graph.edges(DataType.INT32))
        .withMessage("expected DataType FLOAT or DOUBLE, got INT");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> graph.dataSet(Split.NONE))
        .withMessageContaining("TRAIN, VALIDATION or TEST");
    GraphData noTest = GraphData.builder("five", 5).labels(new int[5], 1).build();
    assertThatIllegalStateException()
        .isThrownBy(() -> noTest.dataSet(Split.TEST))
        .withMessage("five: no node is in split TEST");
  }

  @Test
  void nodeNumbersAboveTwoToThe24NeedDouble() {
    int exact = 16777216;
    assertThat((float) exact).isNotEqualTo((float) (exact - 1)).isEqualTo((float) (exact + 1));
    assertThat(GraphArrays.id("big", exact, DataType.FLOAT)).isEqualTo(1.6777216e7);
    assertThat(GraphArrays.id("big", exact + 1, DataType.DOUBLE)).isEqualTo(1.6777217e7);
    int[] big = {exact + 1};
    assertThatIllegalStateException()
        .isThrownBy(() -> GraphArrays.edges("big", new int[1], big, new float[1], DataType.FLOAT))
        .withMessageContaining("big: node number 16777217 is above 2^24 = 16777216");
    assertThat(
            GraphArrays.edges("big", new int[1], big, new float[] {2f}, DataType.DOUBLE)
                .toDoubleMatrix())
        .isDeepEqualTo(new double[][] {{0, 16777217, 2}});
  }

  @Test
  void builderNeedsANameAndANode() {
    assertThatIllegalArgumentException().isThrownBy(() -> GraphData.builder(" ", 1));
    assertThatIllegalArgumentException().isThrownBy(() -> GraphData.builder(null, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GraphData.builder("g", 0))
        .withMessage("g: expected at least 1 node, got 0");
  }
}
