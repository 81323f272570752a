package io.github.dl4jsnn.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.AsyncMultiDataSetIterator;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

class GraphBatchIteratorTest {
  private static final int[] NODES = {2, 3, 1, 9, 4, 1, 1};

  /** Graph i has NODES[i] nodes and the value i. */
  private static List<GraphExample> graphs() {
    return IntStream.range(0, NODES.length)
        .mapToObj(
            i ->
                GraphExample.ofValues(
                    GraphData.builder("graph " + i, NODES[i])
                        .features(new float[NODES[i]][2])
                        .build(),
                    i))
        .collect(Collectors.toList());
  }

  private static GraphBatchIterator.Builder builder() {
    return new GraphBatchIterator.Builder(graphs());
  }

  /** Values of the graphs, batch by batch. */
  private static List<List<Integer>> epoch(MultiDataSetIterator it) {
    List<List<Integer>> batches = new ArrayList<>();
    while (it.hasNext()) {
      batches.add(values(it.next()));
    }
    return batches;
  }

  private static List<Integer> values(MultiDataSet batch) {
    return Arrays.stream(batch.getLabels(0).dup().data().asInt())
        .boxed()
        .collect(Collectors.toList());
  }

  private static List<Integer> all(List<List<Integer>> epoch) {
    return epoch.stream().flatMap(List::stream).collect(Collectors.toList());
  }

  @Test
  void batchesHoldTheGraphsInOrder() {
    GraphBatchIterator it = builder().batchSize(3).build();
    List<List<Integer>> expected = List.of(List.of(0, 1, 2), List.of(3, 4, 5), List.of(6));
    assertThat(epoch(it)).isEqualTo(expected);
    it.reset();
    assertThat(epoch(it)).isEqualTo(expected);
  }

  @Test
  void nodesBoundABatchButLargeGraphsAreNotLeftOut() {
    GraphBatchIterator it = builder().batchSize(3).maxNodes(5).build();
    assertThat(epoch(it))
        .containsExactly(List.of(0, 1), List.of(2), List.of(3), List.of(4, 5), List.of(6));
  }

  @Test
  void nextTakesAsManyAsAsked() {
    GraphBatchIterator it = builder().batchSize(1).build();
    assertThat(values(it.next(2))).containsExactly(0, 1);
    assertThat(values(it.next())).containsExactly(2);
    assertThat(values(it.next(99))).containsExactly(3, 4, 5, 6);
    assertThatThrownBy(it::next)
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContainingAll("7 graphs", "reset");
    assertThatThrownBy(() -> it.next(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shufflingIsSeededAndAnotherInEachEpoch() {
    GraphBatchIterator a = builder().batchSize(2).shuffle(5).build();
    GraphBatchIterator b = builder().batchSize(2).shuffle(5).build();
    List<List<Integer>> first = epoch(a);
    assertThat(epoch(b)).isEqualTo(first);
    a.reset();
    b.reset();
    List<List<Integer>> second = epoch(a);
    assertThat(epoch(b)).isEqualTo(second);
    assertThat(second).isNotEqualTo(first);
    assertThat(epoch(builder().batchSize(2).shuffle(6).build())).isNotEqualTo(first);
    for (List<List<Integer>> epoch : List.of(first, second)) {
      assertThat(all(epoch)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6).isNotEqualTo(sorted());
    }
  }

  private static List<Integer> sorted() {
    return List.of(0, 1, 2, 3, 4, 5, 6);
  }

  @Test
  void resetInTheMiddleBeginsAnew() {
    GraphBatchIterator it = builder().batchSize(2).build();
    it.next();
    it.reset();
    assertThat(all(epoch(it))).isEqualTo(sorted());
    assertThat(it.resetSupported()).isTrue();
  }

  @Test
  void prefetchingGivesTheSameBatches() {
    GraphBatchIterator plain = builder().batchSize(2).shuffle(5).build();
    GraphBatchIterator inner = builder().batchSize(2).shuffle(5).build();
    assertThat(inner.asyncSupported()).isTrue();
    AsyncMultiDataSetIterator async = new AsyncMultiDataSetIterator(inner, 2);
    assertThat(epoch(async)).isEqualTo(epoch(plain));
    async.shutdown();
  }

  @Test
  void preProcessorSeesEveryBatch() {
    GraphBatchIterator it = builder().batchSize(4).dataType(DataType.DOUBLE).build();
    MultiDataSetPreProcessor add = batch -> batch.getLabels(0).addi(10);
    it.setPreProcessor(add);
    assertThat(it.getPreProcessor()).isSameAs(add);
    MultiDataSet batch = it.next();
    assertThat(values(batch)).containsExactly(10, 11, 12, 13);
    assertThat(batch.getFeatures(0).dataType()).isEqualTo(DataType.DOUBLE);
    assertThat(batch.getFeatures(2).shape()).containsExactly(15, 1);
  }

  @Test
  void optionsAreChecked() {
    assertThatThrownBy(() -> new GraphBatchIterator.Builder(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one graph");
    assertThatThrownBy(() -> builder().batchSize(0)).hasMessageContainingAll("batchSize", "was 0");
    assertThatThrownBy(() -> builder().maxNodes(-1)).hasMessageContainingAll("maxNodes", "was -1");
  }
}
