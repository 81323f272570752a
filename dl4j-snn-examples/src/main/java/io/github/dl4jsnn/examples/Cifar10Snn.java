package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.vision.Cifar10;
import io.github.dl4jsnn.vision.ImageData;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Trains the middle spiking convolution network on photographs, and draws how it learns.
 *
 * <pre>
 *   mvn -q -pl dl4j-snn-examples -am compile exec:java \
 *       -Dexec.mainClass=io.github.dl4jsnn.examples.Cifar10Snn \
 *       -Dexec.args='--data cifar10 --width 32 --time-steps 4 --epochs 20 --shift 4 --dropout 0 \
 *           --csv docs/results.csv --runs docs/studies/cifar10.csv \
 *           --curve docs/studies/cifar10-curve.csv --curve-plot docs/images/cifar10.png'
 * </pre>
 *
 * <p>The default are drawn digits in colours, less than a minute. Training images are moved by
 * {@code --shift} and mirrored (photographs only). Protocol, checkpoints and tables are those of
 * {@link MnistBpsaBpta}; training batches of CIFAR-10 that are not in the data folder are left out,
 * the first line says how many images there are.
 *
 * <p><b>Source.</b> The network is {@link io.github.dl4jsnn.zoo.BpsaNetwork#middle}; the paper
 * reports 92.15 % at width 128, T = 16, from all 50,000 images.
 */
@Command(
    name = "cifar10-snn",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Trains a spiking convolution network on photographs.")
public final class Cifar10Snn implements Callable<Integer> {

  private static final int GENERATED = 1000;
  private static final int GENERATED_SCORED = 200;

  /** What to train on. */
  enum Pictures {
    PAINTED,
    CIFAR10;

    /** The name on the command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(names = "--data", defaultValue = "painted", description = "${COMPLETION-CANDIDATES}")
  private Pictures pictures;

  @Mixin private VisionOptions options;
  @Mixin private SeedOptions seeds = new SeedOptions(1);
  @Mixin private CurveReport curve;
  @Spec private CommandSpec spec;

  /**
   * Runs the example; see {@code --help}.
   *
   * @param args options
   */
  public static void main(String[] args) {
    Commands.run(new Cifar10Snn(), args);
  }

  @Override
  public Integer call() throws IOException {
    VisionData data = new ImageVisionData(load(), options, pictures == Pictures.CIFAR10);
    VisionSetup setup = new VisionSetup(VisionSetup.Size.MIDDLE, data, options);
    new VisionStudy(setup, seeds, spec.commandLine()).run();
    curve.report(setup, seeds);
    return 0;
  }

  private ImageData load() throws IOException {
    try {
      return pictures == Pictures.CIFAR10
          ? Cifar10.load()
          : PaintedDigits.generate(GENERATED, GENERATED_SCORED);
    } catch (IllegalStateException e) {
      throw new ParameterException(
          spec.commandLine(), "--data " + pictures + ": " + e.getMessage(), e);
    }
  }
}
