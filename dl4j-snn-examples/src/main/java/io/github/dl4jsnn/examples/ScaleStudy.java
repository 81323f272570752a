package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.internal.kernel.Workers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Trains GC-SNN on generated power-law graphs of growing size, and fits how time and memory grow.
 *
 * <pre>
 *   mvn -q -pl dl4j-snn-examples -am compile exec:java \
 *       -Dexec.mainClass=io.github.dl4jsnn.examples.ScaleStudy -Dexec.args="--nodes 10000,100000"
 * </pre>
 *
 * <p>Every size and mode runs in a process of its own, whose peak resident memory is that of the
 * run: graph, network and training. The network is two spiking graph convolutions with STFN and LIF
 * neurons, and firing rates as logits. {@code FULL} is one step on the whole graph an epoch; {@code
 * SAMPLED} one pass over all training nodes (a tenth of all) in mini-batches with fan-outs 10 and
 * 5.
 *
 * <p>The time of a point is the median of the epochs behind the first; the first is in the table,
 * too: it is longer, since it is the first to touch the memory.
 */
@Command(
    name = "scale",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Trains GC-SNN on generated graphs of growing size: time and memory.")
public final class ScaleStudy implements Callable<Integer> {

  @Option(
      names = "--nodes",
      split = ",",
      defaultValue = "10000,30000,100000,300000,1000000",
      description = "sizes of the graphs")
  private int[] nodes;

  @Option(names = "--edges", defaultValue = "10", description = "undirected edges for each node")
  private int edgesPerNode;

  @Option(names = "--features", defaultValue = "64", description = "features of a node")
  private int features;

  @Option(names = "--hidden", defaultValue = "64", description = "neurons of the hidden layer")
  private int hidden;

  @Option(names = "--time-steps", defaultValue = "4", description = "steps T")
  private int timeSteps;

  @Option(
      names = "--mode",
      split = ",",
      defaultValue = "full,sampled",
      description = "${COMPLETION-CANDIDATES}")
  private ScaleMode[] modes;

  @Option(names = "--batch", defaultValue = "1024", description = "seed nodes of a mini-batch")
  private int batchSize;

  @Option(names = "--epochs", defaultValue = "3", description = "epochs of each run, 2 or more")
  private int epochs;

  @Option(names = "--heap", defaultValue = "8g", description = "-Xmx of each run")
  private String heap;

  @Option(names = "--csv", description = "table of benchmarks to put the times into")
  private Path csv;

  @Option(
      names = "--points",
      defaultValue = "target/scale/scale.csv",
      description = "table of all points; those of other sizes and modes in it stay")
  private Path pointsCsv;

  @Option(names = "--plot", defaultValue = "target/scale/scale.png", description = "picture")
  private Path plot;

  @Option(names = "--commit", defaultValue = "", description = "what the table calls this version")
  private String commit;

  @Spec private CommandSpec spec;

  /**
   * Runs the study; see {@code --help}.
   *
   * @param args options
   */
  public static void main(String[] args) {
    Commands.run(new ScaleStudy(), args);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (epochs < 2 || edgesPerNode < 1) {
      throw new ParameterException(
          spec.commandLine(), "expected --epochs of 2 or more and --edges of 1 or more");
    }
    PrintWriter out = spec.commandLine().getOut();
    List<ScalePoint> points = ScaleTables.read(pointsCsv);
    out.println(ScalePoint.HEADER);
    for (int n : nodes) {
      for (ScaleMode mode : modes) {
        ScalePoint point = run(n, mode);
        out.println(point);
        out.flush();
        points.removeIf(p -> p.mode == mode && p.shape().equals(point.shape()));
        points.add(point);
        ScaleTables.write(pointsCsv, points);
      }
    }
    for (ScaleMode mode : modes) {
      List<ScalePoint> large = ScaleFit.large(points, mode);
      out.printf(
          ROOT,
          "%s from %,d nodes: time grows with exponent %.3f (first epochs %.3f), memory %.3f%n",
          mode,
          ScaleFit.FROM_NODES,
          ScaleFit.exponent(large, ScalePoint::seconds),
          ScaleFit.exponent(large, p -> p.firstSeconds),
          ScaleFit.exponent(large, p -> p.residentBytes));
    }
    ScalePlot.save(plot, points);
    if (csv != null) {
      ScaleTables.benchmarks(csv, points, Workers.threads(), commit);
    }
    return 0;
  }

  private ScalePoint run(int n, ScaleMode mode) throws IOException, InterruptedException {
    List<String> args = new ArrayList<>();
    for (int number :
        new int[] {n, Math.multiplyExact(n, edgesPerNode), features, hidden, timeSteps}) {
      args.add(Integer.toString(number));
    }
    args.add(mode.name());
    args.add(Integer.toString(batchSize));
    args.add(Integer.toString(epochs));
    String printed =
        FreshJvm.run(
            ScaleRun.class,
            List.of("-Xmx" + heap),
            List.of("dl4j.snn.threads", "org.slf4j.simpleLogger.defaultLogLevel"),
            args.toArray(new String[0]));
    String[] lines = printed.trim().split("\\R");
    return ScalePoint.parse(lines[lines.length - 1]);
  }
}
