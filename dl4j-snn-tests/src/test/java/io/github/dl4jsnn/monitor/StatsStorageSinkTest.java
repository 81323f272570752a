package io.github.dl4jsnn.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.testing.Networks;
import io.github.dl4jsnn.testing.TestNetwork;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.core.storage.StatsStorageListener;
import org.deeplearning4j.core.storage.StorageMetaData;
import org.deeplearning4j.core.storage.impl.CollectionStatsStorageRouter;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.storage.FileStatsStorage;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

class StatsStorageSinkTest {

  private static final TestNetwork KIND = TestNetwork.STATIC_SPIKING_GRAPH;

  @TempDir Path folder;

  /** Trains five iterations and returns what the listener itself has kept. */
  private static List<SpikingStats> train(StatsStorageSink sink) {
    ComputationGraph net = KIND.create();
    SpikingStatsListener listener =
        new SpikingStatsListener.Builder().frequency(1).warnShare(2).sink(sink).build();
    net.setListeners(listener);
    Networks.fit(net, KIND.data(DataType.FLOAT), 5, 1);
    return listener.history();
  }

  private static void assertHolds(
      StatsStorage storage, StatsStorageSink sink, List<SpikingStats> expected) {
    String session = sink.sessionID();
    String type = StatsStorageSink.TYPE_ID;
    assertThat(storage.listSessionIDs()).contains(session);
    assertThat(storage.listTypeIDsForSession(session)).contains(type);
    assertThat(storage.listWorkerIDsForSessionAndType(session, type))
        .containsExactly(sink.workerID());
    StorageMetaData meta = storage.getStorageMetaData(session, type);
    assertThat(meta.getInitTypeClass()).isEqualTo(SpikingStatsInfo.class.getName());
    assertThat(meta.getUpdateTypeClass()).isEqualTo(SpikingStatsUpdate.class.getName());
    SpikingStatsInfo info =
        (SpikingStatsInfo) storage.getStaticInfo(session, type, sink.workerID());
    assertThat(info.neurons().keySet()).containsExactly("gc1", "gc2");
    assertThat(info.neurons().get("gc1")).isEqualTo(10);
    assertThat(info.getSessionID()).isEqualTo(session);
    List<SpikingStats> read =
        storage.getAllUpdatesAfter(session, type, 0).stream()
            .map(p -> ((SpikingStatsUpdate) p).stats())
            .collect(Collectors.toList());
    assertThat(read).isEqualTo(expected).hasSize(5);
    Persistable latest = storage.getLatestUpdate(session, type, sink.workerID());
    assertThat(((SpikingStatsUpdate) latest).stats().iteration()).isEqualTo(4);
  }

  @Test
  void memoryHoldsTheRecordsBesideThoseOfDl4j() {
    StatsStorage storage = new InMemoryStatsStorage();
    List<StatsStorageListener.EventType> events = new ArrayList<>();
    storage.registerStatsStorageListener(
        e -> {
          if (e.getTypeID() == null || e.getTypeID().equals(StatsStorageSink.TYPE_ID)) {
            events.add(e.getEventType());
          }
        });
    StatsListener own = new StatsListener(storage);
    StatsStorageSink sink = new StatsStorageSink(storage, "training", "worker");
    List<SpikingStats> expected = train(sink);
    assertHolds(storage, sink, expected);
    assertThat(events)
        .filteredOn(e -> e == StatsStorageListener.EventType.PostUpdate)
        .as("one a record, though several fall into one millisecond")
        .hasSize(5);
    assertThat(own.getSessionID()).isNotEqualTo("training");
  }

  /** DL4J's listener and ours share a session. */
  @Test
  void sessionIsSharedWithStatsListener() {
    StatsStorage storage = new InMemoryStatsStorage();
    StatsListener own = new StatsListener(storage);
    StatsStorageSink sink = new StatsStorageSink(storage, own.getSessionID(), own.getWorkerID());
    ComputationGraph net = KIND.create();
    net.setListeners(
        own, new SpikingStatsListener.Builder().frequency(1).warnShare(2).sink(sink).build());
    Networks.fit(net, KIND.data(DataType.FLOAT), 2, 1);
    assertThat(storage.listSessionIDs()).containsExactly(own.getSessionID());
    assertThat(storage.listTypeIDsForSession(own.getSessionID()))
        .containsExactlyInAnyOrder(StatsListener.TYPE_ID, StatsStorageSink.TYPE_ID);
  }

  @Test
  void fileHoldsTheRecordsAfterItWasClosed() throws Exception {
    File file = folder.resolve("stats.bin").toFile();
    StatsStorage storage = new FileStatsStorage(file);
    StatsStorageSink sink = new StatsStorageSink(storage);
    List<SpikingStats> expected = train(sink);
    assertHolds(storage, sink, expected);
    storage.close();
    StatsStorage again = new FileStatsStorage(file);
    assertHolds(again, sink, expected);
    again.close();
  }

  @Test
  void everyEncodingIsReadBack() throws Exception {
    List<Persistable> updates = new ArrayList<>();
    List<SpikingStats> expected = train(new StatsStorageSink(router(updates)));
    assertThat(updates).hasSize(5);
    SpikingStatsUpdate first = (SpikingStatsUpdate) updates.get(0);
    byte[] bytes = first.encode();
    assertThat(first.encodingLengthBytes()).isEqualTo(bytes.length);

    SpikingStatsUpdate fromBytes = new SpikingStatsUpdate();
    fromBytes.decode(bytes);
    assertSame(fromBytes, first);

    ByteBuffer buffer = ByteBuffer.allocate(bytes.length + 7);
    buffer.position(3);
    first.encode(buffer);
    buffer.flip();
    buffer.position(3);
    SpikingStatsUpdate fromBuffer = new SpikingStatsUpdate();
    fromBuffer.decode(buffer);
    assertSame(fromBuffer, first);

    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(stream)) {
      out.writeObject(first);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(stream.toByteArray()))) {
      assertSame((SpikingStatsUpdate) in.readObject(), first);
    }
    assertThat(first.stats()).isEqualTo(expected.get(0));
    long[] times = updates.stream().mapToLong(Persistable::getTimeStamp).toArray();
    assertThat(times).isSorted().doesNotHaveDuplicates();
  }

  private static CollectionStatsStorageRouter router(List<Persistable> updates) {
    return new CollectionStatsStorageRouter(new ArrayList<>(), new ArrayList<>(), updates);
  }

  private static void assertSame(SpikingStatsUpdate actual, SpikingStatsUpdate expected) {
    assertThat(actual.stats()).isEqualTo(expected.stats());
    assertThat(actual.getSessionID()).isEqualTo(expected.getSessionID());
    assertThat(actual.getWorkerID()).isEqualTo(expected.getWorkerID());
    assertThat(actual.getTypeID()).isEqualTo("SpikingStatsListener");
    assertThat(actual.getTimeStamp()).isEqualTo(expected.getTimeStamp());
  }

  @Test
  void otherBytesAreRefused() {
    List<Persistable> updates = new ArrayList<>();
    train(new StatsStorageSink(router(updates)));
    byte[] bytes = updates.get(0).encode();
    byte[] later = bytes.clone();
    later[1] = 9;
    assertThatThrownBy(() -> new SpikingStatsUpdate().decode(later))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("expected encoding 1, got 9");
    byte[] cut = java.util.Arrays.copyOf(bytes, bytes.length - 5);
    assertThatThrownBy(() -> new SpikingStatsUpdate().decode(cut))
        .isInstanceOf(UncheckedIOException.class)
        .hasCauseInstanceOf(IOException.class);
  }
}
