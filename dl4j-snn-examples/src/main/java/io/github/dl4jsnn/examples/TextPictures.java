package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.monitor.AttentionMap;
import io.github.dl4jsnn.monitor.SpikePlots;
import io.github.dl4jsnn.text.TextVocabulary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** What a Spikformer does with one text: who attends to whom, and the spikes behind its code. */
final class TextPictures {

  /** The layer of a code; not there, or a vertex without neurons, where there is no code. */
  private static final String CODED = "position";

  private static final int NEURONS = 40;

  private TextPictures() {}

  /**
   * Saves {@code attention.png}, the attention of the first block, mean over steps and heads, and
   * {@code spikes.png}, spikes of the last layer before the first block.
   *
   * @param network trained
   * @param text a batch whose first text is drawn
   * @param vocabulary of the network
   * @param folder to write to
   */
  static void save(ComputationGraph network, DataSet text, TextVocabulary vocabulary, Path folder)
      throws IOException {
    saveAttention(network, text, vocabulary, folder.resolve("attention.png"));
    boolean coded = network.getConfiguration().getVertices().get(CODED) instanceof LayerVertex;
    network.setLayerMaskArrays(new INDArray[] {text.getFeaturesMaskArray()}, null);
    INDArray spikes =
        network.feedForward(text.getFeatures(), false).get(coded ? CODED : "embedding");
    network.clearLayerMaskArrays();
    SpikePlots.saveRaster(
        folder.resolve("spikes.png"),
        spikes,
        0,
        NEURONS,
        "Spikes of one text, " + (coded ? "with" : "without") + " code, step by step");
  }

  private static void saveAttention(
      ComputationGraph network, DataSet text, TextVocabulary vocabulary, Path png)
      throws IOException {
    AttentionMap maps =
        AttentionMap.of(
            network,
            "block0.attention",
            new INDArray[] {text.getFeatures()},
            new INDArray[] {text.getFeaturesMaskArray()});
    int length = text.getFeaturesMaskArray().getRow(0).sumNumber().intValue();
    List<String> tokens = new ArrayList<>();
    for (int l = 0; l < length; l++) {
      tokens.add(vocabulary.token(text.getFeatures().getInt(0, l)));
    }
    AttentionPicture.save(png, maps.mean(0), tokens);
  }
}
