package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.graph.GraphData;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The baseline without features: DeepWalk vectors of the nodes, learned from the edges alone, and
 * logistic regression on them.
 *
 * <pre>
 *   mvn -q -pl dl4j-snn-examples -am compile exec:java \
 *       -Dexec.mainClass=io.github.dl4jsnn.examples.DeepWalkStudy \
 *       -Dexec.args='--data cora --seeds 10'
 * </pre>
 *
 * <p>Protocol: vectors of all nodes, without labels; the regression sees the train nodes of the
 * Planetoid split, its L2 coefficient is chosen on the validation nodes. The seed decides walks and
 * first vectors. Expect 67 % on Cora and 43 % on Citeseer, as published (Yang, Cohen and
 * Salakhutdinov, ICML 2016, report 67.2 and 43.2).
 */
@Command(
    name = "deep-walk-study",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Classifies nodes by DeepWalk vectors and logistic regression, from many seeds.")
public final class DeepWalkStudy implements Callable<Integer> {

  @Option(names = "--data", defaultValue = "cora", description = "${COMPLETION-CANDIDATES}")
  private NodeData data;

  @Option(
      names = "--seeds",
      defaultValue = "10",
      converter = GcSnnOptions.Count.class,
      description = "number of runs")
  private int seeds;

  @Option(names = "--first-seed", defaultValue = "1", description = "seed of the first run")
  private long firstSeed;

  @Option(names = "--csv", description = "table of results to put this one into")
  private Path csv;

  @Mixin private DeepWalkOptions options;
  @Spec private CommandSpec spec;

  /**
   * Runs the study; see {@code --help}.
   *
   * @param args options
   */
  public static void main(String[] args) {
    Commands.run(new DeepWalkStudy(), args);
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    GraphData graph = Commands.load(data, spec.commandLine());
    out.printf("DeepWalk on %s%n%s%n%n", graph, options);
    out.printf("seed  seconds     L2  validation %%  test %%%n");
    double[] validation = new double[seeds];
    double[] test = new double[seeds];
    for (int i = 0; i < seeds; i++) {
      long start = System.nanoTime();
      INDArray vectors = options.model(firstSeed + i).fit(graph).unitVectors();
      double seconds = (System.nanoTime() - start) / 1e9;
      LogisticRegression r = new LogisticRegression(vectors, graph);
      validation[i] = r.validationAccuracy();
      test[i] = r.testAccuracy();
      out.printf(
          ROOT,
          "%4d  %7.1f  %5.0e  %12.2f  %6.2f%n",
          firstSeed + i,
          seconds,
          r.l2(),
          validation[i],
          test[i]);
      out.flush();
    }
    Sample result = new Sample(test);
    out.printf(ROOT, "%nvalidation accuracy %.2f %%%n", new Sample(validation).mean());
    out.printf(ROOT, "test accuracy %.2f +- %.2f %%%n", result.mean(), result.deviation());
    if (csv != null) {
      put(result);
      out.printf("wrote %s%n", csv);
    }
    return 0;
  }

  /** Layers and positional encoding are those of a neural network, which this is not. */
  private void put(Sample result) throws IOException {
    ResultsCsv.put(
        csv,
        "DeepWalk",
        data.toString(),
        "accuracy",
        String.format(ROOT, "%.2f", result.mean()),
        String.format(ROOT, "%.2f", result.deviation()),
        Integer.toString(seeds),
        "none",
        "none",
        "skip-gram",
        Commands.maven(spec.commandLine()));
  }
}
