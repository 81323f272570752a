package io.github.dl4jsnn.internal.download;

import io.github.dl4jsnn.graph.DownloadListener;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Downloads one file over HTTP. Bytes go to {@code FILE.part}, which becomes FILE by a rename once
 * it is complete and its sum is right; a later attempt goes on where an earlier one was cut off, in
 * this run or another.
 */
public final class FileDownload {

  /** Against a server that never ends. */
  private static final long MAX_BYTES = 1L << 28;

  private final URL url;
  private final Path file;
  private final Path part;
  private final Path tag;
  private final Optional<String> sum;
  private final int timeoutMillis;
  private final DownloadListener listener;

  /**
   * Prepares a download.
   *
   * @param url where from
   * @param file where to
   * @param sum SHA-256 it must have, or nothing if that is not known
   * @param timeoutMillis how long to wait for a connection, and for bytes
   * @param listener hears of progress
   */
  public FileDownload(
      URL url, Path file, Optional<String> sum, int timeoutMillis, DownloadListener listener) {
    this.url = url;
    this.file = file;
    this.sum = sum;
    this.timeoutMillis = timeoutMillis;
    this.listener = listener;
    part = file.resolveSibling(file.getFileName() + ".part");
    tag = file.resolveSibling(file.getFileName() + ".part.etag");
  }

  /**
   * Downloads, with more attempts if the connection fails.
   *
   * @param attempts most attempts, at least 1
   * @param delayMillis time before the second attempt; doubles with each
   * @throws FileNotFoundException if the server does not have the file
   * @throws IOException if all attempts failed, or the sum is wrong
   */
  public void run(int attempts, long delayMillis) throws IOException {
    long delay = delayMillis;
    for (int attempt = 1; ; attempt++) {
      try {
        attempt();
        return;
      } catch (FileNotFoundException | WrongSum e) {
        throw e;
      } catch (IOException e) {
        if (attempt == attempts) {
          throw new IOException(
              String.format("%s: %d attempts failed, the last with %s", url, attempts, e), e);
        }
      }
      sleep(delay);
      delay *= 2;
    }
  }

  private void attempt() throws IOException {
    boolean resumed = transfer();
    String got = Sha256.of(part);
    if (sum.isPresent() && !sum.get().equals(got) && resumed) {
      // Perhaps the file changed between the two halves.
      discard();
      transfer();
      got = Sha256.of(part);
    }
    if (sum.isPresent() && !sum.get().equals(got)) {
      discard();
      throw new WrongSum(
          String.format("%s: expected SHA-256 %s, got %s; nothing was kept", url, sum.get(), got));
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(tag);
  }

  /** Gets what is missing; returns whether there was something already. */
  private boolean transfer() throws IOException {
    String etag = Files.exists(tag) ? Files.readString(tag) : "";
    // Without a sum or a tag nobody would notice if the halves were of different files.
    boolean resumable = Files.exists(part) && (sum.isPresent() || !etag.isEmpty());
    long have = resumable ? Files.size(part) : 0;
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    connection.setConnectTimeout(timeoutMillis);
    connection.setReadTimeout(timeoutMillis);
    // Sums are of the file, not of some packed form of it.
    connection.setRequestProperty("Accept-Encoding", "identity");
    if (have > 0) {
      connection.setRequestProperty("Range", "bytes=" + have + "-");
      if (!etag.isEmpty()) {
        connection.setRequestProperty("If-Range", etag);
      }
    }
    try {
      int status = connection.getResponseCode();
      if (status == 416) {
        discard();
        throw new IOException("HTTP status 416, nothing after byte " + have);
      }
      if (status == HttpURLConnection.HTTP_NOT_FOUND || status == HttpURLConnection.HTTP_GONE) {
        throw new FileNotFoundException(url + ": HTTP status " + status + ", no such file there");
      }
      boolean partial = status == HttpURLConnection.HTTP_PARTIAL && have > 0;
      if (status != HttpURLConnection.HTTP_OK && !partial) {
        throw new IOException("HTTP status " + status);
      }
      if (partial && !startsAt(connection, have)) {
        discard();
        throw new IOException("other bytes than asked for");
      }
      keepTag(connection);
      receive(connection, partial ? have : 0);
      return partial;
    } finally {
      connection.disconnect();
    }
  }

  private static boolean startsAt(HttpURLConnection connection, long have) {
    String range = connection.getHeaderField("Content-Range");
    return range != null && range.startsWith("bytes " + have + "-");
  }

  /** Weak tags, W/"...", do not promise equal bytes. */
  private void keepTag(HttpURLConnection connection) throws IOException {
    String etag = connection.getHeaderField("ETag");
    if (etag != null && etag.startsWith("\"")) {
      Files.writeString(tag, etag);
    } else {
      Files.deleteIfExists(tag);
    }
  }

  private void receive(HttpURLConnection connection, long have) throws IOException {
    long length = connection.getContentLengthLong();
    long total = length < 0 ? -1 : have + length;
    long done = have;
    byte[] buffer = new byte[1 << 15];
    try (InputStream in = connection.getInputStream();
        OutputStream out = open(have > 0)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        done += n;
        if (done > MAX_BYTES) {
          throw new IOException("more than " + MAX_BYTES + " bytes");
        }
        out.write(buffer, 0, n);
        listener.progress(file.getFileName().toString(), done, total);
      }
    }
    // The JDK takes a cut connection for the end of the file.
    if (total >= 0 && done != total) {
      throw new IOException(String.format("connection cut after %d of %d bytes", done, total));
    }
  }

  private OutputStream open(boolean append) throws IOException {
    return append
        ? Files.newOutputStream(part, StandardOpenOption.APPEND)
        : Files.newOutputStream(part);
  }

  private void discard() throws IOException {
    Files.deleteIfExists(part);
    Files.deleteIfExists(tag);
  }

  private static void sleep(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Trying again would not help. */
  private static final class WrongSum extends IOException {
    private static final long serialVersionUID = 1L;

    WrongSum(String message) {
      super(message);
    }
  }
}
