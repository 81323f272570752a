package io.github.dl4jsnn.graph;

/** Hears of the progress of a download, to show it. */
@FunctionalInterface
public interface DownloadListener {

  /**
   * Called after each piece, in the thread that downloads.
   *
   * @param file name of the file
   * @param bytes bytes that are there
   * @param total bytes there will be, or -1 if the server does not say
   */
  void progress(String file, long bytes, long total);
}
