package io.github.dl4jsnn.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.graph.GraphData;
import io.github.dl4jsnn.graph.KarateClub;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.nio.file.Paths;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedModelTest {

  @TempDir Path folder;

  @Test
  void digestSeesTheLastBit() {
    GraphData karate = KarateClub.load();
    ComputationGraph network =
        GcSnnNodeClassification.network(karate, GcSnnSettings.of(NodeData.KARATE), 1);
    String before = SavedModel.digest(network, karate);
    assertThat(SavedModel.digest(network, karate)).isEqualTo(before).matches("[0-9a-f]{64}");

    float b = network.getParam("classes_b").getFloat(0);
    network.getParam("classes_b").putScalar(0, b + 1e-6f);
    assertThat(SavedModel.digest(network, karate)).isNotEqualTo(before);
  }

  @Test
  void failureInTheNewJvmIsReportedWithItsOutput() {
    Path missing = folder.resolve("missing.zip");
    assertThatThrownBy(() -> SavedModel.digestInNewJvm(missing, NodeData.KARATE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("exit code 1")
        .hasMessageContaining("missing.zip");
  }

  /** As under exec:java: the program's class path is not in java.class.path. */
  @Test
  void classPathComesFromTheClassLoader() throws Exception {
    URL classes = SavedModel.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes}, null)) {
      Class<?> type = loader.loadClass(NodeScores.class.getName());
      assertThat(FreshJvm.classPath(type)).isEqualTo(Paths.get(classes.toURI()).toString());
    }
    assertThat(FreshJvm.classPath(SavedModel.class).split(File.pathSeparator))
        .contains(Paths.get(classes.toURI()).toString());
  }
}
