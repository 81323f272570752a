package io.github.dl4jsnn.testing;

import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikeRecurrent;
import io.github.dl4jsnn.neuron.ArctanSurrogate;
import io.github.dl4jsnn.neuron.ParametricLif;
import io.github.dl4jsnn.neuron.Sharing;
import io.github.dl4jsnn.position.CpgCode;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;

/** Bodies of networks of {@link TestNetwork} with recurrence over positions. */
final class RecurrentNetworks {
  /** Spike steps on each position. */
  static final int TIME_STEPS = 2;

  private RecurrentNetworks() {}

  static void spikeRecurrent(GraphBuilder b, NetworkSettings s) {
    b.addInputs("x")
        .addLayer(
            "plif",
            new SpikeRecurrent.Builder()
                .nOut(7)
                .timeSteps(TIME_STEPS)
                .neuron(
                    ParametricLif.builder()
                        .threshold(0.3)
                        .surrogate(new ArctanSurrogate())
                        .trainDecay(Sharing.FEATURE)
                        .build())
                .positionalCode(CpgCode.builder().pairs(2).eta(1).build())
                .backend(s.backend())
                .build(),
            "x")
        .addLayer(
            "lif",
            new SpikeRecurrent.Builder()
                .nOut(6)
                .timeSteps(TIME_STEPS)
                .neuron(TestNetwork.neuron())
                .dropOut(0.9)
                .backend(s.backend())
                .build(),
            "plif")
        .addLayer("read", new SpikeReadoutLayer.Builder().backend(s.backend()).build(), "lif")
        .addLayer("out", TestNetwork.softmax(), "read")
        .setOutputs("out");
  }
}
