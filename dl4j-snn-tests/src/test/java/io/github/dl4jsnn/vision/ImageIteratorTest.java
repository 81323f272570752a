package io.github.dl4jsnn.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.dl4jsnn.testing.Values;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;

class ImageIteratorTest {

  private static final int N = 5;
  private static final int C = 2;
  private static final int H = 3;
  private static final int W = 4;

  private static ImageSet images() {
    byte[] pixels = new byte[N * C * H * W];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (2 * i + 1);
    }
    return new ImageSet(pixels, new byte[] {0, 1, 2, 1, 0}, C, H, W);
  }

  private static ImageIterator.Builder builder() {
    return new ImageIterator.Builder(images(), 3).batchSize(2);
  }

  @Test
  void makesImagesInZeroToOne() {
    DataSet batch = builder().build().next(3);
    assertThat(batch.getFeatures().shape()).containsExactly(3, C, H, W);
    assertThat(batch.getFeatures().getDouble(1, 1, 2, 3))
        .isEqualTo(images().pixel(1, 1, 2, 3) / 255.0, within(1e-7));
    assertThat(batch.getLabels().toFloatMatrix())
        .isDeepEqualTo(new float[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
  }

  @Test
  void normalisedChannelsHaveMeanZeroAndDeviationOne() {
    ChannelStatistics statistics = new ChannelStatistics(images());
    INDArray all = builder().normalize(statistics).build().next(N).getFeatures();
    for (int c = 0; c < C; c++) {
      INDArray channel =
          all.get(
              NDArrayIndex.all(), NDArrayIndex.point(c), NDArrayIndex.all(), NDArrayIndex.all());
      double[] v = Values.of(channel);
      double mean = Arrays.stream(v).average().orElseThrow();
      double square = Arrays.stream(v).map(x -> x * x).average().orElseThrow();
      assertThat(mean).isEqualTo(0, within(1e-5));
      assertThat(square).isEqualTo(1, within(1e-5));
    }
    ImageSet grey = new ImageSet(new byte[6], new byte[1], 1, 2, 3);
    assertThat(new ChannelStatistics(grey).deviation(0)).isEqualTo(1);
  }

  @Test
  void movesAndMirrorsImagesAnewInEachEpoch() {
    ImageIterator moved = builder().augment(1, true, 7).build();
    Set<String> seen = new HashSet<>();
    double[][] variants = new double[18][];
    for (int dy = -1; dy <= 1; dy++) {
      for (int dx = -1; dx <= 1; dx++) {
        for (int m = 0; m < 2; m++) {
          variants[((dy + 1) * 3 + dx + 1) * 2 + m] = variant(0, dy, dx, m == 1);
        }
      }
    }
    for (int epoch = 0; epoch < 200; epoch++) {
      float[] image = moved.next(1).getFeatures().data().asFloat();
      double[] rounded = new double[image.length];
      Arrays.setAll(rounded, i -> Math.round(image[i] * 255));
      assertThat(Arrays.stream(variants).anyMatch(v -> Arrays.equals(v, rounded))).isTrue();
      seen.add(Arrays.toString(rounded));
      moved.reset();
    }
    assertThat(seen).hasSize(18);
  }

  private static double[] variant(int image, int dy, int dx, boolean mirrored) {
    double[] out = new double[C * H * W];
    for (int c = 0; c < C; c++) {
      for (int y = 0; y < H; y++) {
        for (int x = 0; x < W; x++) {
          int sy = y + dy;
          int sx = (mirrored ? W - 1 - x : x) + dx;
          boolean inside = sy >= 0 && sy < H && sx >= 0 && sx < W;
          out[(c * H + y) * W + x] = inside ? images().pixel(image, c, sy, sx) : 0;
        }
      }
    }
    return out;
  }

  @Test
  void takesAsManyAsAskedForInASeededOrder() {
    ImageIterator three = builder().limit(3).shuffle(3).build();
    assertThat(three.numExamples()).isEqualTo(3);
    assertThat(three.inputColumns()).isEqualTo(C * H * W);
    assertThat(three.totalOutcomes()).isEqualTo(3);
    INDArray labels = three.next(10).getLabels();
    assertThat(Values.of(labels.sum(0))).containsExactly(1, 1, 1);
    assertThat(three.hasNext()).isFalse();
    ImageIterator again = builder().limit(3).shuffle(3).build();
    assertThat(again.next(10).getLabels()).isEqualTo(labels);
  }

  @Test
  void badValuesAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageIterator.Builder(images(), 2))
        .withMessageContaining("expected labels below 2, got 2 at image 2");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                builder()
                    .normalize(
                        new ChannelStatistics(new ImageSet(new byte[1], new byte[1], 1, 1, 1))))
        .withMessageContaining("statistics of 2 channels, got 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageSet(new byte[5], new byte[1], 1, 2, 3))
        .withMessageContaining("expected 1 x 2 x 3 values for each of 1 images");
    assertThatIllegalArgumentException().isThrownBy(() -> builder().augment(-1, false, 0));
    ImageSet other = new ImageSet(new byte[24], new byte[4], 1, 2, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageData("a", 3, images(), 1, other))
        .withMessageContaining("images of one size");
  }
}
