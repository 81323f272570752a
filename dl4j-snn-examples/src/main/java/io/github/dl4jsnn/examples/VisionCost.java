package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.monitor.LayerCost;
import io.github.dl4jsnn.monitor.OperationEnergy;
import io.github.dl4jsnn.monitor.SnnCost;
import java.io.PrintWriter;

/** What a trained network of a {@link VisionStudy} costs. */
final class VisionCost {

  /** The paper's ratio of energies, with T = 16. */
  private static final double PAPER_RATIO = 35.1;

  private static final int PAPER_STEPS = 16;
  private static final OperationEnergy ENERGY = OperationEnergy.nm45();

  private VisionCost() {}

  /** The ratio of energies by the firing rate alone. */
  static double ratioByRate(double rate, int timeSteps) {
    return rate > 0 ? ENERGY.ratioByRate(rate, timeSteps) : Double.POSITIVE_INFINITY;
  }

  /** Prints operations and energies of all layers, and what the paper's formula makes of them. */
  static void print(PrintWriter out, SnnCost cost, int timeSteps) {
    LayerCost first = cost.layers().values().iterator().next();
    LayerCost all = cost.total();
    out.printf("%n%s", cost.report());
    out.printf(
        ROOT,
        "first layer: %,d MACs of real values, %.1f %% of the energy with integer accumulates%n",
        first.multiplyAccumulates(),
        100 * first.integerEnergy(ENERGY) / all.integerEnergy(ENERGY));
    out.printf(
        ROOT,
        "by the formula 4.6 / (0.1 * rate * T): %.1f times at rate %.4f, T %d; %.1f times takes a"
            + " rate of %.4f at T %d, %.4f at T %d%n",
        ratioByRate(all.firingRate(), timeSteps),
        all.firingRate(),
        timeSteps,
        PAPER_RATIO,
        ENERGY.ratioByRate(PAPER_RATIO, timeSteps),
        timeSteps,
        ENERGY.ratioByRate(PAPER_RATIO, PAPER_STEPS),
        PAPER_STEPS);
  }
}
