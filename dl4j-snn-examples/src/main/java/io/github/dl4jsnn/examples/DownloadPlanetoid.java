package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.graph.DownloadListener;
import io.github.dl4jsnn.graph.PlanetoidDownload;
import java.io.File;
import java.io.IOException;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Downloads Planetoid's raw files and reads them.
 *
 * <pre>
 *   mvn -q -pl dl4j-snn-examples -am compile exec:java \
 *       -Dexec.mainClass=io.github.dl4jsnn.examples.DownloadPlanetoid -Dexec.args='--trust cora'
 * </pre>
 *
 * <p>The second time the files come from DL4J's cache folder.
 */
@Command(
    name = "download-planetoid",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Downloads Planetoid's raw files and reads them.")
public final class DownloadPlanetoid implements Callable<Integer> {

  @Parameters(defaultValue = "cora", description = "cora, citeseer or pubmed")
  private String name;

  @Option(names = "--folder", description = "where to keep the files; default: DL4J's cache")
  private File folder;

  @Option(names = "--url", description = "address of the folder of raw files")
  private String url;

  @Option(names = "--trust", description = "take files whose SHA-256 is not known and record it")
  private boolean trust;

  @Spec private CommandSpec spec;

  /**
   * Runs the example; see {@code --help}.
   *
   * @param args options
   */
  public static void main(String[] args) {
    Commands.run(new DownloadPlanetoid(), args);
  }

  @Override
  public Integer call() throws IOException {
    PlanetoidDownload.Builder builder = new PlanetoidDownload.Builder().trustFirstDownload(trust);
    if (folder != null) {
      builder.folder(folder);
    }
    if (url != null) {
      builder.baseUrl(url);
    }
    try (Bar bar = new Bar()) {
      if (System.console() != null) {
        builder.listener(bar);
      }
      spec.commandLine().getOut().println(builder.build().read(name));
    }
    return 0;
  }

  /** A bar for each file. */
  private static final class Bar implements DownloadListener, AutoCloseable {
    private ProgressBar bar;

    @Override
    public void progress(String file, long bytes, long total) {
      if (bar == null || !bar.getTaskName().equals(file)) {
        close();
        bar =
            new ProgressBarBuilder()
                .setTaskName(file)
                .setInitialMax(total)
                .setUnit(" kB", 1024)
                .setStyle(ProgressBarStyle.ASCII)
                .build();
      }
      bar.stepTo(bytes);
    }

    @Override
    public void close() {
      if (bar != null) {
        bar.close();
      }
    }
  }
}
