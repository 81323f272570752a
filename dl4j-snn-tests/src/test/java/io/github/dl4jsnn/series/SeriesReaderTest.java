package io.github.dl4jsnn.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeriesReaderTest {

  @TempDir Path folder;

  @Test
  void readsNumbers() throws IOException {
    SeriesData data = SeriesReader.read(write("a.csv", "1, -2.5 ,3e2\r\n4,5,6\n"));
    assertThat(data)
        .isEqualTo(
            new SeriesData(
                "a.csv", List.of("0", "1", "2"), new double[][] {{1, -2.5, 300}, {4, 5, 6}}));
  }

  @Test
  void readsNamesAndGzip() throws IOException {
    Path path = folder.resolve("b.csv.gz");
    Files.write(path, gzip("north, south\n1,2\n3,4\n5,6"));
    SeriesData data = SeriesReader.readWithHeader(path);
    assertThat(data.channelNames()).containsExactly("north", "south");
    assertThat(data.channel(1)).containsExactly(2, 4, 6);
    assertThat(data).hasToString("b.csv.gz [3 rows, 2 channels]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1,2;3 | line 2: expected 2 columns, got 1",
        "1,2;3,4,5 | line 2: expected 2 columns, got 3",
        "1,2;;3,4 | line 2: expected 2 columns, got 1",
        "1,2;3,x | line 2, column 2: expected a finite number, got \"x\"",
        "1,;3,4 | line 1, column 2: expected a finite number, got \"\"",
        "NaN,2 | line 1, column 1: expected a finite number, got \"NaN\"",
        "1,2;1e999,2 | line 2, column 1: expected a finite number, got \"1e999\"",
      })
  void badNumbersAreNamed(String content, String message) throws IOException {
    Path path = write("bad.csv", content.replace(';', '\n'));
    assertThatThrownBy(() -> SeriesReader.read(path))
        .isInstanceOf(IOException.class)
        .hasMessage(path + ", " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | : expected a line of channel names, got an empty file",
        "a,b | : expected at least one row of numbers, got none",
        "a,a;1,2 | , line 1, column 2: expected a channel name of its own, got \"a\"",
        "a,b;1 | , line 2: expected 2 columns, got 1",
      })
  void badHeadersAreNamed(String content, String message) throws IOException {
    Path path = write("bad.csv", content.replace(';', '\n'));
    assertThatThrownBy(() -> SeriesReader.readWithHeader(path))
        .isInstanceOf(IOException.class)
        .hasMessage(path + message);
  }

  @Test
  void missingAndDamagedFilesAreNamed() throws IOException {
    Path missing = folder.resolve("missing.csv");
    assertThatThrownBy(() -> SeriesReader.read(missing)).hasMessageContaining("found none");
    Path plain = write("plain.csv.gz", "1,2\n");
    assertThatThrownBy(() -> SeriesReader.read(plain)).hasMessageContaining("expected a gzip file");
    byte[] whole = gzip("1,2\n".repeat(5000));
    Path cut = folder.resolve("cut.csv.gz");
    Files.write(cut, Arrays.copyOf(whole, whole.length - 12));
    assertThatThrownBy(() -> SeriesReader.read(cut))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cut.csv.gz: expected to read on after line");
  }

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static byte[] gzip(String content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
