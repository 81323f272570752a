package io.github.dl4jsnn.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.dl4jsnn.internal.download.Sha256;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.deeplearning4j.common.resources.DL4JResources;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PlanetoidDownloadTest {
  private static final String[] PARTS = {
    "x", "y", "tx", "ty", "allx", "ally", "graph", "test.index"
  };
  private static final String BIG = "ind.set.allx";

  @TempDir Path folder;

  private final Map<String, byte[]> content = new ConcurrentHashMap<>();

  /** Path and range of every request. */
  private final List<String> requests = new CopyOnWriteArrayList<>();

  private HttpServer server;
  private ExecutorService threads;
  private volatile boolean ranges = true;
  private volatile String etag = "\"1\"";
  private volatile int status;

  /** Connections for the big file that are to be cut half way. */
  private volatile int cuts;

  @BeforeEach
  void start() throws IOException {
    for (String part : PARTS) {
      content.put("ind.set." + part, bytes(part.hashCode(), 200));
    }
    content.put(BIG, bytes(1, 300_000));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    threads = Executors.newCachedThreadPool();
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static byte[] bytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try {
      String name = exchange.getRequestURI().getPath().replace("/data/", "");
      String range = exchange.getRequestHeaders().getFirst("Range");
      requests.add(range == null ? name : name + " " + range);
      byte[] body = content.get(name);
      if (status != 0 || body == null) {
        exchange.sendResponseHeaders(status != 0 ? status : 404, -1);
        return;
      }
      if (etag != null) {
        exchange.getResponseHeaders().set("ETag", etag);
      }
      String ifRange = exchange.getRequestHeaders().getFirst("If-Range");
      boolean same = ifRange == null || ifRange.equals(etag);
      int from = 0;
      if (range != null && ranges && same) {
        from = Integer.parseInt(range.replaceAll("\\D", ""));
        exchange
            .getResponseHeaders()
            .set("Content-Range", "bytes " + from + "-" + (body.length - 1) + "/" + body.length);
      }
      exchange.sendResponseHeaders(from > 0 ? 206 : 200, body.length - from);
      int to = body.length;
      if (name.equals(BIG) && cuts > 0) {
        cuts--;
        to = from + (body.length - from) / 2;
      }
      exchange.getResponseBody().write(body, from, to - from);
      exchange.getResponseBody().flush();
    } finally {
      exchange.close();
    }
  }

  private PlanetoidDownload.Builder builder() {
    return new PlanetoidDownload.Builder()
        .baseUrl("http://localhost:" + server.getAddress().getPort() + "/data")
        .folder(folder.toFile())
        .attempts(3, 1)
        .trustFirstDownload(true);
  }

  private void assertComplete() throws IOException {
    for (String part : PARTS) {
      Path file = folder.resolve("ind.set." + part);
      assertThat(Files.readAllBytes(file)).isEqualTo(content.get("ind.set." + part));
    }
    try (var files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .noneMatch(f -> f.contains(".part"))
          .hasSize(PARTS.length + 2);
    }
  }

  private List<String> requestsOfBig() {
    List<String> found = new ArrayList<>(requests);
    found.removeIf(r -> !r.startsWith(BIG));
    return found;
  }

  @Test
  void downloadsOnceAndRecordsTheSums() throws IOException {
    List<String> progress = new CopyOnWriteArrayList<>();
    PlanetoidDownload download =
        builder()
            .listener((file, bytes, total) -> progress.add(file + bytes + "/" + total))
            .build();
    assertThat(download.fetch("set")).isEqualTo(folder.toRealPath());
    assertComplete();
    assertThat(requests).hasSize(8);
    assertThat(progress).contains("ind.set.x200/200", BIG + "300000/300000");
    assertThat(Files.readString(folder.resolve("SHA256SUMS")))
        .contains(Sha256.of(folder.resolve(BIG)) + "  " + BIG + "\n");

    requests.clear();
    server.stop(0);
    download.fetch("set");
    builder().trustFirstDownload(false).build().fetch("set");
    assertThat(requests).isEmpty();
  }

  @Test
  void cutConnectionsAreResumed() throws IOException {
    cuts = 2;
    builder().build().fetch("set");
    assertComplete();
    assertThat(requestsOfBig())
        .containsExactly(BIG, BIG + " bytes=150000-", BIG + " bytes=225000-");
  }

  @Test
  void resumedInALaterRun() throws IOException {
    cuts = 1;
    assertThatThrownBy(() -> builder().attempts(1, 0).build().fetch("set"))
        .hasMessageContaining("connection cut after 150000 of 300000 bytes");
    assertThat(folder.resolve(BIG)).doesNotExist();
    assertThat(folder.resolve(BIG + ".part")).hasSize(150_000);
    builder().build().fetch("set");
    assertComplete();
    assertThat(requestsOfBig()).containsExactly(BIG, BIG + " bytes=150000-");
  }

  @Test
  void serverWithoutRangesSendsAllAgain() throws IOException {
    cuts = 1;
    ranges = false;
    builder().build().fetch("set");
    assertComplete();
  }

  /** Half of an old file and half of a new one must not become one file. */
  @Test
  void fileThatChangedInBetweenStartsAnew() throws IOException {
    cuts = 1;
    assertThatThrownBy(() -> builder().attempts(1, 0).build().fetch("set"))
        .isInstanceOf(IOException.class);
    content.put(BIG, bytes(2, 300_000));
    etag = "\"2\"";
    builder().build().fetch("set");
    assertComplete();
  }

  @Test
  void withoutTagAndSumNothingIsResumed() throws IOException {
    etag = null;
    cuts = 1;
    builder().build().fetch("set");
    assertComplete();
    assertThat(requestsOfBig()).containsExactly(BIG, BIG);
  }

  @Test
  void withASumAResumedMixtureIsNoticed() throws IOException {
    etag = null;
    cuts = 1;
    assertThatThrownBy(() -> builder().attempts(1, 0).build().fetch("set"))
        .isInstanceOf(IOException.class);
    content.put(BIG, bytes(2, 300_000));
    Path newFile = folder.resolveSibling(folder.getFileName() + "-new");
    Files.write(newFile, content.get(BIG));
    builder().checksum(BIG, Sha256.of(newFile)).build().fetch("set");
    Files.delete(newFile);
    assertComplete2();
  }

  private void assertComplete2() throws IOException {
    assertThat(Files.readAllBytes(folder.resolve(BIG))).isEqualTo(content.get(BIG));
    assertThat(requestsOfBig()).containsExactly(BIG, BIG + " bytes=150000-", BIG);
  }

  @Test
  void wrongSumIsRefusedAndNothingKept() {
    String wrong = "0".repeat(64);
    assertThatThrownBy(() -> builder().checksum(BIG, wrong).build().fetch("set"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(BIG + ": expected SHA-256 " + wrong + ", got ")
        .hasMessageContaining("nothing was kept");
    assertThat(folder.resolve(BIG)).doesNotExist();
    assertThat(folder.resolve(BIG + ".part")).doesNotExist();
    assertThat(requestsOfBig()).hasSize(1);
  }

  @Test
  void withoutASumTheFirstDownloadNeedsTrust() {
    assertThatThrownBy(() -> builder().trustFirstDownload(false).build().fetch("set"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/data/ind.set.x: its SHA-256 is not known; give it by checksum(..)");
    assertThat(requests).isEmpty();
  }

  @Test
  void cachedFileThatChangedIsRefused() throws IOException {
    builder().build().fetch("set");
    Files.write(folder.resolve(BIG), new byte[] {1});
    assertThatThrownBy(() -> builder().build().fetch("set"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(BIG + ": expected SHA-256 ")
        .hasMessageContaining("delete it to download it again");
  }

  @Test
  void missingOnTheServerIsNotTriedAgain() {
    content.remove("ind.set.y");
    assertThatThrownBy(() -> builder().build().fetch("set"))
        .isInstanceOf(IOException.class)
        .hasCauseInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("/data/ind.set.y: HTTP status 404");
    assertThat(requests).containsExactly("ind.set.x", "ind.set.y");
  }

  @Test
  void serverErrorsAreTriedAgain() {
    status = 503;
    assertThatThrownBy(() -> builder().build().fetch("set"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("3 attempts failed")
        .hasMessageContaining("HTTP status 503");
    assertThat(requests).hasSize(3);
  }

  @Test
  void offline() {
    server.stop(0);
    assertThatThrownBy(() -> builder().build().fetch("set"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/data/ind.set.x: 3 attempts failed")
        .hasMessageContaining("Connection refused")
        .hasMessageContaining("To work offline put the files ind.set.[x, y, tx,")
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("-Ddl4j.snn.planetoid.url=URL")
        .hasMessageContaining("-Dorg.deeplearning4j.resources.directory=FOLDER");
  }

  @Test
  void oneOfManyThreadsDownloads() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(6);
    List<Future<Path>> results = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      results.add(callers.submit(() -> builder().build().fetch("set")));
    }
    for (Future<Path> result : results) {
      assertThat(result.get()).isEqualTo(folder.toRealPath());
    }
    callers.shutdown();
    assertComplete();
    assertThat(requests).hasSize(8);
  }

  @Test
  void filesPutThereByHandAreTaken() throws IOException {
    for (String part : PARTS) {
      Files.write(folder.resolve("ind.set." + part), content.get("ind.set." + part));
    }
    builder().trustFirstDownload(false).build().fetch("set");
    assertThat(requests).isEmpty();
  }

  @Test
  void readsWhatItDownloaded() throws IOException {
    for (String part : PARTS) {
      content.put(
          "ind.py2." + part,
          getClass().getResourceAsStream("/planetoid-raw/ind.py2." + part).readAllBytes());
    }
    // The small graph has no 500 validation nodes; that the reader says so shows it was read.
    assertThatThrownBy(() -> builder().build().read("py2"))
        .hasMessageContaining("ind.py2.allx: expected at least 503 nodes, got 9");
  }

  @Test
  void cacheFolderIsThatOfDl4j() throws IOException {
    File before = DL4JResources.getBaseDirectory();
    DL4JResources.setBaseDirectory(folder.toFile());
    try {
      PlanetoidDownload download =
          new PlanetoidDownload.Builder()
              .baseUrl("http://localhost:" + server.getAddress().getPort() + "/data/")
              .trustFirstDownload(true)
              .build();
      assertThat(download.fetch("set")).isEqualTo(folder.toRealPath().resolve("data/planetoid"));
    } finally {
      DL4JResources.setBaseDirectory(before);
    }
    assertThat(Arrays.asList(folder.resolve("data/planetoid").toFile().list())).contains(BIG);
  }

  @Test
  void badSettings() {
    PlanetoidDownload.Builder b = builder();
    assertThatIllegalArgumentException().isThrownBy(() -> b.baseUrl("file:///etc"));
    assertThatIllegalArgumentException().isThrownBy(() -> b.baseUrl("nowhere"));
    assertThatIllegalArgumentException().isThrownBy(() -> b.checksum(BIG, "12"));
    assertThatIllegalArgumentException().isThrownBy(() -> b.attempts(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> b.timeoutMillis(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> b.build().fetch("../cora"))
        .withMessageContaining("../cora");
  }
}
