package io.github.dl4jsnn.testing;

import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.neuron.RectangularSurrogate;
import io.github.dl4jsnn.neuron.Reset;
import io.github.dl4jsnn.neuron.ResetGradient;
import io.github.dl4jsnn.neuron.Surrogate;
import java.util.ArrayList;
import java.util.List;

/** The neurons that tests run through: all resets, reset gradients and surrogates. */
public final class Neurons {
  private static final double DECAY = 0.7;
  private static final double THRESHOLD = 0.6;
  private static final double RESET_POTENTIAL = -0.15;

  private Neurons() {}

  /**
   * Hard reset to 0 and to another potential, soft and no reset; exact and detached; both
   * surrogates with parameters off their defaults.
   *
   * @return 16 neurons
   */
  public static List<LifParameters> all() {
    List<LifParameters> neurons = new ArrayList<>();
    for (LifParameters reset : resets()) {
      for (ResetGradient gradient : ResetGradient.values()) {
        for (Surrogate s : List.of(new RectangularSurrogate(1.3), new ArctanSurrogate(2.5))) {
          neurons.add(reset.toBuilder().resetGradient(gradient).surrogate(s).build());
        }
      }
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
        + (p.getSurrogate() instanceof ArctanSurrogate ? "arctan" : "rectangular");
  }
}
