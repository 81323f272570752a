package io.github.dl4jsnn.examples;

import picocli.CommandLine.Option;

/** Settings of {@link CompressionStudy} that {@link GcSnnOptions} does not have. */
final class CompressionOptions {

  @Option(
      names = "--rho",
      converter = GcSnnOptions.Rate.class,
      paramLabel = "X",
      description = "standard deviation of STFN's currents, in thresholds; less is fewer spikes")
  private Double rho;

  @Option(
      names = "--rate-bound",
      converter = GcSnnOptions.Probability.class,
      paramLabel = "R",
      description = "firing rate of a neuron above which it is penalised")
  private Double rateBound;

  @Option(
      names = "--rate-weight",
      converter = GcSnnOptions.Rate.class,
      paramLabel = "X",
      description = "weight of this penalty; none unless given")
  private Double rateWeight;

  /** Returns the settings with what was given on the command line put in. */
  CompressionSettings applyTo(CompressionSettings s) {
    s.rateBound = rateBound == null ? s.rateBound : rateBound;
    s.rateWeight = rateWeight == null ? s.rateWeight : rateWeight;
    if (rho != null) {
      s.rho(rho);
    }
    return s;
  }
}
