package io.github.dl4jsnn.conf;

import static io.github.dl4jsnn.testing.Tolerances.assertIdentical;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.conf.PatchPreProcessor.Layout;
import io.github.dl4jsnn.testing.DoublePrecision;
import io.github.dl4jsnn.testing.Values;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.gradientcheck.GradientCheckUtil.GraphConfig;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

@ExtendWith(DoublePrecision.class)
class PatchPreProcessorTest {

  private static final LayerWorkspaceMgr MGR = LayerWorkspaceMgr.noWorkspaces();
  private static final int N = 3;
  private static final int C = 5;
  private static final int H = 4;
  private static final int W = 6;
  private static final int P = 2;
  private static final int L = 6;

  private static InputType type(Layout layout) {
    return layout == Layout.FLAT
        ? InputType.convolutionalFlat(H, W, C)
        : InputType.convolutional(
            H, W, C, layout == Layout.NCHW ? CNN2DFormat.NCHW : CNN2DFormat.NHWC);
  }

  private static INDArray images(Layout layout) {
    INDArray nchw = Values.uniform(1, -1, 1, DataType.FLOAT, N, C, H, W);
    if (layout == Layout.FLAT) {
      return nchw.reshape('c', N, C * H * W);
    }
    return layout == Layout.NCHW ? nchw : nchw.permute(0, 2, 3, 1);
  }

