package io.github.dl4jsnn.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@link SnnCost} as text and as CSV. */
final class CostReport {

  private static final String[] HEADER = {
    "layer",
    "dense MACs",
    "x all steps",
    "accumulates",
    "MACs",
    "ratio",
    "rate",
    "dense nJ",
    "float nJ",
    "integer nJ"
  };

  private static final double NANO = 1e-3;

  private CostReport() {}

  static String text(SnnCost cost, OperationEnergy energy) {
    List<String[]> rows = new ArrayList<>();
    rows.add(HEADER);
    cost.layers().values().forEach(layer -> rows.add(row(layer, energy)));
    rows.add(row(cost.total(), energy));
    StringBuilder text = new StringBuilder(table(rows));
    text.append('\n');
    for (String line : beside(cost, energy)) {
      text.append(line).append('\n');
    }
    for (String line : assumptions(cost, energy)) {
      text.append(line).append('\n');
    }
    return text.toString();
  }

  private static String[] row(LayerCost c, OperationEnergy energy) {
    return new String[] {
      c.name(),
      count(c.dense()),
      count(c.denseAllSteps()),
      count(c.accumulates()),
      count(c.multiplyAccumulates()),
      quotient(c.ratio(), "%.2f"),
      quotient(c.firingRate(), "%.3f"),
      count(Math.round(c.denseEnergy(energy) * NANO)),
      count(Math.round(c.energy(energy) * NANO)),
      count(Math.round(c.integerEnergy(energy) * NANO))
    };
  }

  private static String count(long n) {
    return String.format(Locale.ROOT, "%,d", n);
  }

  private static String quotient(double q, String format) {
    return Double.isNaN(q) ? "-" : String.format(Locale.ROOT, format, q);
  }

  /** Names to the left, numbers to the right. */
  private static String table(List<String[]> rows) {
    int[] width = new int[HEADER.length];
    for (String[] row : rows) {
      for (int c = 0; c < width.length; c++) {
        width[c] = Math.max(width[c], row[c].length());
      }
    }
    StringBuilder table = new StringBuilder();
    for (String[] row : rows) {
      table.append(String.format("%-" + width[0] + "s", row[0]));
      for (int c = 1; c < width.length; c++) {
        table.append(String.format("  %" + width[c] + "s", row[c]));
      }
      table.append('\n');
    }
    return table.toString();
  }

  /** What a sceptic asks for: quotients under other assumptions, and what is not in the ratio. */
  private static List<String> beside(SnnCost cost, OperationEnergy energy) {
    LayerCost all = cost.total();
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "operations: %.2f times fewer than dense run once, %.2f than dense at all %d steps;"
                + " %.2f if an input held over the steps were sent at each",
            all.ratio(),
            all.ratioAllSteps(),
            cost.timeSteps(),
            all.ratioSentEachStep()));
    lines.add(
        String.format(
            Locale.ROOT,
            "energy: %.2f times less with float accumulates, %.2f with integer ones%s",
            all.denseEnergy(energy) / all.energy(energy),
            all.denseEnergy(energy) / all.integerEnergy(energy),
            byRate(cost, energy)));
    lines.add(
        String.format(
            Locale.ROOT,
            "beside the ratio: propagation %,d MACs (dense %,d; ratio with it %.2f), normalisation"
                + " %,d multiplications, %,d neuron updates",
            all.propagation(),
            all.densePropagation(),
            cost.ratioWithPropagation(),
            all.normalisation(),
            all.neuronUpdates()));
    return lines;
  }

  private static String byRate(SnnCost cost, OperationEnergy energy) {
    double rate = cost.total().firingRate();
    return rate > 0
        ? String.format(
            Locale.ROOT,
            ", %.2f by E_ANN/E_SNN = %s/(%s * %.4f * %d)",
            energy.ratioByRate(rate, cost.timeSteps()),
            energy.multiplyAccumulate(),
            energy.integerAccumulate(),
            rate,
            cost.timeSteps())
        : "";
  }

  static List<String> assumptions(SnnCost cost, OperationEnergy energy) {
    List<String> lines = new ArrayList<>();
    lines.add("assumptions: " + energy + "; arithmetic only, no memory");
    lines.add(
        "  dense: the equal non-spiking network, all inputs dense, run once; N = "
            + cost.examples()
            + ", T = "
            + cost.timeSteps());
    lines.add(
        "  ratio: dense MACs / (accumulates + MACs) of all steps; zeros cost nothing; an input held"
            + " over the steps is mapped once");
    lines.add("  a spike (1) costs accumulates; any other input but 0 costs multiply-accumulates");
    lines.add("  missing steps, bias, activation functions and pooling are not counted");
    if (!cost.notCounted().isEmpty()) {
      lines.add("  NOT COUNTED: " + String.join(", ", cost.notCounted()));
    }
    return lines;
  }

  static void csv(SnnCost cost, OperationEnergy energy, Path file) throws IOException {
    StringBuilder csv = new StringBuilder();
    assumptions(cost, energy).forEach(line -> csv.append("# ").append(line.trim()).append('\n'));
    csv.append(
        "layer,dense_macs,dense_macs_all_steps,accumulates,macs,operations_sent_each_step,ratio,"
            + "firing_rate,spikes,neuron_updates,propagation_macs,dense_propagation_macs,"
            + "normalisation,dense_pj,float_pj,integer_pj\n");
    cost.layers().values().forEach(layer -> csv.append(line(layer, energy)));
    csv.append(line(cost.total(), energy));
    Folders.makeParents(file);
    Files.writeString(file, csv);
  }

  private static String line(LayerCost c, OperationEnergy energy) {
    return Csv.line(
        c.name(),
        c.dense(),
        c.denseAllSteps(),
        c.accumulates(),
        c.multiplyAccumulates(),
        c.operationsSentEachStep(),
        c.ratio(),
        c.firingRate(),
        c.spikes(),
        c.neuronUpdates(),
        c.propagation(),
        c.densePropagation(),
        c.normalisation(),
        c.denseEnergy(energy),
        c.energy(energy),
        c.integerEnergy(energy));
  }
}
