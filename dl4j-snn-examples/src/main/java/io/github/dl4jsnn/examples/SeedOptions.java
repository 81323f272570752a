package io.github.dl4jsnn.examples;

import java.nio.file.Path;
import java.util.stream.LongStream;
import picocli.CommandLine.Option;

/** How often a study trains, from which seeds, and where its means go. */
final class SeedOptions {

  @Option(
      names = "--seeds",
      converter = GcSnnOptions.Count.class,
      description = "number of training runs")
  int seeds;

  @Option(
      names = "--first-seed",
      defaultValue = "1",
      description = "seed of the first run; settings are chosen with seeds from 100 on")
  private long firstSeed;

  @Option(names = "--csv", description = "table of results to put means into; default: none")
  Path csv;

  /** With so many runs unless an option says otherwise. */
  SeedOptions(int seeds) {
    this.seeds = seeds;
  }

  /** The seeds of all runs. */
  long[] all() {
    return LongStream.range(firstSeed, firstSeed + seeds).toArray();
  }
}
