package io.github.dl4jsnn.examples;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Trains the small spiking convolution network on digits by STBP, BPSA or BPSA + BPTA, and reports
 * accuracy, firing rate and energy.
 *
 * <pre>
 *   mvn -q -pl dl4j-snn-examples -am compile exec:java \
 *       -Dexec.mainClass=io.github.dl4jsnn.examples.MnistBpsaBpta \
 *       -Dexec.args='--data mnist --rule STBP,BPSA,BPSA_BPTA --time-steps 8 --epochs 12 --shift 2 \
 *           --seeds 3 --csv docs/results.csv --runs docs/studies/mnist-bpsa.csv'
 * </pre>
 *
 * <p>The default are drawn digits, less than a minute.
 *
 * <p>Protocol: the last 5,000 training images validate and pick the epoch; the test part is scored
 * once, by the network of that epoch. Images are constant currents, ink 1 on 0. The learning rate
 * rises over the first steps and falls along a cosine. Every arm has the same settings.
 *
 * <p>Kill it whenever you like: the same command goes on at the last checkpoint ({@code
 * --checkpoints}, {@code --checkpoint-every}), and ends with the same parameters; runs that are in
 * the table ({@code --runs}) are not repeated.
 *
 * <p><b>Source.</b> The network is {@link io.github.dl4jsnn.zoo.BpsaNetwork}; the paper reports
 * 99.58 % at width 128, T = 16, after 300 epochs.
 */
@Command(
    name = "mnist-bpsa-bpta",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Trains a spiking convolution network on digits.")
public final class MnistBpsaBpta implements Callable<Integer> {

  @Option(names = "--data", defaultValue = "drawn", description = "${COMPLETION-CANDIDATES}")
  private DigitSet set;

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
    Commands.run(new MnistBpsaBpta(), args);
  }

  @Override
  public Integer call() throws IOException {
    VisionData data = new ImageVisionData(Commands.load(set, spec.commandLine()), options, false);
    VisionSetup setup = new VisionSetup(VisionSetup.Size.SMALL, data, options);
    new VisionStudy(setup, seeds, spec.commandLine()).run();
    latency.report(setup, seeds, spec.commandLine().getOut());
    return 0;
  }
}
