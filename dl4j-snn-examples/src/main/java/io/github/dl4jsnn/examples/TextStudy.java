package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.position.PositionalEncoding;
import io.github.dl4jsnn.text.TextData;
import io.github.dl4jsnn.text.TextIterator;
import io.github.dl4jsnn.text.TextVocabulary;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.deeplearning4j.nn.graph.ComputationGraph;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Trains Spikformers on texts, from several seeds, with and without positional encodings, and
 * reports mean and deviation of their test accuracy beside that of a bag of words.
 *
 * <pre>
 *   mvn -q -pl dl4j-snn-examples -am compile exec:java \
 *       -Dexec.mainClass=io.github.dl4jsnn.examples.TextStudy \
 *       -Dexec.args='--data sst2,subj,waimai,mr,sst5 --seeds 5 --heads 4 --epochs 4 --drop-out 0.4 --word-dropout 0.3 \
 *           --pe NONE,CPG_FULL --cpg-pairs 32 --cpg-period 16 --local-attention 2 \
 *           --csv docs/results.csv --seeds-csv docs/studies/text.csv'
 * </pre>
 *
 * <p>The same with {@code --data chnsenti --length 64}, whose texts are longer.
 *
 * <p>Protocol: the published split, or fold 0 to test and fold 1 to validate; no pretrained
 * embeddings; all encodings have the same settings, which were chosen on validation parts. The
 * epoch with the best validation accuracy counts. The seed decides weights, order and dropout;
 * seeds are 1, 2, ... A table of all runs is written as they end; a study that was stopped goes on
 * from it.
 */
@Command(
    name = "text-study",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Trains Spikformers on texts with and without positional encodings.")
public final class TextStudy implements Callable<Integer> {

  @Option(
      names = "--data",
      split = ",",
      defaultValue = "tiny",
      description = "${COMPLETION-CANDIDATES}")
  private List<TextSet> sets;

  @Option(
      names = "--bag-of-words",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "whether to train a bag of words, too")
  private boolean bagOfWords;

  @Mixin private TextOptions options;
  @Mixin private StudyOptions study;
  @Spec private CommandSpec spec;

  /**
   * Runs the study; see {@code --help}.
   *
   * @param args options
   */
  public static void main(String[] args) {
    Commands.run(new TextStudy(), args);
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    for (TextSet set : sets) {
      TextData data = Commands.load(set, spec.commandLine());
      TextVocabulary vocabulary = options.vocabulary(data, set.tokenizers());
      out.printf("%n%s; %s%n", data, vocabulary);
      if (bagOfWords) {
        study.arm(
            arm(BagOfWords.SYSTEM, set, "none", 1, "BP", options.batches()),
            seed ->
                run(
                    data,
                    vocabulary,
                    BagOfWords.network(vocabulary.size(), data.numClasses(), seed),
                    BagOfWords.EPOCHS,
                    seed),
            out);
      }
      for (PositionalEncoding pe : study.encodings) {
        out.printf("%s%n", options.settings(pe));
        study.arm(
            arm(
                "Spikformer",
                set,
                StudyOptions.name(pe),
                options.network.blocks,
                "STBP",
                options.settings(pe)),
            seed ->
                run(
                    data,
                    vocabulary,
                    options.network(data, vocabulary.size(), pe, seed),
                    options.network.epochs,
                    seed),
            out);
      }
    }
    return 0;
  }

  private StudyOptions.Arm arm(
      String system, TextSet set, String pe, int layers, String method, String settings) {
    return new StudyOptions.Arm(
        system, set.toString(), pe, layers, method, settings, Commands.maven(spec.commandLine()));
  }

  private SeedResult run(
      TextData data, TextVocabulary vocabulary, ComputationGraph network, int epochs, long seed) {
    TextIterator train = options.training(data, vocabulary, seed);
    ClassifierTraining training =
        new ClassifierTraining(
            network,
            train,
            options.scoring(data, vocabulary, Split.VALIDATION),
            epochs,
            spec.commandLine().getOut());
    double test =
        ClassifierTraining.accuracy(network, options.scoring(data, vocabulary, Split.TEST));
    return new SeedResult(
        seed,
        training.bestEpoch,
        training.validationAccuracy,
        test,
        Double.NaN,
        training.medianMillis);
  }
}
