package io.github.dl4jsnn.testing;

import static io.github.dl4jsnn.testing.TestNetworkData.CLASSES;

import io.github.dl4jsnn.conf.CpgLinear;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikingConv1d;
import io.github.dl4jsnn.conf.SpikingLinear;
import io.github.dl4jsnn.neuron.ParametricLif;
import io.github.dl4jsnn.neuron.Sharing;
import io.github.dl4jsnn.position.CpgCode;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks of layers with T steps on L positions, for {@link TestNetwork}. */
final class SpikingMapNetworks {
  private static final int STEPS = 3;

  private SpikingMapNetworks() {}

  /** A held input, then linear maps with and without a code. */
  static void linear(GraphBuilder b, NetworkSettings s) {
    b.addInputs("x")
        .addLayer(
            "linear",
            new SpikingLinear.Builder()
                .nOut(37)
                .hasBias(false)
                .timeSteps(STEPS)
                .repeatInput(true)
                .neuron(TestNetwork.neuron())
                .backend(s.backend())
                .build(),
            "x")
        .addLayer(
            "lif",
            CpgLinear.builder()
                .positionalCode(CpgCode.builder().pairs(3).build())
                .nOut(11)
                .batchNorm(false)
                .timeSteps(STEPS)
                .dropOut(0.9)
                .neuron(neuron())
                .backend(s.backend())
                .build(),
            "linear");
    readout(b, s);
  }

  /** Convolutions of a held input, of its spikes with normalised weights. */
  static void convolution(GraphBuilder b, NetworkSettings s) {
    b.addInputs("x")
        .addLayer(
            "encoder",
            new SpikingConv1d.Builder()
                .nOut(13)
                .batchNorm(false)
                .timeSteps(STEPS)
                .padding(SpikingConv1d.Padding.SAME)
                .repeatInput(true)
                .neuron(TestNetwork.neuron())
                .backend(s.backend())
                .build(),
            "x")
        .addLayer(
            "lif",
            new SpikingConv1d.Builder()
                .nOut(11)
                .hasBias(false)
                .kernelSize(2)
                .dilation(2)
                .weightNorm(true)
                .timeSteps(STEPS)
                .neuron(neuron())
                .backend(s.backend())
                .build(),
            "encoder");
    readout(b, s);
  }

  private static ParametricLif neuron() {
    return ParametricLif.of(TestNetwork.neuron()).toBuilder().trainDecay(Sharing.FEATURE).build();
  }

  private static void readout(GraphBuilder b, NetworkSettings s) {
    b.addLayer("read", new SpikeReadoutLayer.Builder().backend(s.backend()).build(), "lif")
        .addLayer(
            "out",
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(CLASSES)
                .activation(Activation.SOFTMAX)
                .build(),
            "read")
        .setOutputs("out");
  }
}
