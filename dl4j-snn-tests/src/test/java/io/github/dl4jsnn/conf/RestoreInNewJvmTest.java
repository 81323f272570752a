package io.github.dl4jsnn.conf;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jsnn.testing.Networks;
import io.github.dl4jsnn.testing.RestoredNetworkMain;
import io.github.dl4jsnn.testing.TestNetwork;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

/** A saved network means the same to a process that has never seen it built. */
class RestoreInNewJvmTest {
  @TempDir Path folder;

  @Test
  void outputsAndFurtherTrainingAreEqualBitForBit() throws Exception {
    for (TestNetwork network : TestNetwork.values()) {
      ComputationGraph net = network.create();
      Networks.fit(net, network.data(DataType.FLOAT), 3, 1);
      net.save(RestoredNetworkMain.zip(folder, network), true);
      RestoredNetworkMain.goOn(net, network, folder, "original");
    }
    runInNewJvm();
    for (TestNetwork network : TestNetwork.values()) {
      for (String what : new String[] {"output", "params"}) {
        Path original = folder.resolve(network + ".original." + what);
        Path restored = folder.resolve(network + ".restored." + what);
        assertThat(Files.size(original)).isPositive();
        assertThat(restored).as("%s of %s", what, network).hasSameBinaryContentAs(original);
      }
    }
  }

  private void runInNewJvm() throws Exception {
    File log = folder.resolve("log.txt").toFile();
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                classPath,
                RestoredNetworkMain.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended).isTrue();
    assertThat(process.exitValue()).as(() -> read(log)).isZero();
  }

  private static String read(File log) {
    try {
      return Files.readString(log.toPath());
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }
}
