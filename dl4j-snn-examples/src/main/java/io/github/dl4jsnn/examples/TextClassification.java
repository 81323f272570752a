package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.position.PositionalEncoding;
import io.github.dl4jsnn.text.LabelledText;
import io.github.dl4jsnn.text.TextData;
import io.github.dl4jsnn.text.TextIterator;
import io.github.dl4jsnn.text.TextVocabulary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.text.tokenization.tokenizerfactory.TokenizerFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Classifies texts with a Spikformer, trained from scratch: tokens, vocabulary, training, and the
 * saved network and vocabulary at work on new texts, with a map of its attention and its spikes.
 *
 * <pre>
 *   mvn -q -pl dl4j-snn-examples -am compile exec:java \
 *       -Dexec.mainClass=io.github.dl4jsnn.examples.TextClassification \
 *       -Dexec.args='--data mr --heads 4 --epochs 4 --drop-out 0.4 --word-dropout 0.3'
 * </pre>
 *
 * <p>The default data are {@link GeneratedReviews}, which only the order of the words tells apart:
 * with {@code --pe none} the network, which then does not see it, is left to guess; with CPG-PE it
 * can learn it.
 */
@Command(
    name = "text-classification",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Classifies texts with a Spikformer.")
public final class TextClassification implements Callable<Integer> {

  private static final int SHOWN = 4;

  @Option(names = "--data", defaultValue = "tiny", description = "${COMPLETION-CANDIDATES}")
  private TextSet set;

  @Option(
      names = "--pe",
      defaultValue = "CPG",
      description = "positional encoding: ${COMPLETION-CANDIDATES}")
  private PositionalEncoding pe;

  @Option(names = "--seed", defaultValue = "1", description = "seed of weights and batches")
  private long seed;

  @Option(
      names = "--out",
      defaultValue = "target/text-classification",
      description = "folder for network, vocabulary and pictures")
  private Path folder;

  @Mixin private TextOptions options;
  @Spec private CommandSpec spec;

  /**
   * Runs the example; see {@code --help}.
   *
   * @param args options
   */
  public static void main(String[] args) {
    Commands.run(new TextClassification(), args);
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();

    // 1. Texts, and the vocabulary of those to train on
    TextData data = Commands.load(set, spec.commandLine());
    TokenizerFactory tokenizers = set.tokenizers();
    TextVocabulary vocabulary = options.vocabulary(data, tokenizers);
    out.printf("%s; %s%n%s%n", data, vocabulary, options.settings(pe));

    // 2. Network and training; the weights of the best epoch on the validation part are kept
    ComputationGraph network = options.network(data, vocabulary.size(), pe, seed);
    out.printf(ROOT, "seed %d, encoding %s, %,d parameters%n", seed, pe, network.numParams());
    TextIterator validation = options.scoring(data, vocabulary, Split.VALIDATION);
    ClassifierTraining training =
        new ClassifierTraining(
            network,
            options.training(data, vocabulary, seed),
            validation,
            options.network.epochs,
            out);

    // 3. Result
    TextIterator test = options.scoring(data, vocabulary, Split.TEST);
    double accuracy = ClassifierTraining.accuracy(network, test);
    out.printf(
        ROOT,
        "best epoch %d: test accuracy %.2f %% of %d texts; %.1f s an epoch%n",
        training.bestEpoch,
        accuracy,
        test.numExamples(),
        training.medianMillis / 1e3);

    // 4. Saved, restored, and asked
    Files.createDirectories(folder);
    network.save(folder.resolve("network.zip").toFile(), false);
    Files.writeString(folder.resolve("vocabulary.json"), vocabulary.toJson());
    return ask(out, data, tokenizers);
  }

  private int ask(PrintWriter out, TextData data, TokenizerFactory tokenizers) throws IOException {
    ComputationGraph network = ComputationGraph.load(folder.resolve("network.zip").toFile(), false);
    TextVocabulary vocabulary =
        TextVocabulary.fromJson(Files.readString(folder.resolve("vocabulary.json")), tokenizers);
    out.printf("restored from %s:%n", folder);
    TextIterator test = options.scoring(data, vocabulary, Split.TEST);
    DataSet batch = test.next(SHOWN);
    INDArray probabilities =
        network
            .output(
                false,
                new INDArray[] {batch.getFeatures()},
                new INDArray[] {batch.getFeaturesMaskArray()},
                null)[0];
    List<LabelledText> texts = data.part(Split.TEST);
    for (int i = 0; i < Math.min(SHOWN, texts.size()); i++) {
      int guess = probabilities.getRow(i).argMax().getInt(0);
      out.printf(
          ROOT,
          "  %.2f for %d (is %d): %.60s%n",
          probabilities.getDouble(i, guess),
          guess,
          texts.get(i).label(),
          texts.get(i).text());
    }
    TextPictures.save(network, batch, vocabulary, folder);
    out.printf("wrote attention.png and spikes.png there%n");
    return 0;
  }
}
