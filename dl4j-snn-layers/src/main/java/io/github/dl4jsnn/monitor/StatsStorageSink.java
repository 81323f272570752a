package io.github.dl4jsnn.monitor;

import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.core.util.UIDProvider;

/**
 * Puts the records of a {@link SpikingStatsListener} into one of DL4J's StatsStorages, beside those
 * of its own StatsListener; needs {@code org.deeplearning4j:deeplearning4j-core} on the class path.
 *
 * <pre>{@code
 * StatsStorage storage = new FileStatsStorage(new File("stats.bin"));   // deeplearning4j-ui-model
 * StatsListener own = new StatsListener(storage);
 * net.addListeners(
 *     own,
 *     new SpikingStatsListener.Builder()
 *         .sink(new StatsStorageSink(storage, own.getSessionID(), own.getWorkerID()))
 *         .build());
 * ...
 * for (Persistable p : storage.getAllUpdatesAfter(session, StatsStorageSink.TYPE_ID, 0)) {
 *   SpikingStats stats = ((SpikingStatsUpdate) p).stats();
 * }
 * }</pre>
 *
 * <p>A session gets {@link SpikingStatsMetaData} and {@link SpikingStatsInfo} once, then a {@link
 * SpikingStatsUpdate} for each record. Storages keep updates by time, one for each millisecond; so
 * each has a time later than the one before, if need be a millisecond ahead of the clock.
 *
 * <p>Belongs to one listener. What the storage throws stops the training.
 */
public final class StatsStorageSink implements Consumer<SpikingStats> {

  /** Type of all these records in a storage. */
  public static final String TYPE_ID = "SpikingStatsListener";

  private final StatsStorageRouter router;
  private final String sessionID;
  private final String workerID;
  private long lastTime;
  private boolean started;

  /**
   * A session of its own.
   *
   * @param router a storage, or a route to one
   */
  public StatsStorageSink(StatsStorageRouter router) {
    this(router, UUID.randomUUID().toString(), UIDProvider.getJVMUID());
  }

  /**
   * A session that is shared with other listeners.
   *
   * @param router a storage, or a route to one
   * @param sessionID names the training
   * @param workerID names the machine or thread that trains
   */
  public StatsStorageSink(StatsStorageRouter router, String sessionID, String workerID) {
    this.router = Objects.requireNonNull(router, "router");
    this.sessionID = Objects.requireNonNull(sessionID, "sessionID");
    this.workerID = Objects.requireNonNull(workerID, "workerID");
  }

  /**
   * Name of the training in the storage.
   *
   * @return the session
   */
  public String sessionID() {
    return sessionID;
  }

  /**
   * Name of the machine or thread in the storage.
   *
   * @return the worker
   */
  public String workerID() {
    return workerID;
  }

  @Override
  public synchronized void accept(SpikingStats stats) {
    long time = Math.max(System.currentTimeMillis(), lastTime + 1);
    if (!started) {
      router.putStorageMetaData(new SpikingStatsMetaData(sessionID, workerID, time));
      router.putStaticInfo(new SpikingStatsInfo(sessionID, workerID, time, stats));
      started = true;
    }
    router.putUpdate(new SpikingStatsUpdate(sessionID, workerID, time, stats));
    lastTime = time;
  }
}
