package io.github.dl4jsnn.examples;

import io.github.dl4jsnn.conf.SpikingConv1d;
import io.github.dl4jsnn.conf.SpikingLinear;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * What relative positional encoding (RPE) puts out: spikes of a convolution over the spikes of the
 * input. So, unlike a code of positions, it depends on the input. Measured with fresh weights and
 * the statistics of the one sequence, as at the start of training.
 */
final class RpeCode {
  private static final int TIME_STEPS = 4;
  private static final int CHANNELS = 8;

  /** Readings of a day, every five minutes. */
  private static final double DAY = 288;

  private RpeCode() {}

  /** Generated series. */
  enum Input {
    /** Every reading on its own. */
    NOISE,
    /** A daily rhythm with a little noise, as traffic has. */
    DAILY,
    /** The same reading at all positions. */
    CONSTANT;

    private double value(int position, int channel, Random random) {
      switch (this) {
        case NOISE:
          return random.nextGaussian();
        case DAILY:
          return Math.sin(2 * Math.PI * position / DAY + channel) + 0.05 * random.nextGaussian();
        default:
          return Math.sin(channel);
      }
    }
  }

  /**
   * Spikes at all entries.
   *
   * @param positions T times L, rounded down to a multiple of T = 4
   * @return {@code [T*L, width]}
   */
  static INDArray of(Input input, int positions, int width, long seed) {
    int length = positions / TIME_STEPS;
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new NoOp())
                .list()
                .layer(
                    new SpikingLinear.Builder()
                        .nOut(width)
                        .timeSteps(TIME_STEPS)
                        .repeatInput(true)
                        .build())
                .layer(
                    new SpikingConv1d.Builder()
                        .nOut(width)
                        .timeSteps(TIME_STEPS)
                        .padding(SpikingConv1d.Padding.SAME)
                        .build())
                .validateOutputLayerConfig(false)
                .setInputType(InputType.recurrent(CHANNELS, length, RNNFormat.NWC))
                .build());
    net.init();
    Random random = new Random(seed);
    INDArray x = Nd4j.create(DataType.FLOAT, 1, length, CHANNELS);
    for (int l = 0; l < length; l++) {
      for (int c = 0; c < CHANNELS; c++) {
        x.putScalar(0, l, c, input.value(l, c, random));
      }
    }
    List<INDArray> activations = net.feedForward(x, true);
    return activations.get(2).reshape((long) TIME_STEPS * length, width);
  }
}
