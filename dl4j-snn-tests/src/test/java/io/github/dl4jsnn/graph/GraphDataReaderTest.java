package io.github.dl4jsnn.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphDataReaderTest {

  private static final String FEATURES = "0\t0\t0:1 2:0.5\n1\t1\t\n2\t1\t1:-2\n3\t-1\t\n";

  @TempDir Path folder;

  /** 4 nodes, 3 features, 2 classes, 2 undirected edges; node 3 is isolated and unlabelled. */
  @BeforeEach
  void writeGoodFiles() throws IOException {
    write(
        "properties",
        "nodes=4\nedges=2\nfeatures=3\nclasses=2\nisolatedNodes=1\n"
            + "unlabelledNodes=1\nnodesWithFeatures=4\n");
    write("edges.tsv", "0\t1\n1\t2\n");
    write("features.tsv.gz", FEATURES);
    write("splits.tsv", "0\ttrain\n1\tval\n2\ttest\n3\tnone\n");
  }

  @Test
  void readsAllThereIs() throws IOException {
    GraphData expected =
        GraphData.builder("g", 4)
            .features(new float[][] {{1, 0, 0.5f}, {0, 0, 0}, {0, -2, 0}, {0, 0, 0}})
            .edges(new int[] {0, 1, 1, 2}, new int[] {1, 0, 2, 1})
            .labels(new int[] {0, 1, 1, -1}, 2)
            .splits(Split.TRAIN, Split.VALIDATION, Split.TEST, Split.NONE)
            .build();
    assertThat(read()).isEqualTo(expected);
  }

  @Test
  void readsPartialFeaturesWithAllLabels() throws IOException {
    GraphData complete = read();
    makePartial("0\t0\t0:1 2:0.5\n2\t1\t1:-2\n");
    assertThat(read()).isEqualTo(complete);
  }

  private void makePartial(String features) throws IOException {
    Files.delete(file("features.tsv.gz"));
    write("labels.tsv", "0\t0\n1\t1\n2\t1\n3\t-1\n");
    write("partial-features.tsv.gz", features);
    write("properties", "nodes=4\nedges=2\nfeatures=3\nclasses=2\nnodesWithFeatures=2\n");
  }

  @Test
  void partialFeaturesMustAgreeWithLabels() throws IOException {
    makePartial("0\t0\t0:1\n2\t0\t1:-2\n");
    assertFails("partial-features.tsv.gz, line 2: expected label 1 as in the labels file, got 0");
  }

  @Test
  void partialFeaturesMustAscend() throws IOException {
    makePartial("2\t1\t0:1\n2\t1\t1:-2\n");
    assertFails("partial-features.tsv.gz, line 2: expected node 3 or above, got 2");
  }

  @Test
  void windowsLineEndsAreRead() throws IOException {
    GraphData unix = read();
    write("edges.tsv", "0\t1\r\n1\t2\r\n");
    assertThat(read()).isEqualTo(unix);
  }

  @Test
  void aGraphWithoutEdgesIsRead() throws IOException {
    write("properties", "nodes=4\nedges=0\nfeatures=3\nclasses=2\n");
    write("edges.tsv", "");
    assertThat(read().numEdges()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0\\t1\\n1\\t4\\n | line 2: expected a node of 0 to 3, got \"4\"",
        "-1\\t1\\n1\\t2\\n | line 1: expected a node of 0 to 3, got \"-1\"",
        "0\\t1\\n1\\tx\\n | line 2: expected a node of 0 to 3, got \"x\"",
        "0\\t1\\n1\\t99999999999\\n | line 2: expected a node of 0 to 3, got \"99999999999\"",
        "0\\t1\\n2\\t1\\n | line 2: expected u < v, got 2 and 1",
        "0\\t1\\n1\\t1\\n | line 2: expected u < v, got 1 and 1",
        "0\\t1\\n0\\t1\\n | line 2: expected an edge after (0, 1), got (0, 1)",
        "1\\t2\\n0\\t1\\n | line 2: expected an edge after (1, 2), got (0, 1)",
        "0\\t1\\n1 2\\n | line 2: expected 2 tab-separated fields, got 1: \"1 2\"",
        "0\\t1\\n\\n1\\t2\\n | line 2: expected 2 tab-separated fields, got 1: \"\"",
      })
  void badEdgesAreNamed(String content, String message) throws IOException {
    write("edges.tsv", unescape(content));
    assertFails("edges.tsv, " + message);
  }

  @Test
  void edgesAreCounted() throws IOException {
    write("edges.tsv", "0\t1\n");
    assertFails("edges.tsv: expected 2 rows, as in the properties, got 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1\\t0\\t\\n | line 1: expected node 0, got 1",
        "0\\t0\\t\\n0\\t0\\t\\n | line 2: expected node 1, got 0",
        "0\\t2\\t\\n | line 1: expected a label of -1 to 1, got \"2\"",
        "0\\t-2\\t\\n | line 1: expected a label of -1 to 1, got \"-2\"",
        "0\\t0\\n | line 1: expected 3 tab-separated fields, got 2: \"0\\t0\"",
        "0\\t0\\t3:1\\n | line 1: expected a feature index of 0 to 2, got \"3\"",
        "0\\t0\\t1:1 1:1\\n | line 1: expected a feature index above 1, got 1",
        "0\\t0\\t1\\n | line 1: expected index:value, got \"1\"",
        "0\\t0\\t0:1  1:1\\n | line 1: expected index:value, got \"\"",
        "0\\t0\\t1:NaN\\n | line 1: expected a finite number as the value of feature 1, got \"NaN\"",
        "0\\t0\\t1:1e99\\n | line 1: expected a finite number as the value of feature 1, got \"1e99\"",
        "0\\t0\\t1:\\n | line 1: expected a finite number as the value of feature 1, got \"\"",
      })
  void badFeaturesAreNamed(String content, String message) throws IOException {
    write("features.tsv.gz", unescape(content));
    assertFails("features.tsv.gz, " + unescape(message));
  }

  @Test
  void featureRowsAreCounted() throws IOException {
    write("features.tsv.gz", "0\t0\t\n");
    assertFails("features.tsv.gz: expected 4 rows, one for each node, got 1");
  }

  @Test
  void aTruncatedGzipIsNamedWithTheLastLineRead() throws IOException {
    byte[] whole = Files.readAllBytes(file("features.tsv.gz"));
    Files.write(file("features.tsv.gz"), Arrays.copyOf(whole, whole.length - 12));
    assertThatThrownBy(this::read)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("features.tsv.gz: expected to read on after line")
        .hasMessageContaining("is the file cut off?")
        .hasRootCauseInstanceOf(java.io.EOFException.class);
  }

  @Test
  void everyTruncationOfAGzipIsNoticed() throws IOException {
    byte[] whole = Files.readAllBytes(file("features.tsv.gz"));
    for (int length = 0; length < whole.length; length++) {
      Files.write(file("features.tsv.gz"), Arrays.copyOf(whole, length));
      assertThatThrownBy(this::read)
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("features.tsv.gz");
    }
  }

  @Test
  void aFileThatIsNoGzipIsNamed() throws IOException {
    Files.write(file("features.tsv.gz"), FEATURES.getBytes(StandardCharsets.UTF_8));
    assertFails("features.tsv.gz: expected a gzip file, got a damaged or empty one");
  }

  @ParameterizedTest
  @CsvSource({"properties", "edges.tsv", "splits.tsv"})
  void aMissingFileIsNamed(String suffix) throws IOException {
    Files.delete(file(suffix));
    assertThatThrownBy(this::read)
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage(file(suffix) + ": expected a file, found none");
  }

  @Test
  void missingFeaturesNameBothForms() throws IOException {
    Files.delete(file("features.tsv.gz"));
    assertThatThrownBy(this::read)
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("g.features.tsv.gz")
        .hasMessageContaining("g.partial-features.tsv.gz");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0\\tdev | line 1: expected train, val, test or none, got \"dev\"",
        "1\\ttrain | line 1: expected node 0, got 1",
        "0\\tnone\\n1\\tnone\\n2\\tnone\\n3\\ttest | line 4: expected none as the split of a node without a label, got test",
      })
  void badSplitsAreNamed(String content, String message) throws IOException {
    write("splits.tsv", unescape(content));
    assertFails("splits.tsv, " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nodes=4 | expected edges=(a count of at least 0), got null",
        "nodes=0 | expected nodes=(a count of at least 1), got 0",
        "nodes=four | expected nodes=(a count of at least 1), got four",
        "nodes=4\\nedges=2\\nfeatures=3\\nclasses=2\\nisolatedNodes=0"
            + " | expected isolatedNodes=0 as the file says, got 1",
        "nodes=4\\nedges=2\\nfeatures=3\\nclasses=2\\nunlabelledNodes=2"
            + " | expected unlabelledNodes=2 as the file says, got 1",
        "nodes=4\\nedges=2\\nfeatures=3\\nclasses=2\\nnodesWithFeatures=3"
            + " | expected nodesWithFeatures=3 as the file says, got 4",
      })
  void badCountsAreNamed(String content, String message) throws IOException {
    write("properties", unescape(content));
    assertFails("properties: " + message);
  }

  private void assertFails(String message) {
    assertThatThrownBy(this::read).isInstanceOf(IOException.class).hasMessage(file("") + message);
  }

  private GraphData read() throws IOException {
    return GraphDataReader.read(folder, "g");
  }

  private Path file(String suffix) {
    return folder.resolve("g." + suffix);
  }

  private void write(String suffix, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    Files.write(file(suffix), suffix.endsWith(".gz") ? gzip(bytes) : bytes);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static String unescape(String text) {
    return text.replace("\\t", "\t").replace("\\n", "\n");
  }
}
