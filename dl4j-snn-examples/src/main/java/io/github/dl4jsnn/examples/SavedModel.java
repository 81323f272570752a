package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.graph.DataFolder;
import io.github.dl4jsnn.graph.GraphData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Proves that a saved model is the model: it is restored in a new JVM, run there on the same graph,
 * and must give the same outputs to the last bit.
 */
final class SavedModel {

  private static final String MARK = "outputs ";

  private SavedModel() {}

  /** The new JVM's side: arguments are the model file and the name of the graph. */
  public static void main(String[] args) throws IOException {
    ComputationGraph network = ComputationGraph.load(Path.of(args[0]).toFile(), false);
    NodeData data = NodeData.valueOf(args[1]);
    GraphData graph = GcSnnSettings.of(data).prepare(data.load());
    System.out.println(MARK + digest(network, graph));
  }

  /**
   * Restores a model in a new JVM and returns the digest of its outputs there.
   *
   * @throws IOException if it cannot be restored
   */
  static String digestInNewJvm(Path model, NodeData data) throws IOException, InterruptedException {
    String printed =
        FreshJvm.run(SavedModel.class, List.of(DataFolder.PROPERTY), model.toString(), data.name());
    return printed
        .lines()
        .filter(line -> line.startsWith(MARK))
        .map(line -> line.substring(MARK.length()))
        .findFirst()
        .orElseThrow(() -> new IOException("Expected a line \"" + MARK + "\", got:\n" + printed));
  }

  /** Returns the SHA-256 of the raw bits of a network's outputs. */
  static String digest(ComputationGraph network, GraphData graph) {
    INDArray output = network.outputSingle(graph.features(), graph.edges());
    float[] values = NodeScores.rows(output);
    ByteBuffer bits = ByteBuffer.allocate(Float.BYTES * values.length);
    for (float value : values) {
      bits.putInt(Float.floatToRawIntBits(value));
    }
    try {
      StringBuilder hex = new StringBuilder();
      for (byte b : MessageDigest.getInstance("SHA-256").digest(bits.array())) {
        hex.append(String.format("%02x", b));
      }
      return hex.toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256", e);
    }
  }
}
