package io.github.dl4jsnn.examples;

import static java.util.Locale.ROOT;

import io.github.dl4jsnn.conf.FastDropout;
import io.github.dl4jsnn.learning.AdamW;
import io.github.dl4jsnn.learning.CosineSchedule;
import io.github.dl4jsnn.position.CpgCode;
import io.github.dl4jsnn.position.PositionalCode;
import io.github.dl4jsnn.position.PositionalEncoding;
import io.github.dl4jsnn.zoo.ZooNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.schedule.ScheduleType;
import picocli.CommandLine.Option;

/** Size and training of the Spikformers that classify, the same for every encoding. */
final class SpikformerOptions {

  /** Name of the weights of a code. */
  private static final String CODE = "W2";

  /** Those of queries, keys and values, side by side. */
  private static final String QKV_CODE = "qkv_" + CODE;

  /** Share of all iterations in which the learning rate rises. */
  private static final double WARM_UP = 0.05;

  @Option(
      names = "--time-steps",
      defaultValue = "2",
      converter = GcSnnOptions.Count.class,
      description = "spike steps T on each position")
  int timeSteps;

  @Option(
      names = "--hidden",
      defaultValue = "64",
      converter = GcSnnOptions.Count.class,
      description = "features D of each position")
  int hidden;

  @Option(
      names = "--blocks",
      defaultValue = "1",
      converter = GcSnnOptions.Count.class,
      description = "encoder blocks")
  int blocks;

  @Option(
      names = "--heads",
      defaultValue = "8",
      converter = GcSnnOptions.Count.class,
      description = "heads of the attention")
  int heads;

  @Option(
      names = "--attention-scale",
      defaultValue = "0.125",
      converter = GcSnnOptions.Rate.class,
      description = "factor of the products of the attention")
  double attentionScale;

  @Option(
      names = "--cpg-pairs",
      defaultValue = "5",
      converter = GcSnnOptions.Count.class,
      description = "pairs P of neurons of CPG-PE")
  int cpgPairs;

  @Option(
      names = "--cpg-period",
      defaultValue = "100",
      converter = GcSnnOptions.Rate.class,
      description = "base period tau of CPG-PE")
  double cpgPeriod;

  @Option(
      names = "--cpg-eta",
      defaultValue = "1",
      converter = GcSnnOptions.Rate.class,
      description = "angular frequency eta of CPG-PE")
  double cpgEta;

  @Option(
      names = "--cpg-threshold",
      defaultValue = "0.8",
      description = "threshold of CPG-PE, in (-1, 1)")
  double cpgThreshold;

  @Option(
      names = "--local-attention",
      defaultValue = "0",
      description =
          "with CPG_FULL: factor of the code weights of the queries before training, which the"
              + " keys share, so that attention begins among neighbours; 0: as the layers begin")
  double localAttention;

  @Option(
      names = "--mlp-ratio",
      defaultValue = "1",
      converter = GcSnnOptions.Count.class,
      description = "width of the MLP of a block, times D")
  int mlpRatio;

  @Option(
      names = "--drop-out",
      defaultValue = "0.1",
      converter = GcSnnOptions.Probability.class,
      description = "probability to drop an input of a linear layer")
  double dropOut;

  @Option(
      names = "--batch-size",
      defaultValue = "64",
      converter = GcSnnOptions.Count.class,
      description = "examples in a batch")
  int batchSize;

  @Option(
      names = "--epochs",
      defaultValue = "8",
      converter = GcSnnOptions.Count.class,
      description = "epochs to train")
  int epochs;

  @Option(
      names = "--learning-rate",
      defaultValue = "0.003",
      converter = GcSnnOptions.Rate.class,
      description = "largest step size of AdamW; falls along a cosine")
  double learningRate;

  @Option(
      names = "--weight-decay",
      defaultValue = "0.01",
      converter = GcSnnOptions.Probability.class,
      description = "weight decay of AdamW")
  double weightDecay;

  /** The code of an encoding, or null for its default. */
  PositionalCode code(PositionalEncoding pe) {
    switch (pe) {
      case CPG:
      case CPG_FULL:
        return CpgCode.builder()
            .pairs(cpgPairs)
            .period(cpgPeriod)
            .eta(cpgEta)
            .threshold(cpgThreshold)
            .build();
      default:
        return null;
    }
  }

  /** AdamW with a cosine schedule over all iterations. */
  AdamW adamW(int examples) {
    int iterations = epochs * ((examples + batchSize - 1) / batchSize);
    return AdamW.builder()
        .learningRate(
            CosineSchedule.builder(ScheduleType.ITERATION, learningRate, iterations)
                .warmUp((int) (WARM_UP * iterations))
                .build())
        .weightDecay(weightDecay)
        .decayBias(false)
        .build();
  }

  /** A network before training, with the library's fast dropout. */
  ComputationGraph init(ZooNetwork network) {
    ComputationGraph graph = new ComputationGraph(FastDropout.applyTo(network.conf()));
    graph.init();
    if (localAttention > 0) {
      graph.paramTable().forEach(this::startLocally);
    }
    return graph;
  }

  /**
   * Queries and keys with equal weights for the code are alike where positions are near: what the
   * attention adds up then begins as a mean over neighbours. All else begins without the code.
   */
  private void startLocally(String name, INDArray p) {
    if (name.endsWith("." + QKV_CODE)) {
      long d = p.size(1) / 3;
      INDArray queries = p.get(NDArrayIndex.all(), NDArrayIndex.interval(0, d));
      queries.muli(localAttention);
      p.get(NDArrayIndex.all(), NDArrayIndex.interval(d, 2 * d)).assign(queries);
      p.get(NDArrayIndex.all(), NDArrayIndex.interval(2 * d, 3 * d)).assign(0);
    } else if (name.endsWith("_" + CODE)) {
      p.assign(0);
    }
  }

  /** The settings that an encoding depends on, for tables. */
  String settings(PositionalEncoding pe) {
    PositionalCode code = code(pe);
    return String.format(
        ROOT,
        "T %d, D %d, %d blocks of %d heads at scale %s and MLP %dD%s, dropout %s, batch %d, %d epochs, AdamW %s"
            + " decay %s",
        timeSteps,
        hidden,
        blocks,
        heads,
        attentionScale,
        mlpRatio,
        code == null ? "" : ", " + code + (localAttention > 0 ? " local " + localAttention : ""),
        dropOut,
        batchSize,
        epochs,
        learningRate,
        weightDecay);
  }
}
