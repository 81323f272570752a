package io.github.dl4jsnn.event;

import static io.github.dl4jsnn.testing.Networks.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.conf.LifLayer;
import io.github.dl4jsnn.conf.SpikeReadoutLayer;
import io.github.dl4jsnn.internal.kernel.Workers;
import io.github.dl4jsnn.testing.Values;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.RnnToCnnPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class EventCameraIteratorTest {
  private static final int N = 7;
  private static final int H = 6;
  private static final int W = 5;
  private static final EventFrames FRAMES = new EventFrames.Builder(3).downSample(2).build();
  private static final EventCamera CAMERA = EventCamera.builder().noiseRate(5).build();

  private static DataSet pictures(int channels) {
    INDArray x = Values.uniform(3, 0, 1, DataType.FLOAT, N, channels, H, W);
    INDArray y = Nd4j.zeros(DataType.FLOAT, N, 2);
    for (int n = 0; n < N; n++) {
      y.putScalar(n, n % 2, 1);
    }
    return new DataSet(x, y);
  }

  private static DataSetIterator batches(DataSet pictures) {
    return new ListDataSetIterator<>(pictures.asList(), 3);
  }

  private static EventCameraIterator.Builder builder(int channels) {
    return new EventCameraIterator.Builder(batches(pictures(channels)), CAMERA, FRAMES)
        .pictures(channels, H, W);
  }

  @Test
  void batchesAreSimulatedPictures() {
    for (int channels : new int[] {1, 3}) {
      DataSet pictures = pictures(channels);
      EventCameraIterator batches = builder(channels).build();
      assertThat(batches.inputColumns()).isEqualTo(2 * 6 * 6);
      assertThat(batches.totalOutcomes()).isEqualTo(2);
      assertThat(batches.batch()).isEqualTo(3);
      int i = 0;
      while (batches.hasNext()) {
        DataSet batch = batches.next();
        assertThat(batch.getFeatures().shape()).containsExactly(batch.numExamples(), 3, 72);
        for (int n = 0; n < batch.numExamples(); n++, i++) {
          float[] expected = FRAMES.integrate(CAMERA.record(pictures.getFeatures().slice(i), i));
          assertSameBits(
              batch.getFeatures().slice(n).dup('c').reshape(3 * 72),
              Nd4j.createFromArray(expected));
          assertSameBits(batch.getLabels().getRow(n).dup(), pictures.getLabels().getRow(i).dup());
        }
      }
      assertThat(i).isEqualTo(N);
    }
  }

  @Test
  void threadsAndAxesChangeNothing() {
    int threads = Workers.threads();
    INDArray[] made = new INDArray[2];
    try {
      for (int i = 0; i < 2; i++) {
        Workers.setThreads(1 + 3 * i);
        made[i] = builder(1).build().next().getFeatures();
      }
    } finally {
      Workers.setThreads(threads);
    }
    assertSameBits(made[0], made[1]);
    INDArray ncw = builder(1).dataFormat(RNNFormat.NCW).build().next().getFeatures();
    assertSameBits(ncw.permute(0, 2, 1).dup('c'), made[0]);
    assertThat(builder(1).dataType(DataType.DOUBLE).build().next().getFeatures().dataType())
        .isEqualTo(DataType.DOUBLE);
  }

  @Test
  void flatPicturesAreTheSame() {
    DataSet p = pictures(1);
    DataSet flat = new DataSet(p.getFeatures().reshape(N, H * W), p.getLabels());
    EventCameraIterator batches =
        new EventCameraIterator.Builder(batches(flat), CAMERA, FRAMES).pictures(1, H, W).build();
    assertSameBits(batches.next().getFeatures(), builder(1).build().next().getFeatures());
  }

  /** New noise in each epoch, unless the number of the next picture is set. */
  @Test
  void epochs() {
    EventCameraIterator batches = builder(1).build();
    INDArray first = batches.next().getFeatures();
    batches.reset();
    INDArray second = batches.next().getFeatures();
    assertThat(second).isNotEqualTo(first);
    batches.reset();
    batches.setExample(0);
    assertSameBits(batches.next().getFeatures(), first);
    EventCamera quiet = EventCamera.builder().build();
    EventCameraIterator same =
        new EventCameraIterator.Builder(batches(pictures(1)), quiet, FRAMES)
            .pictures(1, H, W)
            .build();
    first = same.next().getFeatures();
    same.reset();
    assertSameBits(same.next().getFeatures(), first);
  }

  @Test
  void mistakesAreNamed() {
    assertThatThrownBy(() -> builder(1).pictures(2, H, W).build()).hasMessageContaining("2, 6x5");
    assertThatThrownBy(() -> builder(1).pictures(3, H, W).build().next())
        .hasMessageContainingAll("[N, 3, 6, 5]", "[N, 90]");
    assertThatThrownBy(() -> builder(1).dataType(DataType.INT).build()).hasMessageContaining("INT");
  }

  /** Vertical or horizontal bars, told apart by a spiking network on what the camera sends. */
  @Test
  void aNetworkLearnsFromEvents() {
    int n = 24;
    INDArray x = Nd4j.zeros(DataType.FLOAT, n, 1, 8, 8);
    INDArray y = Nd4j.zeros(DataType.FLOAT, n, 2);
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < 8; k++) {
        int bar = 1 + i / 2 % 6;
        x.putScalar(new long[] {i, 0, i % 2 == 0 ? k : bar, i % 2 == 0 ? bar : k}, 1);
      }
      y.putScalar(i, i % 2, 1);
    }
    EventFrames frames = new EventFrames.Builder(4).maxCount(1).build();
    EventCamera camera = EventCamera.builder().margin(0).build();
    DataSetIterator batches =
        new EventCameraIterator.Builder(
                new ListDataSetIterator<>(new DataSet(x, y).asList(), 12), camera, frames)
            .pictures(1, 8, 8)
            .build();
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(2)
                .updater(new Adam(0.02))
                .list()
                .layer(
                    new ConvolutionLayer.Builder(3, 3)
                        .nOut(6)
                        .activation(Activation.IDENTITY)
                        .build())
                .layer(new LifLayer.Builder().build())
                .layer(new SpikeReadoutLayer.Builder().build())
                .layer(
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(2)
                        .activation(Activation.SOFTMAX)
                        .build())
                .inputPreProcessor(0, new RnnToCnnPreProcessor(8, 8, 2, RNNFormat.NWC))
                .setInputType(InputType.recurrent(batches.inputColumns(), RNNFormat.NWC))
                .build());
    net.init();
    net.fit(batches, 20);
    assertThat(net.evaluate(batches).accuracy()).isGreaterThan(0.95);
  }
}
