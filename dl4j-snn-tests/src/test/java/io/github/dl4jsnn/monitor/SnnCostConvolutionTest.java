package io.github.dl4jsnn.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dl4jsnn.conf.LifLayer;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.conf.SpikingConvolution;
import io.github.dl4jsnn.neuron.LifParameters;
import io.github.dl4jsnn.testing.Values;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Convolutions: against loops over all windows, written down without any fan-out. */
class SnnCostConvolutionTest {

  private static final int N = 3;
  private static final int C = 2;
  private static final int H = 7;
  private static final int W = 6;
  private static final int OUT = 5;

  @ParameterizedTest
  @CsvSource({
    "Truncate, 3, 1, 0, 1, NCHW",
    "Truncate, 3, 2, 1, 1, NCHW",
    "Truncate, 2, 1, 0, 2, NCHW",
    "Truncate, 3, 2, 2, 1, NHWC",
    "Same, 3, 1, 0, 1, NCHW",
    "Same, 3, 2, 0, 1, NHWC",
    "Same, 2, 1, 0, 1, NCHW"
  })
  void windowsThatSeeAPixel(
      ConvolutionMode mode, int k, int stride, int padding, int dilation, CNN2DFormat format) {
    MultiLayerNetwork net =
        network(
            new ConvolutionLayer.Builder(k, k)
                .nOut(OUT)
                .stride(stride, stride)
                .padding(padding, padding)
                .dilation(dilation, dilation)
                .convolutionMode(mode)
                .dataFormat(format)
                .name("conv")
                .build(),
            format);
    INDArray x = Values.uniform(5, 0, 1, DataType.FLOAT, N, C, H, W).lt(0.3).castTo(DataType.FLOAT);
    INDArray in = format == CNN2DFormat.NCHW ? x : x.permute(0, 2, 3, 1).dup();
    LayerCost cost = SnnCost.of(net, in).layer("conv");
    assertThat(cost.accumulates()).isEqualTo(byWindows(x, mode, k, stride, padding, dilation));
    assertThat(cost.dense())
        .isEqualTo(byWindows(Nd4j.ones(N, C, H, W), mode, k, stride, padding, dilation));
    assertThat(cost.multiplyAccumulates()).isZero();
  }

  private static long byWindows(
      INDArray x, ConvolutionMode mode, int k, int stride, int padding, int dilation) {
    int reach = (k - 1) * dilation;
    long count = 0;
    boolean same = mode == ConvolutionMode.Same;
    int outH = same ? (H + stride - 1) / stride : (H + 2 * padding - reach - 1) / stride + 1;
    int outW = same ? (W + stride - 1) / stride : (W + 2 * padding - reach - 1) / stride + 1;
    int top = same ? ((outH - 1) * stride + reach + 1 - H) / 2 : padding;
    int left = same ? ((outW - 1) * stride + reach + 1 - W) / 2 : padding;
    for (int n = 0; n < N; n++) {
      for (int i = 0; i < outH; i++) {
        for (int j = 0; j < outW; j++) {
          for (int c = 0; c < C; c++) {
            for (int u = 0; u < k; u++) {
              for (int v = 0; v < k; v++) {
                int h = i * stride + u * dilation - top;
                int w = j * stride + v * dilation - left;
                boolean inside = h >= 0 && h < H && w >= 0 && w < W;
                count += inside && x.getDouble(n, c, h, w) != 0 ? OUT : 0;
              }
            }
          }
        }
      }
    }
    return count;
  }

  private static MultiLayerNetwork network(ConvolutionLayer convolution, CNN2DFormat format) {
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list(
                    convolution,
                    new OutputLayer.Builder().nOut(2).activation(Activation.SOFTMAX).build())
                .setInputType(InputType.convolutional(H, W, C, format))
                .build());
    net.init();
    return net;
  }

  /** A real image held over the steps; average pooling of spikes; spikes. */
  @Test
  void imagesHeldOverTime() {
    int T = 4;
    LifParameters neuron = LifParameters.builder().decay(0.5).threshold(0.1).build();
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(2)
                .list(
                    convolution("first"),
                    new LifLayer.Builder().neuron(neuron).timeSteps(T).name("lif").build(),
                    new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG)
                        .kernelSize(2, 2)
                        .stride(2, 2)
                        .build(),
                    new SpikingConvolution.Builder(3, 3)
                        .nOut(2)
                        .biasInit(0.3)
                        .name("second")
                        .build(),
                    new LifLayer.Builder().neuron(neuron).foldedTimeSteps(T).name("lif2").build(),
                    convolution("third"),
                    new SpikeReadoutLayer.Builder().foldedTimeSteps(T).build(),
                    new OutputLayer.Builder().nOut(2).activation(Activation.SOFTMAX).build())
                .setInputType(InputType.convolutional(12, 12, 1))
                .build());
    net.init();
    INDArray x = Values.uniform(3, 0.1, 1, DataType.FLOAT, N, 1, 12, 12);
    SnnCost cost = SnnCost.of(net, x);
    assertThat(cost.timeSteps()).isEqualTo(T);
    LayerCost first = cost.layer("first");
    assertThat(first.multiplyAccumulates()).isEqualTo(N * 100 * 9 * 2);
    assertThat(first.dense()).isEqualTo(N * 100 * 9 * 2);
    assertThat(first.denseAllSteps()).isEqualTo(T * N * 100 * 9 * 2);
    assertThat(first.accumulates()).isZero();
    assertThat(cost.layer("lif").neuronUpdates()).isEqualTo(T * N * 200);
    assertThat(cost.layer("lif").spikes()).isPositive();
    // What pooling averages is no spike.
    LayerCost second = cost.layer("second");
    assertThat(second.accumulates()).isZero();
    assertThat(second.multiplyAccumulates()).isPositive();
    assertThat(second.dense()).isEqualTo(N * 9 * 2 * 9 * 2);
    assertThat(second.denseAllSteps()).isEqualTo(T * second.dense());
    // A single window, which sees all 9 pixels of both channels.
    LayerCost third = cost.layer("third");
    assertThat(third.accumulates()).isEqualTo(2 * cost.layer("lif2").spikes());
    assertThat(third.multiplyAccumulates()).isZero();
    assertThat(third.dense()).isEqualTo(N * 9 * 2 * 2);
    assertThat(cost.total().spikes())
        .isEqualTo(cost.layer("lif").spikes() + cost.layer("lif2").spikes());
  }

  private static ConvolutionLayer convolution(String name) {
    return new ConvolutionLayer.Builder(3, 3)
        .nOut(2)
        .activation(Activation.IDENTITY)
        .biasInit(0.3)
        .name(name)
        .build();
  }
}