  private static double[] plain(INDArray nchw) {
    double[] v = Values.of(nchw);
    double[] out = new double[v.length];
    for (int n = 0; n < N; n++) {
      for (int c = 0; c < C; c++) {
        for (int y = 0; y < H; y++) {
          for (int x = 0; x < W; x++) {
            int patch = y / P * (W / P) + x / P;
            int feature = (c * P + y % P) * P + x % P;
            out[(n * L + patch) * C * P * P + feature] = v[((n * C + c) * H + y) * W + x];
          }
        }
      }
    }
    return out;
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void isThePlainLoop(Layout layout) {
    INDArray out = PatchPreProcessor.of(type(layout), P).preProcess(images(layout), N, MGR);
    assertThat(out.shape()).containsExactly(N, L, C * P * P);
    assertThat(Values.of(out)).isEqualTo(plain(images(Layout.NCHW)));
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void backwardUndoesIt(Layout layout) {
    PatchPreProcessor patches = PatchPreProcessor.of(type(layout), P);
    INDArray out = patches.preProcess(images(layout), N, MGR);
    assertIdentical("backward", patches.backprop(out, N, MGR), images(layout));
    INDArray view = out.permute(0, 2, 1).dup('c').permute(0, 2, 1);
    assertIdentical("backward of a view", patches.backprop(view, N, MGR), images(layout));
    assertThat(patches.backprop(null, N, MGR)).isNull();
  }

  @Test
  void onePatchAndPatchesOfOnePixel() {
    INDArray x = Values.uniform(2, -1, 1, DataType.FLOAT, 1, 2, 3, 3);
    INDArray whole = new PatchPreProcessor(3, 3, 2, 3, Layout.NCHW).preProcess(x, 1, MGR);
    assertIdentical("one patch", whole, x.reshape('c', 1, 1, 18));
    INDArray pixels = new PatchPreProcessor(3, 3, 2, 1, Layout.NCHW).preProcess(x, 1, MGR);
    assertIdentical("pixels", pixels, x.reshape('c', 1, 2, 9).permute(0, 2, 1));
  }

  @Test
  void gradientsThroughANetworkAreRight() {
    ComputationGraph net = network(Layout.NCHW);
    boolean right =
        GradientCheckUtil.checkGradients(
            new GraphConfig()
                .net(net)
                .inputs(new INDArray[] {Values.uniform(3, -1, 1, DataType.DOUBLE, N, 1, H, W)})
                .labels(new INDArray[] {Nd4j.eye(N).castTo(DataType.DOUBLE)}));
    assertThat(right).isTrue();
  }

  @ParameterizedTest
  @EnumSource(value = Layout.class, names = "FLAT", mode = EnumSource.Mode.EXCLUDE)
  void aNetworkInfersSizesAndComesBackFromJson(Layout layout) {
    ComputationGraph net = network(layout);
    LSTM lstm = (LSTM) net.getLayer("lstm").conf().getLayer();
    assertThat(lstm.getNIn()).isEqualTo(C * P * P);
    ComputationGraphConfiguration restored =
        ComputationGraphConfiguration.fromJson(net.getConfiguration().toJson());
    assertThat(((LayerVertex) restored.getVertices().get("lstm")).getPreProcessor())
        .isEqualTo(PatchPreProcessor.of(type(layout), P));
  }

  private static ComputationGraph network(Layout layout) {
    CNN2DFormat format = layout == Layout.NHWC ? CNN2DFormat.NHWC : CNN2DFormat.NCHW;
    ComputationGraph net =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(4)
                .dataType(DataType.DOUBLE)
                .updater(new NoOp())
                .activation(Activation.TANH)
                .graphBuilder()
                .addInputs("images")
                .addLayer(
                    "convolution",
                    new ConvolutionLayer.Builder(3, 3)
                        .nOut(C)
                        .convolutionMode(ConvolutionMode.Same)
                        .dataFormat(format)
                        .build(),
                    "images")
                .addLayer(
                    "lstm",
                    new LSTM.Builder().nOut(2).dataFormat(RNNFormat.NWC).build(),
                    PatchPreProcessor.of(type(layout), P),
                    "convolution")
                .addLayer(
                    "mean", new GlobalPoolingLayer.Builder().poolingDimensions(1).build(), "lstm")
                .addLayer(
                    "out",
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(3)
                        .activation(Activation.SOFTMAX)
                        .build(),
                    "mean")
                .setOutputs("out")
                .setInputTypes(InputType.convolutional(H, W, 1, format))
                .build());
    net.init();
    return net;
  }

  @Test
  void aMaskOfImagesBecomesOneOfPatches() {
    PatchPreProcessor patches = PatchPreProcessor.of(type(Layout.NCHW), P);
    INDArray mask = Nd4j.createFromArray(1f, 0f, 1f).reshape(N, 1, 1, 1);
    INDArray tiled = patches.feedForwardMaskArray(mask, MaskState.Active, N).getFirst();
    assertThat(tiled.shape()).containsExactly(N, L);
    assertThat(Values.of(tiled.sum(1))).containsExactly(L, 0, L);
    assertThat(patches.feedForwardMaskArray(null, MaskState.Active, N).getFirst()).isNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> patches.feedForwardMaskArray(Nd4j.ones(N, 2), MaskState.Active, N))
        .withMessageContaining("one value an image, got shape [3, 2]");
  }

  @Test
  void badSizesAndShapesAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PatchPreProcessor.of(type(Layout.NCHW), 4))
        .withMessageContaining("divides height and width")
        .withMessageContaining("width=6");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PatchPreProcessor.of(type(Layout.NCHW), 0))
        .withMessageContaining("at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PatchPreProcessor.of(InputType.feedForward(24), 2))
        .withMessageContaining("convolutional");
    PatchPreProcessor patches = PatchPreProcessor.of(type(Layout.NCHW), P);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> patches.preProcess(images(Layout.NHWC), N, MGR))
        .withMessageContaining("expected images of shape [3, 5, 4, 6], got [3, 4, 6, 5]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> patches.backprop(Nd4j.ones(N, 4, 30), N, MGR))
        .withMessageContaining("expected gradients of shape [3, 6, 20], got [3, 4, 30]");
    assertThatThrownBy(() -> patches.getOutputType(type(Layout.NHWC)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected such images");
    InputType flat = InputType.feedForward(C * H * W);
    assertThat(PatchPreProcessor.of(type(Layout.FLAT), P).getOutputType(flat))
        .isEqualTo(InputType.recurrent(C * P * P, L, RNNFormat.NWC));
  }
}
