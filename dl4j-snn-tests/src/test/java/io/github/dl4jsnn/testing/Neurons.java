package io.github.dl4jsnn.testing;

import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.BpsaSurrogate;
import io.github.dl4jsnn.neuron.ErfSurrogate;
import io.github.dl4jsnn.neuron.FakeNumericalGradientSurrogate;
import io.github.dl4jsnn.neuron.FastSigmoidSurrogate;
import io.github.dl4jsnn.neuron.LeakyKReluSurrogate;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.LogTailedReluSurrogate;
import io.github.dl4jsnn.neuron.NonzeroSignLogAbsSurrogate;
import io.github.dl4jsnn.neuron.PiecewiseExpSurrogate;
import io.github.dl4jsnn.neuron.PiecewiseLeakyReluSurrogate;
import io.github.dl4jsnn.neuron.QPseudoSpikeSurrogate;
import io.github.dl4jsnn.neuron.RectangularSurrogate;
import io.github.dl4jsnn.neuron.Reset;
import io.github.dl4jsnn.neuron.ResetGradient;
import io.github.dl4jsnn.neuron.S2nnSurrogate;
import io.github.dl4jsnn.neuron.SigmoidSurrogate;
import io.github.dl4jsnn.neuron.SoftSignSurrogate;
import io.github.dl4jsnn.neuron.SquarewaveFourierSurrogate;
import io.github.dl4jsnn.neuron.StraightThroughSurrogate;
import io.github.dl4jsnn.neuron.SuperSpikeSurrogate;
import io.github.dl4jsnn.neuron.Surrogate;
import io.github.dl4jsnn.neuron.TriangularSurrogate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The neurons that tests run through: all resets, reset gradients and surrogates. */
public final class Neurons {
  private static final double DECAY = 0.7;
  private static final double THRESHOLD = 0.6;
  private static final double RESET_POTENTIAL = -0.15;

  private Neurons() {}

  /**
   * Hard reset to 0 and to another potential, soft and no reset; exact, detached and BPTA; two
   * surrogates with parameters off their defaults.
   *
   * @return 20 neurons
   */
  public static List<LifParameters> all() {
    List<LifParameters> neurons = new ArrayList<>();
    for (LifParameters reset : resets()) {
      for (ResetGradient gradient : ResetGradient.values()) {
        if (gradient == ResetGradient.BPTA && reset.getReset() != Reset.HARD) {
          continue;
        }
        for (Surrogate s : surrogates().subList(0, 2)) {
          neurons.add(reset.toBuilder().bpta(0.6).resetGradient(gradient).surrogate(s).build());
        }
      }
    }
    return neurons;
  }

  /**
   * One of each surrogate, with constants off their defaults.
   *
   * @return 19 surrogates
   */
  public static List<Surrogate> surrogates() {
    return List.of(
        new RectangularSurrogate(1.3),
        new ArctanSurrogate(2.5),
        new SigmoidSurrogate(3.5),
        new FastSigmoidSurrogate(10),
        new SuperSpikeSurrogate(0.8),
        new SoftSignSurrogate(1.7),
        new TriangularSurrogate(0.9),
        new PiecewiseExpSurrogate(1.6),
        new ErfSurrogate(1.4),
        new NonzeroSignLogAbsSurrogate(0.7),
        new PiecewiseLeakyReluSurrogate(0.6, 0.05),
        new SquarewaveFourierSurrogate(3, 7),
        new S2nnSurrogate(3, 0.6),
        new QPseudoSpikeSurrogate(2.6),
        new LeakyKReluSurrogate(0.2, 0.9),
        new FakeNumericalGradientSurrogate(1.5),
        new LogTailedReluSurrogate(0.1),
        new StraightThroughSurrogate(),
        new BpsaSurrogate());
  }

  /**
   * A neuron for each surrogate that {@link #all()} does not have; resets take turns, reset
   * gradients are exact.
   *
   * @return 17 neurons
   */
  public static List<LifParameters> eachSurrogate() {
    List<LifParameters> neurons = new ArrayList<>();
    for (Surrogate s : surrogates().subList(2, surrogates().size())) {
      LifParameters reset = resets().get(neurons.size() % resets().size());
      neurons.add(reset.toBuilder().resetGradient(ResetGradient.EXACT).surrogate(s).build());
    }
    return neurons;
  }

  /**
   * One neuron for each reset.
   *
   * @return 4 neurons
   */
  public static List<LifParameters> resets() {
    LifParameters.Builder b = LifParameters.builder().decay(DECAY).threshold(THRESHOLD);
    return List.of(
        b.reset(Reset.HARD).build(),
        b.reset(Reset.HARD).resetPotential(RESET_POTENTIAL).build(),
        b.reset(Reset.SOFT).resetPotential(0).build(),
        b.reset(Reset.NONE).build());
  }

  /**
   * Short name.
   *
   * @param p neuron
   * @return reset, reset gradient, surrogate
   */
  public static String name(LifParameters p) {
    return p.getReset()
        + (p.getResetPotential() == 0 ? "" : "(" + p.getResetPotential() + ")")
        + " "
        + p.getResetGradient()
        + " "
        + p.getSurrogate()
            .getClass()
            .getSimpleName()
            .replace("Surrogate", "")
            .toLowerCase(Locale.ROOT);
  }
}
