package io.github.dl4jsnn.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsCsvTest {

  @TempDir Path folder;
  private Path csv;

  @BeforeEach
  void file() {
    csv = folder.resolve("docs/results.csv");
  }

  private void put(String system, String metric, String mean, String command) throws IOException {
    ResultsCsv.put(csv, system, "cora", metric, mean, "0.5", "10", "2", "none", "BP", command);
  }

  @Test
  void replacesTheSameResultInItsPlace() throws IOException {
    put("GCN", "accuracy", "81.00", "x");
    put("GC-SNN", "accuracy", "80.00", "say \"a,b\"");
    put("GC-SNN", "rate", "0.2", "x");
    put("GCN", "accuracy", "81.50", "y");
    put("GC-SNN", "accuracy", "80.70", "say \"a,b\"");

    assertThat(Files.readAllLines(csv))
        .containsExactly(
            "system,data,metric,mean,std,seeds,layers,pe,method,command",
            "GCN,cora,accuracy,81.50,0.5,10,2,none,BP,y",
            "GC-SNN,cora,accuracy,80.70,0.5,10,2,none,BP,\"say \"\"a,b\"\"\"",
            "GC-SNN,cora,rate,0.2,0.5,10,2,none,BP,x");
  }

  @Test
  void refusesAnotherTable() throws IOException {
    Files.createDirectories(csv.getParent());
    Files.writeString(csv, "a,b\n1,2\n");
    assertThatThrownBy(() -> put("GCN", "accuracy", "81.00", "x"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a,b");
    assertThat(csv).hasContent("a,b\n1,2\n");
  }

  @Test
  void refusesALineOfAnotherLength() throws IOException {
    Files.createDirectories(csv.getParent());
    Files.writeString(csv, ResultsCsv.HEADER + "\nGCN,cora\n");
    assertThatThrownBy(() -> put("GCN", "accuracy", "81.00", "x"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected 10 columns, got 2");
  }

  @Test
  void refusesAWrongNumberOfFields() {
    assertThatThrownBy(() -> ResultsCsv.put(csv, "GCN"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[GCN]");
  }
}
