package io.github.dl4jsnn.graph;

import io.github.dl4jsnn.internal.download.FileDownload;
import io.github.dl4jsnn.internal.download.Sha256;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.deeplearning4j.common.resources.DL4JResources;
import org.deeplearning4j.common.resources.ResourceType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Downloads Planetoid's raw files (see {@link PlanetoidRaw}) into DL4J's cache folder, once.
 *
 * <pre>{@code
 * GraphData cora = new PlanetoidDownload.Builder().trustFirstDownload(true).build().read("cora");
 * }</pre>
 *
 * <p><b>Cache.</b> {@code data/planetoid} in the folder of DL4J's own data sets: {@code
 * ~/.deeplearning4j}, or what the system property {@code org.deeplearning4j.resources.directory}
 * names. Files put there by hand are taken as they are. A file that is there is not asked for
 * again.
 *
 * <p><b>Sums.</b> A file must have the SHA-256 given by {@link Builder#checksum}, else the one in
 * the cache's {@code SHA256SUMS}, which holds what was seen at the first download. No sums come
 * with this library, since the published files have none to compare with; so the first download of
 * a file is refused unless {@link Builder#trustFirstDownload} says to take what the server sends
 * (over HTTPS by default) and to record its sum. A file whose sum is wrong is never used.
 *
 * <p><b>Failures.</b> A cut download goes on where it stopped, if the server can; it is tried again
 * with growing pauses. Offline, the error says which address failed and where the files may be put.
 *
 * <p>Several threads and several processes may ask for the same files: one downloads, the others
 * wait.
 */
public final class PlanetoidDownload {

  /** The system property that names another address of the folder of raw files. */
  public static final String URL_PROPERTY = "dl4j.snn.planetoid.url";

  /** Where the authors of the split publish the files. */
  public static final String DEFAULT_URL =
      "https://raw.githubusercontent.com/kimiyoung/planetoid/master/data";

  private static final Logger LOG = LoggerFactory.getLogger(PlanetoidDownload.class);
  private static final String SUMS = "SHA256SUMS";
  private static final List<String> PARTS =
      List.of("x", "y", "tx", "ty", "allx", "ally", "graph", "test.index");

  /** A file lock holds between processes only; threads need one of their own. */
  private static final Map<Path, Object> LOCKS = new ConcurrentHashMap<>();

  private final String baseUrl;
  private final Path folder;
  private final Map<String, String> checksums;
  private final boolean trustFirstDownload;
  private final int attempts;
  private final long delayMillis;
  private final int timeoutMillis;
  private final DownloadListener listener;

  private PlanetoidDownload(Builder b) {
    baseUrl = b.baseUrl.endsWith("/") ? b.baseUrl : b.baseUrl + "/";
    folder =
        b.folder != null
            ? b.folder
            : DL4JResources.getDirectory(ResourceType.DATASET, "planetoid").toPath();
    checksums = Map.copyOf(b.checksums);
    trustFirstDownload = b.trustFirstDownload;
    attempts = b.attempts;
    delayMillis = b.delayMillis;
    timeoutMillis = b.timeoutMillis;
    listener = b.listener;
  }

  /**
   * Downloads a graph's files where they are missing, and reads them.
   *
   * @param name cora, citeseer or pubmed
   * @return the graph
   * @throws IOException if a file is not there and cannot be had, has a wrong sum or is damaged
   */
  public GraphData read(String name) throws IOException {
    return PlanetoidRaw.read(fetch(name), name);
  }

  /**
   * Downloads a graph's files where they are missing.
   *
   * @param name letters, digits, points, hyphens and underscores
   * @return the folder they are in
   * @throws IOException if a file is not there and cannot be had, or has a wrong sum
   */
  public Path fetch(String name) throws IOException {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException("expected the name of a data set, got \"" + name + '"');
    }
    Files.createDirectories(folder);
    Path root = folder.toRealPath();
    synchronized (LOCKS.computeIfAbsent(root, r -> new Object())) {
      try (FileChannel channel =
              FileChannel.open(
                  root.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        LOG.debug("holding {}", lock);
        for (String part : PARTS) {
          fetch(name, root.resolve("ind." + name + "." + part));
        }
      }
    }
    return root;
  }

  private void fetch(String name, Path file) throws IOException {
    String fileName = file.getFileName().toString();
    Map<String, String> recorded = recorded(file.resolveSibling(SUMS));
    Optional<String> sum =
        Optional.ofNullable(checksums.getOrDefault(fileName, recorded.get(fileName)));
    if (Files.exists(file)) {
      if (sum.isPresent() && !sum.get().equals(Sha256.of(file))) {
        throw new IOException(
            String.format(
                "%s: expected SHA-256 %s, got %s; delete it to download it again",
                file, sum.get(), Sha256.of(file)));
      }
      return;
    }
    URL url = new URL(baseUrl + fileName);
    if (sum.isEmpty() && !trustFirstDownload) {
      throw new IOException(
          String.format(
              "%s: its SHA-256 is not known; give it by checksum(..), or trustFirstDownload(true)"
                  + " to take what comes and record its sum, or put the file into %s by hand",
              url, file.getParent()));
    }
    LOG.info("downloading {}", url);
    try {
      new FileDownload(url, file, sum, timeoutMillis, listener).run(attempts, delayMillis);
    } catch (IOException e) {
      throw new IOException(help(name, file, e), e);
    }
    if (sum.isEmpty()) {
      String line = Sha256.of(file) + "  " + fileName + "\n";
      Files.writeString(
          file.resolveSibling(SUMS), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  private String help(String name, Path file, IOException e) {
    return String.format(
        "%s. To work offline put the files ind.%s.%s into %s; another address is set by -D%s=URL,"
            + " another cache folder by -Dorg.deeplearning4j.resources.directory=FOLDER",
        e.getMessage(), name, PARTS, file.getParent(), URL_PROPERTY);
  }

  private static Map<String, String> recorded(Path sums) throws IOException {
    Map<String, String> recorded = new HashMap<>();
    if (Files.exists(sums)) {
      for (String line : Files.readAllLines(sums)) {
        String[] fields = line.split("  ", 2);
        if (fields.length != 2 || !Sha256.isSum(fields[0])) {
          throw new IOException(
              String.format("%s: expected \"SHA-256  file\", got \"%s\"", sums, line));
        }
        recorded.put(fields[1], fields[0]);
      }
    }
    return recorded;
  }

  /** Collects and checks the settings of a {@link PlanetoidDownload}. */
  public static final class Builder {
    private final Map<String, String> checksums = new HashMap<>();
    private String baseUrl = checkedUrl(System.getProperty(URL_PROPERTY, DEFAULT_URL));
    private Path folder;
    private boolean trustFirstDownload;
    private int attempts = 3;
    private long delayMillis = 1000;
    private int timeoutMillis = 20_000;
    private DownloadListener listener = (file, bytes, total) -> {};

    /** Starts from the defaults. */
    public Builder() {}

    /**
     * Sets the address of the folder that the files are in.
     *
     * @param baseUrl http or https; default {@value PlanetoidDownload#DEFAULT_URL}, or the system
     *     property {@value PlanetoidDownload#URL_PROPERTY}
     * @return this builder
     */
    public Builder baseUrl(String baseUrl) {
      this.baseUrl = checkedUrl(baseUrl);
      return this;
    }

    /**
     * Sets the folder to keep the files in.
     *
     * @param folder made if it is missing; default {@code data/planetoid} of DL4J's cache
     * @return this builder
     */
    public Builder folder(File folder) {
      this.folder = folder.toPath();
      return this;
    }

    /**
     * Sets the sum that a file must have.
     *
     * @param file such as {@code ind.cora.allx}
     * @param sha256 64 hexadecimal digits
     * @return this builder
     */
    public Builder checksum(String file, String sha256) {
      String sum = sha256.toLowerCase(Locale.ROOT);
      if (!Sha256.isSum(sum)) {
        throw new IllegalArgumentException(
            file + ": expected 64 hexadecimal digits, got \"" + sha256 + '"');
      }
      checksums.put(file, sum);
      return this;
    }

    /**
     * Sets whether a file with no known sum is taken as it comes, and its sum recorded.
     *
     * @param trustFirstDownload default false: such a file is refused
     * @return this builder
     */
    public Builder trustFirstDownload(boolean trustFirstDownload) {
      this.trustFirstDownload = trustFirstDownload;
      return this;
    }

    /**
     * Sets how often a file is tried, and how long to wait in between.
     *
     * @param attempts at least 1; default 3
     * @param delayMillis before the second attempt, doubling with each; default 1000
     * @return this builder
     */
    public Builder attempts(int attempts, long delayMillis) {
      if (attempts < 1 || delayMillis < 0) {
        throw new IllegalArgumentException(
            String.format(
                "expected at least 1 attempt and 0 ms, got %d and %d", attempts, delayMillis));
      }
      this.attempts = attempts;
      this.delayMillis = delayMillis;
      return this;
    }

    /**
     * Sets how long to wait for a connection, and for bytes.
     *
     * @param timeoutMillis above 0; default 20000
     * @return this builder
     */
    public Builder timeoutMillis(int timeoutMillis) {
      if (timeoutMillis < 1) {
        throw new IllegalArgumentException("expected at least 1 ms, got " + timeoutMillis);
      }
      this.timeoutMillis = timeoutMillis;
      return this;
    }

    /**
     * Sets who hears of progress.
     *
     * @param listener default: nobody
     * @return this builder
     */
    public Builder listener(DownloadListener listener) {
      this.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Returns the downloader.
     *
     * @return a downloader with these settings; immutable
     */
    public PlanetoidDownload build() {
      return new PlanetoidDownload(this);
    }

    private static String checkedUrl(String url) {
      try {
        String protocol = new URL(url).getProtocol();
        if (protocol.equals("http") || protocol.equals("https")) {
          return url;
        }
      } catch (MalformedURLException e) {
        throw new IllegalArgumentException("expected an http or https address, got " + url, e);
      }
      throw new IllegalArgumentException("expected an http or https address, got " + url);
    }
  }
}
