package io.github.dl4jsnn.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dl4jsnn.graph.DataFolder;
import io.github.dl4jsnn.graph.Split;
import io.github.dl4jsnn.testing.GzipFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VisionReadersTest {

  private static final int H = 2;
  private static final int W = 3;

  @TempDir Path folder;

  private static byte[] idx(int[] shape, byte[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * shape.length + values.length);
    bytes.putInt(0x0800 | shape.length);
    Arrays.stream(shape).forEach(bytes::putInt);
    return bytes.put(values).array();
  }

  private static byte[] values(int count, int modulus) {
    byte[] v = new byte[count];
    for (int i = 0; i < count; i++) {
      v[i] = (byte) (i * 37 % modulus);
    }
    return v;
  }

  @BeforeEach
  void writeMnist() throws IOException {
    for (String part : new String[] {"train", "t10k"}) {
      int n = part.equals("train") ? 5 : 2;
      write(part + "-images-idx3-ubyte.gz", idx(new int[] {n, H, W}, values(n * H * W, 256)));
      write(part + "-labels-idx1-ubyte.gz", idx(new int[] {n}, values(n, 10)));
    }
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return GzipFile.write(folder.resolve(name), bytes);
  }

  @Test
  void readsMnist() throws IOException {
    ImageData data = Mnist.load(folder, 2);
    assertThat(data)
        .hasToString("mnist: 10 classes, 3/2/2 images of 1 x 2 x 3 to train/validate/test");
    ImageSet validation = data.part(Split.VALIDATION);
    byte[] all = values(5 * H * W, 256);
    for (int i = 0; i < 2; i++) {
      assertThat(validation.label(i)).isEqualTo((3 + i) * 37 % 10);
      for (int y = 0; y < H; y++) {
        for (int x = 0; x < W; x++) {
          assertThat(validation.pixel(i, 0, y, x)).isEqualTo(all[((3 + i) * H + y) * W + x] & 255);
        }
      }
    }
    for (Path file : new Path[] {folder.resolve("t10k-images-idx3-ubyte.gz")}) {
      Files.delete(file);
    }
    write("t10k-images-idx3-ubyte", idx(new int[] {2, H, W}, values(2 * H * W, 256)));
    assertThat(Mnist.load(folder, 2).part(Split.TEST).size()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2, 0, 0, 0 | byte 4: expected dimensions from 1, of fewer than 2^31 values altogether, got [0]",
        "2147483, 65536, 3, 0 | byte 8: expected dimensions from 1",
        "5, 2, 3, 29 | byte 45: expected 30 values for shape [5, 2, 3], got the end of the file",
        "5, 2, 3, 31 | byte 46: expected the end of the file, got value",
        "4, 2, 3, 24 | expected a label for each of the 4 images",
      })
  void badImageFilesAreNamed(String numbers, String message) throws IOException {
    int[] n = Arrays.stream(numbers.split(", ")).mapToInt(Integer::parseInt).toArray();
    int[] shape = n[1] == 0 ? new int[] {0, 0, 0} : new int[] {n[0], n[1], n[2]};
    Path file = write("train-images-idx3-ubyte.gz", idx(shape, values(n[3], 256)));
    assertThatThrownBy(() -> Mnist.load(folder, 2))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.getFileName().toString())
        .hasMessageContaining(message);
  }

  @Test
  void badHeadersAndLabelsAreNamed() throws IOException {
    write("train-labels-idx1-ubyte.gz", idx(new int[] {5}, new byte[] {1, 2, 10, 3, 4}));
    assertThatThrownBy(() -> Mnist.load(folder, 2))
        .hasMessageContaining(
            "train-labels-idx1-ubyte.gz, byte 10: expected a label below 10, got 10");
    write("train-labels-idx1-ubyte.gz", idx(new int[] {5, 1}, new byte[5]));
    assertThatThrownBy(() -> Mnist.load(folder, 2))
        .hasMessageContaining("byte 0: expected 00000801, an IDX file")
        .hasMessageContaining("got 00000802");
    write("train-labels-idx1-ubyte.gz", new byte[] {0, 0});
    assertThatThrownBy(() -> Mnist.load(folder, 2))
        .hasMessageContaining("byte 2: expected the header of an IDX file, got the end");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 20})
  void cutOffFilesAreNamed(int missing) throws IOException {
    GzipFile.cutOff(
        folder.resolve("train-images-idx3-ubyte.gz"),
        idx(new int[] {5, H, W}, values(5 * H * W, 256)),
        missing);
    assertThatThrownBy(() -> Mnist.load(folder, 2))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("train-images-idx3-ubyte.gz, byte");
  }

  private static byte[] cifar(int... labels) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int label : labels) {
      out.write(label);
      byte[] image = values(3072, 251);
      image[1024] = (byte) label;
      out.write(image, 0, image.length);
    }
    return out.toByteArray();
  }

  @Test
  void readsTheBatchesOfCifarThatAreThere() throws IOException {
    write("data_batch_2.bin", cifar(1, 2));
    write("data_batch_4.bin.gz", cifar(9, 3));
    write("test_batch.bin.gz", cifar(5));
    ImageData data = Cifar10.load(folder, 1);
    ImageSet train = data.part(Split.TRAIN);
    assertThat(train.size()).isEqualTo(3);
    assertThat(new int[] {train.label(0), train.label(1), train.label(2)}).containsExactly(1, 2, 9);
    assertThat(train.pixel(2, 1, 0, 0)).isEqualTo(9); // first green byte
    assertThat(train.pixel(0, 2, 31, 31)).isEqualTo(3071 * 37 % 251);
    assertThat(data.part(Split.VALIDATION).label(0)).isEqualTo(3);
    assertThat(data.part(Split.TEST).label(0)).isEqualTo(5);
  }

  @Test
  void badCifarFilesAreNamed() throws IOException {
    assertThatThrownBy(() -> Cifar10.load(folder, 1))
        .hasMessageContaining("expected data_batch_1.bin.gz or another");
    write("data_batch_1.bin", cifar(1, 2));
    assertThatThrownBy(() -> Cifar10.load(folder, 1)).hasMessageContaining("test_batch.bin.gz");
    write("test_batch.bin", cifar(1));
    assertThatThrownBy(() -> Cifar10.load(folder, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("besides 2 (at least 1) for validation, got 2");
    write("data_batch_1.bin", cifar(1, 10));
    assertThatThrownBy(() -> Cifar10.load(folder, 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("byte 3073: expected a label below 10, got value 10");
    write("data_batch_1.bin", Arrays.copyOf(cifar(1, 2), 5000));
    assertThatThrownBy(() -> Cifar10.load(folder, 1))
        .hasMessageContaining("byte 5000: expected 3072 values of an image, got the end");
    write("data_batch_1.bin", new byte[0]);
    assertThatThrownBy(() -> Cifar10.load(folder, 1)).hasMessageContaining("got an empty file");
  }

  @Test
  void publicSetsHaveTheirSizes() throws IOException {
    Assumptions.assumeTrue(DataFolder.find().isPresent(), "no data folder");
    ImageData cifar = Cifar10.load();
    int training = cifar.part(Split.TRAIN).size() + cifar.part(Split.VALIDATION).size();
    assertThat(training % 10000).isZero();
    assertThat(cifar.part(Split.TEST).size()).isEqualTo(10000);
    int[] counts = new int[10];
    for (int i = 0; i < 10000; i++) {
      counts[cifar.part(Split.TEST).label(i)]++;
    }
    assertThat(counts).containsOnly(1000);
  }
}
