package io.github.dl4jsnn.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

  @TempDir Path temp;
  private Path module;
  private Path data;

  @BeforeEach
  void makeFolders() throws IOException {
    module = Files.createDirectories(temp.resolve("workspace/checkout/module"));
    data = temp.resolve("workspace/shared/data");
  }

  @Test
  void findsSharedDataBesideAParent() throws IOException {
    Files.createDirectories(data);
    assertThat(DataFolder.find(null, null, module)).contains(data);
    assertThat(DataFolder.find(" ", "", module.getParent())).contains(data);
    assertThat(DataFolder.find(null, null, temp.resolve("workspace"))).isEmpty();
  }

  @Test
  void findsNothingWhereThereIsNothing() {
    assertThat(DataFolder.find(null, null, module)).isEmpty();
    assertThat(DataFolder.find(null, null, module.getRoot())).isEmpty();
  }

  @Test
  void propertyComesBeforeVariableBeforeSearch() throws IOException {
    Files.createDirectories(data);
    Path a = Files.createDirectory(temp.resolve("a"));
    Path b = Files.createDirectory(temp.resolve("b"));
    assertThat(DataFolder.find(a.toString(), b.toString(), module)).contains(a);
    assertThat(DataFolder.find(null, b.toString(), module)).contains(b);
  }

  @Test
  void aSettingThatLeadsNowhereIsRefused() throws IOException {
    Files.createDirectories(data);
    String missing = temp.resolve("missing").toString();
    assertThatIllegalStateException()
        .isThrownBy(() -> DataFolder.find(missing, null, module))
        .withMessage("system property dl4j.snn.data: expected an existing folder, got " + missing);
    assertThatIllegalStateException()
        .isThrownBy(() -> DataFolder.find(null, missing, module))
        .withMessageContaining("environment variable DL4J_SNN_DATA");
  }

  @Test
  void requireSaysHowToSetIt() {
    assertThatIllegalStateException()
        .isThrownBy(() -> DataFolder.require(Optional.empty()))
        .withMessageContaining("-Ddl4j.snn.data=FOLDER")
        .withMessageContaining("DL4J_SNN_DATA");
    assertThat(DataFolder.require(Optional.of(temp))).isEqualTo(temp);
  }
}
