package io.github.dl4jsnn.examples;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Trains the small spiking convolution network on digits that an event camera sees, which moves
 * before each in three saccades, and reports accuracy, firing rate and energy.
 *
 * <pre>
 *   mvn -q -pl dl4j-snn-examples -am compile exec:java \
 *       -Dexec.mainClass=io.github.dl4jsnn.examples.SimulatedDvs \
 *       -Dexec.args='--data mnist --rule STBP,BPSA,BPSA_BPTA --time-steps 4,8,16 --epochs 8 --shift 1 \
 *           --seeds 3 --csv docs/results.csv --runs docs/studies/dvs.csv'
 * </pre>
 *
 * <p>The default are drawn digits, about a minute. Events are simulated once for each image and
 * kept ({@code --cache}); all T see the same recordings. Protocol, checkpoints and tables are those
 * of {@link MnistBpsaBpta}.
 *
 * <p>The data are no recordings of a camera: they stand in for N-MNIST, whose paths they imitate
 * ({@link io.github.dl4jsnn.event.EventCamera}).
 */
@Command(
    name = "simulated-dvs",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Trains a spiking convolution network on a simulated event camera.")
public final class SimulatedDvs implements Callable<Integer> {

  @Option(names = "--data", defaultValue = "drawn", description = "${COMPLETION-CANDIDATES}")
  private DigitSet set;

  @Mixin private EventVisionData.Options recording;
  @Mixin private VisionOptions options;
  @Mixin private SeedOptions seeds = new SeedOptions(1);
  @Mixin private LatencyReport latency;
  @Spec private CommandSpec spec;

  /**
   * Runs the example; see {@code --help}.
   *
   * @param args options
   */
  public static void main(String[] args) {
    Commands.run(new SimulatedDvs(), args);
  }

  @Override
  public Integer call() throws IOException {
    VisionData data;
    try {
      data = new EventVisionData(Commands.load(set, spec.commandLine()), options, recording);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    VisionSetup setup = new VisionSetup(VisionSetup.Size.SMALL, data, options);
    new VisionStudy(setup, seeds, spec.commandLine()).run();
    latency.report(setup, seeds, spec.commandLine().getOut());
    return 0;
  }
}
