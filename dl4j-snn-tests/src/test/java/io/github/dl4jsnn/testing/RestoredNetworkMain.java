package io.github.dl4jsnn.testing;

import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

/**
 * Loads the networks that another process saved in a folder, writes the raw bits of their outputs,
 * trains them on, and writes the raw bits of their parameters.
 */
public final class RestoredNetworkMain {
  public static final int MORE_FITS = 2;
  public static final long SEED = 5;

  private RestoredNetworkMain() {}

  public static void main(String[] args) throws IOException {
    Path folder = Paths.get(args[0]);
    for (TestNetwork network : TestNetwork.values()) {
      ComputationGraph net = ComputationGraph.load(zip(folder, network), true);
      goOn(net, network, folder, "restored");
    }
  }

  public static File zip(Path folder, TestNetwork network) {
    return folder.resolve(network + ".zip").toFile();
  }

  /** What both processes do with a trained network. */
  public static void goOn(ComputationGraph net, TestNetwork network, Path folder, String who)
      throws IOException {
    MultiDataSet data = network.data(DataType.FLOAT);
    write(folder.resolve(network + "." + who + ".output"), Networks.output(net, data));
    Networks.fit(net, data, MORE_FITS, SEED);
    write(folder.resolve(network + "." + who + ".params"), net.params());
  }

  private static void write(Path file, INDArray values) throws IOException {
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      for (float v : values.dup('c').data().asFloat()) {
        out.writeInt(Float.floatToRawIntBits(v));
      }
    }
  }
}
